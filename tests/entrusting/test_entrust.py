"""Agencies are entrusted and experts invited: qualified, independent, approved; they assist and never inspect (article 19)."""

from uuid import UUID

import pytest

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.documents import queries as documents
from fieldapp.documents.rules import notice_sections
from fieldapp.entrusting import actions, queries
from fieldapp.entrusting.rules import Ending, SaidBy, State, Work
from fieldapp.evidence import store
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Forbidden, NotFound, Refusal
from fieldapp.registry.models import Inspector
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as visit_queries
from fieldapp.visits.models import TeamMember, Visit
from tests.entrusting.scene import EXPERT, LAB, ask, entrusted, expert, laboratory, lacks, letter_of
from tests.people import Cast
from tests.visits.scene import SLOT, approved_visit, nobody_else, one_visit, prepare, two_tasks_on_one_object, unite

pytestmark = pytest.mark.article("19")


@pytest.fixture(autouse=True)
def media(tmp_path_factory: pytest.TempPathFactory) -> None:
    store.configure(tmp_path_factory.mktemp("media"))


def state(row_id: UUID, cast: Cast) -> State:
    with db.transaction(write=False):
        return queries.state_of(queries.entrustment_for(cast.legal.officer, row_id))


def waits(kind: str) -> list[str]:
    with db.transaction(write=False):
        rows = db.session.query(Waiting).filter(Waiting.kind == kind, Waiting.answered_at.is_(None))
        return [row.role for row in rows]


def test_an_agency_is_entrusted_by_the_division_approved_by_its_head_and_gets_a_numbered_letter(cast: Cast) -> None:
    visit_id, lab = one_visit(cast), laboratory(cast)
    row_id = ask(cast, visit_id, lab)
    assert waits("entrustment") == ["division_head"]
    assert state(row_id, cast) is State.ASKED
    with pytest.raises(NotFound), db.transaction(write=True):
        actions.decide_entrustment(row_id, "agree", "", by=cast.other_head.officer)
    with pytest.raises(Refusal, match="须写明意见"), db.transaction(write=True):
        actions.decide_entrustment(row_id, "disagree", "", by=cast.head.officer)
    with db.transaction(write=True):
        actions.decide_entrustment(row_id, "agree", "", by=cast.deputy.officer)
    assert (waits("entrustment"), state(row_id, cast)) == ([], State.RUNNING)
    with db.transaction(write=False):
        row = queries.entrustment_for(cast.officer.officer, row_id)
        letter = row.document
        assert letter is not None
        assert letter.number == "鲁科抽委〔2026〕1号"
        assert documents.public_document(letter.secret).id == letter.id
        content = letter.content or {}
        assert (content["party"], content["qualification"], content["until"]) == (
            LAB, "检验检测机构资质认定 CMA-370001", "2026年12月1日")
        done = [entry.action for entry, _ in ledger.history(visit_id)]
    assert {"entrusting.entrustment_asked", "entrusting.entrustment_agreed", "visits.assistant_named"} <= set(done)


def test_who_asked_does_not_approve_and_other_divisions_neither_ask_nor_see(cast: Cast) -> None:
    visit_id, lab = one_visit(cast), laboratory(cast)
    with pytest.raises(Refusal):
        ask(cast, visit_id, lab, by=cast.other_officer)
    row_id = ask(cast, visit_id, lab)
    with pytest.raises(Refusal), db.transaction(write=False):
        queries.entrustment_for(cast.other_officer.officer, row_id)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.decide_entrustment(row_id, "agree", "", by=cast.officer.officer)


def test_they_assist_and_are_none_of_the_team_neither_counted_nor_leading(cast: Cast) -> None:
    visit_id = one_visit(cast)
    entrusted(cast, visit_id, expert(cast), Work.EXPERTISE, is_on_site=True)
    with db.transaction(write=True):
        nobody_else(cast)
        visits.remove_member(visit_id, cast.inspector_b.inspector_id or visit_id, "post_transfer", "调离", by=cast.head.officer)
    with db.transaction(write=False):
        assert db.session.query(TeamMember).filter_by(visit_id=visit_id).count() == 2
        ready = visit_queries.readiness(visit_queries.visit(visit_id))
        assert (ready.certified, len(ready.team), [one.name for one in ready.assisting]) == (1, 1, [EXPERT])
    assert {"visits.too_few_inspectors", "visits.too_few_certified"} <= lacks(visit_id)
    with pytest.raises(Refusal) as refused, db.transaction(write=True):
        visits.appoint_leader(visit_id, UUID(int=7), by=cast.head.officer)
    assert refused.value.code == "visits.leader_not_a_member"


def test_the_notice_names_who_comes_along_as_assisting_and_not_who_works_elsewhere(cast: Cast) -> None:
    visit_id = one_visit(cast)
    entrusted(cast, visit_id, expert(cast), Work.EXPERTISE, is_on_site=True)
    entrusted(cast, visit_id, laboratory(cast))
    with db.transaction(write=True):
        prepare(cast, visit_id)
        visits.submit_visit(visit_id, by=cast.officer.officer)
        visits.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
    with db.transaction(write=False):
        notice = visit_queries.visit(visit_id).notice
        assert notice is not None
        assert notice.content is not None
        sections = {one.title: one.lines for one in notice_sections(notice.content)}
        assert sections["协助检查的机构和专家（不计入检查人员，不单独检查）"] == (f"科技专家，{EXPERT}，山东某大学（示例）",)
        assert all(EXPERT not in line for line in sections["检查人员"])


def test_somebody_who_joins_or_leaves_after_the_approval_makes_the_notice_void(cast: Cast) -> None:
    visit_id, lab = approved_visit(cast), laboratory(cast)
    entrusted(cast, visit_id, lab)
    with db.transaction(write=False):
        assert visit_queries.visit(visit_id).state == "approved"
    row_id = entrusted(cast, visit_id, lab, is_on_site=True, people="张工、李工")
    with db.transaction(write=False):
        visit = visit_queries.visit(visit_id)
        assert (visit.state, visit.notice_id) == ("slot_agreed", None)
    with db.transaction(write=True):
        visits.submit_visit(visit_id, by=cast.officer.officer)
        visits.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
        actions.end_entrustment(row_id, Ending.WITHDRAWN, "机构不能到场", by=cast.officer.officer)
    with db.transaction(write=False):
        visit = visit_queries.visit(visit_id)
        assert (visit.state, visit.notice_id) == ("slot_agreed", None)
        letter = queries.entrustment_for(cast.officer.officer, row_id).document
        assert letter is not None
        assert letter.void_reason == "机构不能到场"
    assert state(row_id, cast) is State.WITHDRAWN


@pytest.mark.edge("E30")
def test_an_expert_with_an_interest_in_the_object_or_related_to_a_member_does_not_come(cast: Cast) -> None:
    visit_id, who = one_visit(cast), expert(cast)
    with db.transaction(write=True):
        actions.declare_interest(who, "济南某生物（示例）", None, "曾任其顾问", by=cast.officer.officer)
    with pytest.raises(Refusal) as refused:
        ask(cast, visit_id, who, Work.EXPERTISE)
    assert refused.value.code == "entrusting.interest"
    other = expert(cast, "吕教授（示例）")
    with db.transaction(write=True):
        actions.declare_interest(other, "", cast.inspector_a.inspector_id, "赵检一的姐姐", by=cast.officer.officer)
    with pytest.raises(Refusal) as related:
        ask(cast, visit_id, other, Work.EXPERTISE)
    assert related.value.code == "entrusting.related"
    same = expert(cast, "赵检一")
    with pytest.raises(Refusal) as member:
        ask(cast, visit_id, same, Work.EXPERTISE)
    assert member.value.code == "entrusting.is_member"


def test_a_substitute_related_to_the_expert_holds_the_visit_up(cast: Cast) -> None:
    visit_id, who = one_visit(cast), expert(cast)
    with db.transaction(write=True):
        for one in (cast.inspector_c, cast.inspector_d):
            actions.declare_interest(who, "", one.inspector_id, "近亲属", by=cast.officer.officer)
    entrusted(cast, visit_id, who, Work.EXPERTISE, is_on_site=True)
    assert "visits.assistant_related" not in lacks(visit_id)
    with db.transaction(write=True):
        row = visits.ask_substitution(visit_id, cast.inspector_b.inspector_id or visit_id, "health", "住院",
                                      by=cast.officer.officer)
        visits.decide_substitution(row.id, "agree", "", by=cast.head.officer)
    assert "visits.assistant_related" in lacks(visit_id)


def test_an_interest_declared_later_goes_before_the_head_and_ends_the_engagement(cast: Cast) -> None:
    visit_id, who = one_visit(cast), expert(cast)
    row_id = entrusted(cast, visit_id, who, Work.EXPERTISE, is_on_site=True)
    with db.transaction(write=True):
        actions.declare_interest(who, "济南某生物（示例）", None, "持有其股份", by=cast.officer.officer)
    assert waits("entrusted_recusal") == ["division_head"]
    with db.transaction(write=True):
        actions.decide_recusal(row_id, "agree", "情况属实", by=cast.head.officer)
    assert (state(row_id, cast), waits("entrusted_recusal")) == (State.RECUSED, [])
    with db.transaction(write=False):
        assert visit_queries.coming(visit_queries.visit(visit_id)) == []


@pytest.mark.edge("E11")
def test_the_inspected_party_asks_that_the_expert_stay_away_and_the_department_head_decides(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    row_id = entrusted(cast, visit_id, laboratory(cast))
    with db.transaction(write=True):
        actions.note_recusal(row_id, SaidBy.PARTY, "与本单位有诉讼", by=cast.inspector_a.officer)
    assert waits("entrusted_recusal") == ["department_head"]
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.decide_recusal(row_id, "agree", "", by=cast.head.officer)
    with db.transaction(write=True):
        actions.decide_recusal(row_id, "disagree", "诉讼已结", by=cast.department_head.officer)
    assert state(row_id, cast) is State.RUNNING


def test_an_entrustment_goes_with_the_visit_that_is_cancelled_and_along_into_a_merged_one(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = (one.id for one in two_tasks_on_one_object(cast))
    lab = laboratory(cast)
    row_id = entrusted(cast, first, lab)
    with db.transaction(write=True):
        proposal = db.session.get_one(Visit, first)
        [merge] = visit_queries.undecided_of(proposal.id)
        unite(cast, merge.id, cast.other_division)
    with db.transaction(write=False):
        assert queries.entrustment_for(cast.officer.officer, row_id).assistant.visit_id == second
        assert letter_of(row_id, cast).voided_at is None
    done = entrusted(cast, second, expert(cast), Work.EXPERTISE)
    with db.transaction(write=True):
        actions.end_entrustment(done, Ending.DONE, "口头答复", by=cast.officer.officer)
        visits.cancel_visit(second, "对象已注销", by=cast.legal.officer)
    assert [state(one, cast) for one in (row_id, done)] == [State.WITHDRAWN, State.DONE]
    with db.transaction(write=False):
        assert letter_of(row_id, cast).voided_at is not None
        assert letter_of(row_id, cast).void_reason == "检查已取消"
        assert letter_of(done, cast).voided_at is None


@pytest.mark.article("15")
def test_an_entrustment_for_a_task_that_leaves_a_merged_visit_goes_with_it_and_its_letter_is_void(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = (one.id for one in two_tasks_on_one_object(cast))
        [merge] = visit_queries.undecided_of(first)
        part_id = visit_queries.visit(first).visit_tasks[0].id
        unite(cast, merge.id, cast.other_division)
    who = expert(cast)
    for_part = entrusted(cast, second, laboratory(cast), is_on_site=True, people="张工", visit_task_id=part_id)
    for_all = entrusted(cast, second, who, Work.EXPERTISE, is_on_site=True)
    with db.transaction(write=True):
        gone = visits.take_out_task(second, part_id, "对象不再属于该事项", by=cast.legal.officer).id
    assert [state(one, cast) for one in (for_part, for_all)] == [State.WITHDRAWN, State.RUNNING]
    with db.transaction(write=False):
        assert [one.name for one in visit_queries.coming(visit_queries.visit(second))] == [EXPERT]
        assert [one.id for one in visit_queries.visit(gone).assistants] == [for_part]
        assert letter_of(for_part, cast).void_reason == "一项任务退出合并检查"
        assert letter_of(for_all, cast).voided_at is None


def test_nobody_joins_on_site_once_the_visit_has_begun(cast: Cast) -> None:
    visit_id, lab = approved_visit(cast), laboratory(cast)
    with db.transaction(write=True):
        visits.start_visit(visit_id, SLOT.start, by=cast.inspector_a.officer)
    with pytest.raises(Refusal) as refused:
        ask(cast, visit_id, lab, is_on_site=True, people="张工")
    assert refused.value.code == "entrusting.begun"
    assert state(entrusted(cast, visit_id, lab), cast) is State.RUNNING


def test_taking_an_agency_out_of_the_directory_ends_what_is_under_way(cast: Cast) -> None:
    visit_id, lab = one_visit(cast), laboratory(cast)
    row_id = entrusted(cast, visit_id, lab)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.end_party(lab, "资质被撤销", by=cast.officer.officer)
    with db.transaction(write=True):
        actions.end_party(lab, "资质被撤销", by=cast.legal.officer)
    assert state(row_id, cast) is State.WITHDRAWN
    with pytest.raises(Refusal) as refused:
        ask(cast, visit_id, lab)
    assert refused.value.code == "entrusting.party_ended"


def test_an_agency_needs_code_and_evidence_and_stands_in_the_directory_once(cast: Cast) -> None:
    laboratory(cast)
    with pytest.raises(Refusal) as again:
        laboratory(cast)
    assert again.value.code == "entrusting.known"
    with db.transaction(write=False):
        assert db.session.query(Inspector).filter_by(name=LAB).count() == 0
