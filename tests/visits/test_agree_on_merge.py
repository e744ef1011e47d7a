"""Legal affairs proposes a merge; every division concerned consents or declines with its reason (article 15)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.visits import actions, queries
from fieldapp.visits.models import MergeProposal
from tests.people import Cast, Player
from tests.visits import scene

pytestmark = pytest.mark.article("15")
Client = Callable[[Player], FlaskClient]


def found(cast: Cast) -> UUID:
    """The product has found two visits that could be one; nobody has said anything yet."""
    with db.transaction(write=True):
        scene.two_tasks_on_one_object(cast)
        return db.session.query(MergeProposal).one().id


def propose(cast: Cast, proposal_id: UUID, reason: str = "") -> None:
    with db.transaction(write=True):
        actions.propose_merge(proposal_id, cast.division, reason, by=cast.legal.officer)


def answer(proposal_id: UUID, who: Player, decision: str = "agree", opinion: str = "") -> None:
    with db.transaction(write=True):
        actions.answer_merge(proposal_id, decision, opinion, by=who.officer)


def stands(proposal_id: UUID) -> tuple[str | None, list[str]]:
    """What became of the proposal, and the states of both visits."""
    with db.transaction(write=False):
        proposal = queries.proposal(proposal_id)
        return proposal.decision, [proposal.first_visit.state, proposal.second_visit.state]


def asked() -> list[tuple[str, str, UUID | None]]:
    with db.transaction(write=False):
        rows = db.session.query(Waiting).filter(Waiting.kind.in_(("merge", "merge_consent")), Waiting.answered_at.is_(None))
        return sorted(((row.kind, row.role, row.division_id) for row in rows), key=str)


def said(proposal_id: UUID) -> list[tuple[str, str]]:
    """What the history says was done, and why, the first first."""
    with db.transaction(write=False):
        proposal = queries.proposal(proposal_id)
        return [(step.label, step.reason) for step in timeline(proposal.first_visit_id, about=proposal_id)][::-1]


def test_two_visits_are_one_when_legal_affairs_proposes_and_every_division_consents(cast: Cast) -> None:
    proposal_id = found(cast)
    assert asked() == [("merge", "legal_affairs", None)]
    propose(cast, proposal_id, "同一周内")
    assert asked() == sorted([("merge_consent", "division_head", one) for one in (cast.division, cast.other_division)], key=str)
    answer(proposal_id, cast.deputy)
    assert (stands(proposal_id), asked()) == (
        (None, ["proposed", "proposed"]), [("merge_consent", "division_head", cast.other_division)])
    answer(proposal_id, cast.other_head, opinion="同意，请带上高企检查表")
    assert (stands(proposal_id), asked()) == (("merged", ["proposed", "merged"]), [])
    assert said(proposal_id) == [
        ("发现可以合并的检查", ""), ("提出合并检查，征求处室意见", "同一周内"), ("同意合并检查", ""),
        ("同意合并检查", "同意，请带上高企检查表"), ("决定合并检查建议", "")]


@pytest.mark.edge("E5")
def test_a_divisions_reasoned_no_ends_the_proposal_and_legal_affairs_may_propose_again(cast: Cast) -> None:
    proposal_id = found(cast)
    propose(cast, proposal_id)
    answer(proposal_id, cast.head)
    with pytest.raises(Refusal, match="opinion_missing"):
        answer(proposal_id, cast.other_head, "disagree", " ")
    answer(proposal_id, cast.other_head, "disagree", "检查季节不同")
    assert (stands(proposal_id), asked()) == (("declined", ["proposed", "proposed"]), [])
    with db.transaction(write=False):
        assert queries.undecided_of(queries.proposal(proposal_id).first_visit_id) == []
    with pytest.raises(Conflict, match="merge_not_asked"):
        answer(proposal_id, cast.head)
    propose(cast, proposal_id, "已与高新技术处商定时间")
    answer(proposal_id, cast.other_head)
    assert stands(proposal_id)[0] is None, "what the other consented to was the first proposal"
    answer(proposal_id, cast.head)
    assert stands(proposal_id) == ("merged", ["proposed", "merged"])
    with db.transaction(write=False):
        given = [(one.round, one.decision, one.opinion) for one in queries.consents_of(proposal_id)][::-1]
    assert given == [(1, "agreed", ""), (1, "declined", "检查季节不同"), (2, "agreed", ""), (2, "agreed", "")]


def test_nobody_else_proposes_or_answers_and_nobody_twice(cast: Cast) -> None:
    proposal_id = found(cast)
    with pytest.raises(Conflict, match="merge_not_asked"):
        answer(proposal_id, cast.head)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.propose_merge(proposal_id, cast.division, by=cast.head.officer)
    with pytest.raises(Refusal, match="lead_division_unknown"), db.transaction(write=True):
        actions.propose_merge(proposal_id, cast.legal_division, by=cast.legal.officer)
    propose(cast, proposal_id)
    answer(proposal_id, cast.head)
    for who, refusal in ((cast.deputy, Conflict), (cast.other_officer, NotFound), (cast.legal, Forbidden),
                         (cast.department_head, NotFound), (cast.inspector_c, NotFound)):
        with pytest.raises(refusal):
            answer(proposal_id, who)
    answer(proposal_id, cast.other_head)
    with pytest.raises(Conflict, match="merge_already_decided"):
        propose(cast, proposal_id)


@pytest.mark.edge("E5")
@pytest.mark.parametrize("is_proposed", [False, True])
def test_legal_affairs_does_not_propose_or_takes_it_back_with_a_reason(cast: Cast, is_proposed: bool) -> None:
    proposal_id = found(cast)
    if is_proposed:
        propose(cast, proposal_id)
    with pytest.raises(Refusal, match="decline_needs_a_reason"), db.transaction(write=True):
        actions.decline_merge(proposal_id, " ", by=cast.legal.officer)
    with db.transaction(write=True):
        actions.decline_merge(proposal_id, "检查季节不同", by=cast.legal.officer)
    assert (stands(proposal_id), asked()) == (("declined", ["proposed", "proposed"]), [])
    with pytest.raises(Conflict, match="merge_already_decided"), db.transaction(write=True):
        actions.decline_merge(proposal_id, "再说", by=cast.legal.officer)


def test_a_head_reads_the_team_of_the_own_visit_alone(cast: Cast, client_of: Client) -> None:
    address = f"/merges/{found(cast)}"
    for who, team in ((cast.head, {cast.inspector_a}), (cast.other_head, {cast.inspector_c}),
                      (cast.legal, {cast.inspector_a, cast.inspector_c})):
        page = client_of(who).get(address).text
        assert {one for one in (cast.inspector_a, cast.inspector_c) if one.name in page} == team
        assert page.count("约定时间") == len(team)


def test_the_page_of_a_visit_says_how_far_the_proposal_is_and_leads_the_heads_there(cast: Cast, client_of: Client) -> None:
    proposal_id = found(cast)
    with db.transaction(write=False):
        page = f"/visits/{queries.proposal(proposal_id).first_visit_id}"
    head, officer = client_of(cast.head), client_of(cast.officer)
    assert "法规处正在统筹是否合并" in head.get(page).text
    propose(cast, proposal_id)
    for client, words, is_led_there in ((head, "请贵处答复", True), (officer, "待有关处室答复", False)):
        shown = client.get(page).text
        assert (words in shown, f"/merges/{proposal_id}" in shown) == (True, is_led_there)
    answer(proposal_id, cast.head)
    assert "待有关处室答复" in head.get(page).text


def test_a_division_that_comes_in_by_another_merge_is_asked_too(cast: Cast, client_of: Client) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        task = scene.drawn_task(3, cast.officer, scene.item("基地", cast.division), [first.object],
                                [cast.inspector_a, cast.inspector_b])
        actions.generate_task(task.id, by=cast.officer.officer)
        third = scene.visit_of(task)
        own, both = queries.pair(first.id, third.id), queries.pair(first.id, second.id)
        assert own is not None
        assert both is not None
        actions.propose_merge(own.id, cast.division, by=cast.legal.officer)
        scene.unite(cast, both.id, cast.division)
        asked_now = db.session.query(Waiting).filter_by(kind="merge_consent", thing_id=own.id, answered_at=None)
        assert {row.division_id for row in asked_now} == {cast.division, cast.other_division}
        own_id, page = own.id, f"/visits/{first.id}"
    assert f"/merges/{own_id}" in client_of(cast.other_head).get(page).text
    with db.transaction(write=True):
        own = queries.proposal_held(own_id)
        first = own.first_visit
        actions.answer_merge(own.id, "agree", "", by=cast.head.officer)
        assert (own.decision, queries.asked_of(own)) == (None, {cast.other_division})
        actions.answer_merge(own.id, "agree", "", by=cast.other_head.officer)
        assert (own.decision, len(first.visit_tasks)) == ("merged", 3)


def test_what_the_divisions_were_asked_lapses_when_a_task_leaves_and_may_be_proposed_anew(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        task = scene.drawn_task(3, cast.officer, scene.item("基地", cast.division), [first.object],
                                [cast.inspector_a, cast.inspector_b])
        actions.generate_task(task.id, by=cast.officer.officer)
        own, both = queries.pair(first.id, scene.visit_of(task).id), queries.pair(first.id, second.id)
        assert own is not None
        assert both is not None
        scene.unite(cast, both.id, cast.division)
        actions.propose_merge(own.id, cast.division, by=cast.legal.officer)
        actions.answer_merge(own.id, "agree", "", by=cast.head.officer)
        part = next(one for one in first.visit_tasks if one.task.division_id == cast.other_division)
        actions.take_out_task(first.id, part.id, "对象不再属于该事项", by=cast.other_head.officer)
        own_id = own.id
    assert (stands(own_id)[0], asked(), said(own_id)[-1]) == (
        "superseded", [], ("决定合并检查建议", "一项任务退出合并检查"))
    propose(cast, own_id)
    answer(own_id, cast.head)
    assert stands(own_id)[0] == "merged"


def test_nobody_is_asked_about_a_visit_that_has_begun(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        task = scene.drawn_task(2, cast.other_officer, scene.item("高企", cast.other_division), [queries.visit(visit_id).object],
                                [cast.inspector_c, cast.inspector_d])
        actions.generate_task(task.id, by=cast.other_officer.officer)
        proposal_id = queries.undecided_of(visit_id)[0].id
    propose(cast, proposal_id)
    answer(proposal_id, cast.head)
    with db.transaction(write=True):
        actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
    assert (stands(proposal_id)[0], asked(), said(proposal_id)[-1]) == (
        "superseded", [], ("决定合并检查建议", "检查已开始"))


def test_the_page_says_what_was_proposed_and_answered_and_lets_each_do_what_is_theirs(cast: Cast, client_of: Client) -> None:
    proposal_id = found(cast)
    address = f"/merges/{proposal_id}"
    legal, head, other = client_of(cast.legal), client_of(cast.head), client_of(cast.other_head)
    assert "济南某生物（示例）" in legal.get("/merges").text
    refused = legal.post(f"{address}/decline", data={"reason": ""})
    assert (refused.status_code, "不合并须写明理由" in refused.text) == (422, True)
    lead = {"lead_division": str(cast.other_division), "reason": "同一周"}
    assert head.post(f"{address}/proposal", data=lead).status_code == 403
    assert legal.post(f"{address}/proposal", data=lead).status_code == 303
    waiting = head.get("/waiting").text
    assert ("合并检查征求意见" in waiting, address in waiting) == (True, True)
    assert "同意合并" in head.get(address).text
    for who in (cast.officer, cast.inspector_a):
        assert client_of(who).get(address).status_code == 403
    refused = head.post(f"{address}/answer", data={"decision": "disagree", "opinion": ""})
    assert (refused.status_code, "不同意须写明意见" in refused.text) == (422, True)
    assert head.post(f"{address}/answer", data={"decision": "agree", "opinion": "可以"}).status_code == 303
    assert other.post(f"{address}/answer", data={"decision": "disagree", "opinion": "时间不合"}).status_code == 303
    page = legal.get(address).text
    assert [word for word in ("可以", "时间不合", "不合并", "再次提出合并", "不同意合并检查") if word not in page] == []
