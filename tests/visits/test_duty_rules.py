"""Whose step it is, what a page offers to whom, and whom a code or a seat is about: without a database."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from fieldapp.refusals import Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.visits import rules
from fieldapp.visits.rules import Attendant, Readiness, Step, TaskReadiness, VisitState

LEADS, JOINS = UUID(int=1), UUID(int=2)


def who(role: Role, division: UUID = LEADS) -> Officer:
    return Officer(uuid4(), "某人", division, frozenset({role}))


HEAD, OFFICER, JOINING_HEAD = who(Role.DIVISION_HEAD), who(Role.DIVISION_OFFICER), who(Role.DIVISION_HEAD, JOINS)
LEGAL, INSPECTOR = who(Role.LEGAL_AFFAIRS, UUID(int=3)), who(Role.INSPECTOR, UUID(int=4))


def offered(officer: Officer, state: VisitState, *, is_member: bool = False, approves: bool = False) -> set[str]:
    return {str(step) for step in rules.steps_offered(
        officer, state=state, lead_division_id=LEADS, divisions=[JOINS], is_member=is_member, approves=approves)}


@pytest.mark.article("4", "14", "16", "18")
def test_everybody_is_offered_the_steps_of_their_duty_that_the_state_allows() -> None:
    agreed = VisitState.SLOT_AGREED
    assert offered(OFFICER, agreed) == {"agree_slot", "submit"}
    assert offered(HEAD, agreed) == {"agree_slot", "submit", "appoint_leader", "change_team", "cancel"}
    assert offered(JOINING_HEAD, agreed) == offered(LEGAL, agreed) == {"cancel"}
    assert offered(INSPECTOR, agreed, is_member=True) == set()
    assert offered(INSPECTOR, VisitState.IN_PROGRESS, is_member=True) == {"interview"}
    assert offered(HEAD, VisitState.CLOSED) == offered(LEGAL, VisitState.IN_PROGRESS) == set()


@pytest.mark.article("14")
def test_whoever_carries_an_inspection_out_is_not_offered_its_approval() -> None:
    assert Step.DECIDE in offered(LEGAL, VisitState.SUBMITTED, approves=True)
    assert Step.DECIDE not in offered(LEGAL, VisitState.SUBMITTED, approves=True, is_member=True)


@pytest.mark.article("14", "15")
def test_a_visit_is_cancelled_by_the_head_that_leads_or_by_legal_affairs() -> None:
    for officer in (HEAD, LEGAL):
        rules.check_may_cancel(officer, LEADS)
    for officer in (OFFICER, JOINING_HEAD, INSPECTOR):
        with pytest.raises(Forbidden, match="not_the_head"):
            rules.check_may_cancel(officer, LEADS)
    assert rules.may_call_off(JOINING_HEAD, JOINS)


@pytest.mark.article("17", "18")
def test_members_and_the_division_that_leads_may_apply_until_the_end() -> None:
    def may(officer: Officer, state: VisitState, *, is_member: bool) -> bool:
        return rules.may_apply(officer, state=state, lead_division_id=LEADS, is_member=is_member)

    assert may(INSPECTOR, VisitState.IN_PROGRESS, is_member=True)
    assert may(OFFICER, VisitState.PROPOSED, is_member=False)
    assert not may(INSPECTOR, VisitState.IN_PROGRESS, is_member=False)
    assert not may(INSPECTOR, VisitState.CLOSED, is_member=True)


@pytest.mark.article("19")
def test_the_desk_of_a_division_that_inspects_entrusts_until_the_visit_is_gone() -> None:
    assert rules.may_entrust(OFFICER, {LEADS, JOINS})
    assert not rules.may_entrust(OFFICER, {JOINS})
    assert not rules.may_entrust(HEAD, {LEADS})
    assert set(VisitState) - rules.GONE == rules.ASSISTED


def test_the_file_of_a_visit_is_made_by_a_division_or_legal_affairs_once_it_has_ended() -> None:
    for officer in (OFFICER, HEAD, LEGAL):
        assert rules.may_make_file(officer, VisitState.CLOSED)
        assert not rules.may_make_file(officer, VisitState.RETURNED)
    assert not rules.may_make_file(INSPECTOR, VisitState.CLOSED)


@pytest.mark.article("14", "16", "20")
def test_the_way_of_a_visit_is_behind_as_far_as_it_was_gone() -> None:
    ready = Readiness(date(2026, 11, 24), [Attendant("某", True, is_leader=True)], [TaskReadiness("某任务", True)])
    assert rules.stages(VisitState.SLOT_AGREED, ready) == [True, True, True, False, False, False]
    assert rules.stages(VisitState.APPROVED, ready) == [True, True, True, True, False, False]
    assert rules.stages(VisitState.PAUSED, ready) == [True, True, True, True, True, False]
    assert rules.stages(VisitState.CLOSED, ready) == [True] * 6
    unread = replace(ready, slot_day=None, team=[Attendant("某", True)], tasks=[TaskReadiness("某任务", True, ["某"])])
    assert rules.stages(VisitState.PROPOSED, unread) == [False] * 6
    assert rules.stages(VisitState.APPROVED, unread) == [False, False, True, True, False, False]


@pytest.mark.article("23")
def test_a_code_counts_from_a_registered_phone_for_a_visit_of_ours() -> None:
    assert (rules.check_is_genuine("key"), rules.check_names_a_visit("check")) == ("key", "check")
    with pytest.raises(Refusal, match="code_forged"):
        rules.check_is_genuine(None)
    with pytest.raises(Refusal, match="code_of_other_visit"):
        rules.check_names_a_visit(None)


@pytest.mark.article("18")
def test_only_who_has_a_seat_leaves_or_comes_back() -> None:
    assert rules.check_was_drawn("seat") == "seat"
    with pytest.raises(Refusal, match="not_drawn"):
        rules.check_was_drawn(None)
