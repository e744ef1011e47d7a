"""Recusal: the member applies or the inspected party does; declined, or carried out by leaving (articles 17, 18)."""

from uuid import UUID

import pytest

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.documents.rules import DocumentKind
from fieldapp.draw.models import DrawnSubstitute
from fieldapp.draw.rules import chain_head, is_next_code
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.registry.models import Inspector
from fieldapp.visits import actions, queries
from fieldapp.visits.actions import Ruling
from fieldapp.visits.models import Recusal, Visit
from fieldapp.visits.rules import missing
from tests.documents.papers import paper
from tests.people import Cast, Player
from tests.visits.scene import approved_visit, one_visit, party_applies, prepare

pytestmark = pytest.mark.article("17")
TEXT = "配偶在该单位任职"


def ask(visit_id: UUID, who: Player) -> UUID:
    with db.transaction(write=True):
        return actions.ask_recusal(visit_id, "post", TEXT, by=who.officer).id


def decide(recusal_id: UUID, who: Player, *ruling: object, **more: object) -> None:
    with db.transaction(write=True):
        actions.decide_recusal(recusal_id, Ruling(*ruling, **more), by=who.officer)  # type: ignore[arg-type]


def team(visit_id: UUID) -> list[str]:
    with db.transaction(write=False):
        return [one.inspector.name for one in queries.members(queries.visit(visit_id))]


def waits(kind: str) -> list[str]:
    """Who waits for what: the roles, or the person."""
    with db.transaction(write=False):
        rows = db.session.query(Waiting).filter(Waiting.kind == kind, Waiting.answered_at.is_(None))
        return [str(row.person_id or row.role) for row in rows]


@pytest.mark.edge("E9")
def test_a_recused_inspector_leaves_and_a_substitute_is_drawn_by_the_next_code_of_the_chain(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    recusal_id = ask(visit_id, cast.inspector_b)
    assert waits("recusal") == ["division_head"]
    decide(recusal_id, cast.head, "agree", "情况属实", "withdraw")
    assert waits("recusal") == []
    names = team(visit_id)
    assert names[0] == "赵检一"
    assert names[1] in {"孙检三", "李检四"}
    with db.transaction(write=False):
        visit, [drawn] = queries.visit(visit_id), db.session.query(DrawnSubstitute).all()
        assert visit.state == "slot_agreed"
        assert visit.notice_id is None
        assert (drawn.number, drawn.circle, drawn.sizes) == (1, "same", {"same": 2, "any_condition": 2, "directory": 2})
        assert is_next_code(bytes.fromhex(drawn.code), chain_head(b"k"))
        [chain] = queries.substitutions_of(visit_id)
        assert (chain.ground, chain.reason, chain.drawn_id) == ("recusal", TEXT, drawn.id)
        substitution_id, code = chain.id, drawn.code
        done = {entry.action for entry, _ in ledger.history(visit_id)}
    assert {"visits.recusal_asked", "visits.recusal_agreed", "visits.substitute_seated", "visits.approval_withdrawn"} <= done
    decision, record = paper(recusal_id, DocumentKind.RECUSAL), paper(substitution_id, DocumentKind.SUBSTITUTE)
    assert "决定：同意回避申请。情况属实" in decision
    assert all(words in record for words in ("第1次", names[1], code))


@pytest.mark.edge("E13")
def test_a_substitute_with_an_interest_of_the_own_is_replaced_by_the_next_number(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    decide(ask(visit_id, cast.inspector_b), cast.head, "agree", "", "withdraw")
    with db.transaction(write=False):
        second = next(one for one in (cast.inspector_c, cast.inspector_d) if one.name == team_name(visit_id))
    decide(ask(visit_id, second), cast.head, "agree", "", "withdraw")
    with db.transaction(write=False):
        drawn = db.session.query(DrawnSubstitute).order_by(DrawnSubstitute.number).all()
        assert [one.number for one in drawn] == [1, 2]
        assert is_next_code(bytes.fromhex(drawn[1].code), bytes.fromhex(drawn[0].code))
    assert len({*team(visit_id), second.name, "钱检二"}) == 4


def team_name(visit_id: UUID) -> str:
    """Who sits behind the first."""
    return [one.inspector.name for one in queries.members(queries.visit(visit_id))][1]


@pytest.mark.edge("E10")
def test_a_declined_applicant_is_told_why_stays_and_is_not_asked_to_lead(cast: Cast) -> None:
    visit_id = one_visit(cast)
    with db.transaction(write=True):
        prepare(cast, visit_id)
    recusal_id = ask(visit_id, cast.inspector_a)
    with pytest.raises(Refusal, match="须写明意见"):
        decide(recusal_id, cast.head, "disagree")
    decide(recusal_id, cast.head, "disagree", "关系已于五年前终止")
    assert team(visit_id) == ["赵检一", "钱检二"]
    assert waits("recusal_declined") == [str(cast.inspector_a.id)]
    with db.transaction(write=False):
        assert queries.leader(queries.visit(visit_id)) is None
    with pytest.raises(Refusal) as refused, db.transaction(write=True):
        actions.appoint_leader(visit_id, cast.inspector_a.inspector_id or visit_id, "x", by=cast.head.officer)
    assert refused.value.code == "visits.leader_asked_for_recusal"
    with db.transaction(write=True):
        actions.acknowledge_recusal(recusal_id, by=cast.inspector_a.officer)
        actions.appoint_leader(visit_id, cast.inspector_b.inspector_id or visit_id, by=cast.head.officer)
    assert waits("recusal_declined") == []


@pytest.mark.edge("E14")
def test_when_the_leader_is_recused_the_visit_waits_for_a_new_appointment(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    decide(ask(visit_id, cast.inspector_a), cast.head, "agree", "", "withdraw")
    with db.transaction(write=False):
        visit = queries.visit(visit_id)
        assert queries.leader(visit) is None
        assert "visits.no_leader" in {lack.code for lack in missing(queries.readiness(visit))}
    assert waits("leader_appointment") == ["division_head"]


def test_only_who_is_on_the_team_applies_and_nobody_decides_the_own_application(cast: Cast) -> None:
    visit_id = one_visit(cast)
    with pytest.raises(Refusal):
        ask(visit_id, cast.inspector_c)
    recusal_id = ask(visit_id, cast.inspector_b)
    with pytest.raises(Refusal) as again:
        ask(visit_id, cast.inspector_b)
    assert again.value.code == "visits.recusal_open"
    for other in (cast.inspector_b, cast.officer, cast.other_head, cast.department_head):
        with pytest.raises((Forbidden, Refusal)):
            decide(recusal_id, other, "agree", "", "withdraw")
    decide(recusal_id, cast.deputy, "agree", "", "withdraw")
    with pytest.raises(Refusal) as twice:
        decide(recusal_id, cast.head, "disagree", "x")
    assert twice.value.code == "visits.recusal_decided"


@pytest.mark.edge("E11")
def test_the_inspected_partys_application_is_decided_by_the_departments_head(cast: Cast) -> None:
    """Noted at once, the inspection goes on until the decision."""
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        visit = queries.visit_held(visit_id)
        row = party_applies(visit, "组长曾任我单位顾问", cast)
        same = party_applies(visit, "组长 2024 年曾任我单位顾问", cast)
        assert row.id == same.id
        assert visit.state == "approved"
        recusal_id = row.id
    assert waits("recusal") == ["department_head"]
    with pytest.raises(Forbidden):
        decide(recusal_id, cast.head, "agree", "", "withdraw", leaving=[cast.inspector_a.inspector_id])
    with pytest.raises(Refusal) as nobody:
        decide(recusal_id, cast.department_head, "agree", "", "withdraw")
    assert nobody.value.field == "leaving"
    decide(recusal_id, cast.department_head, "agree", "", "withdraw", leaving=[cast.inspector_a.inspector_id])
    assert "赵检一" not in team(visit_id)
    assert len(team(visit_id)) == 2


@pytest.mark.edge("E12")
def test_a_pool_without_anybody_is_said_and_legal_affairs_is_asked_until_somebody_is_there(cast: Cast) -> None:
    """The team is never filled up below the law; the step is written down."""
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        for one in (cast.inspector_c, cast.inspector_d):
            db.session.get_one(Inspector, one.inspector_id).certificate_number = None
    decide(ask(visit_id, cast.inspector_b), cast.head, "agree", "", "withdraw")
    assert team(visit_id) == ["赵检一"]
    assert waits("pool_exhausted") == ["legal_affairs"]
    with db.transaction(write=False):
        [chain] = queries.substitutions_of(visit_id)
        chain_id = chain.id
        assert chain.exhausted_at is not None
        assert queries.visit(visit_id).state == "slot_agreed"
    with db.transaction(write=True):
        actions.draw_again(chain_id, by=cast.legal.officer)
    assert waits("pool_exhausted") == ["legal_affairs"]
    with db.transaction(write=True):
        newcomer = Inspector(staff_number="N1", name="新检五", division_id=cast.legal_division, kind="officer",
                             certificate_number="N1", certificate_until=db.session.get_one(
                                 Inspector, cast.inspector_a.inspector_id).certificate_until, subject_types=None,
                             added_at=db.session.get_one(Visit, visit_id).created_at)
        db.session.add(newcomer)
    with db.transaction(write=True):
        actions.draw_again(chain_id, by=cast.legal.officer)
    assert team(visit_id) == ["赵检一", "新检五"]
    assert waits("pool_exhausted") == []
    with db.transaction(write=False):
        [drawn] = db.session.query(DrawnSubstitute).all()
        assert (drawn.circle, drawn.sizes) == ("directory", {"same": 0, "any_condition": 0, "directory": 1})
        assert db.session.query(Recusal).one().decision == "agreed"
    with pytest.raises(Refusal) as redrawn, db.transaction(write=True):
        actions.draw_again(chain_id, by=cast.legal.officer)
    assert redrawn.value.code == "visits.substitute_drawn"


def test_whoever_was_recused_or_replaced_is_not_taken_back_and_the_seat_is_not_filled_twice(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    decide(ask(visit_id, cast.inspector_b), cast.head, "agree", "", "withdraw")
    seat = cast.inspector_b.inspector_id or visit_id
    with pytest.raises(Refusal) as back, db.transaction(write=True):
        actions.restore_member(visit_id, seat, "还是他去", by=cast.head.officer)
    assert back.value.code == "visits.was_replaced"
    with pytest.raises(Refusal) as again, db.transaction(write=True):
        actions.ask_substitution(visit_id, seat, "health", "住院", by=cast.officer.officer)
    assert again.value.code == "visits.not_a_member"


def test_nobody_decides_an_application_that_concerns_them(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        db.session.get_one(Inspector, cast.inspector_b.inspector_id).person_id = None
        db.session.flush()
        db.session.get_one(Inspector, cast.inspector_b.inspector_id).person_id = cast.head.id
    with db.transaction(write=True):
        asked = actions.ask_substitution(visit_id, cast.inspector_b.inspector_id or visit_id, "health", "住院",
                                         by=cast.officer.officer).id
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.decide_substitution(asked, "agree", "", by=cast.head.officer)
    with db.transaction(write=True):
        actions.decide_substitution(asked, "disagree", "可以参加", by=cast.deputy.officer)


def test_what_the_party_adds_is_written_in_with_its_entry_and_a_decided_application_is_not_opened_again(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        visit = queries.visit_held(visit_id)
        recusal_id = party_applies(visit, "", cast).id
        party_applies(visit, "组长曾任顾问", cast)
    with db.transaction(write=False):
        assert [entry.action for entry, _ in ledger.history(visit_id)].count("visits.party_recusal_noted") == 2
    decide(recusal_id, cast.department_head, "disagree", "关系不成立")
    with db.transaction(write=True):
        assert party_applies(queries.visit_held(visit_id), "再说一次", cast).id == recusal_id
    assert waits("recusal") == []
    with db.transaction(write=False):
        assert [(one.text, one.decision) for one in queries.recusals_of(visit_id)] == [("组长曾任顾问", "declined")]


def test_a_party_that_does_not_apply_after_all_leaves_nothing_waiting(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        party_applies(queries.visit_held(visit_id), "组长曾任顾问", cast)
        actions.drop_party_recusal(queries.visit_held(visit_id), by=cast.inspector_a.officer)
    assert waits("recusal") == []


def test_the_division_proposes_the_recusal_of_a_member_who_does_not_apply_and_its_head_decides(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    member = cast.inspector_b.inspector_id or visit_id
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.propose_recusal(visit_id, member, "post", TEXT, by=cast.inspector_a.officer)
    with db.transaction(write=True):
        row = actions.propose_recusal(visit_id, member, "post", TEXT, by=cast.officer.officer)
        recusal_id = row.id
    assert waits("recusal") == ["division_head"]
    decide(recusal_id, cast.head, "agree", "情况属实", "withdraw")
    assert "钱检二" not in team(visit_id)
    assert len(team(visit_id)) == 2


def test_a_proposal_that_finds_no_interest_leaves_the_member_and_the_leader_where_they_are(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        led = queries.leader(queries.visit(visit_id))
        assert led is not None
        recusal_id = actions.propose_recusal(visit_id, led.inspector_id, "post", TEXT, by=cast.officer.officer).id
    decide(recusal_id, cast.head, "disagree", "不属实")
    assert waits("recusal_declined") == []
    with db.transaction(write=False):
        assert queries.leader(queries.visit(visit_id)) is not None
