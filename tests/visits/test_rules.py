"""The law of visits, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.visits.rules import (
    Attendant,
    CredentialFacts,
    Demand,
    MergeDecision,
    Qualified,
    Readiness,
    Seated,
    Step,
    TaskReadiness,
    Verdict,
    VisitState,
    Window,
    check_external_rows,
    check_has_lead,
    check_is_ready,
    check_leader,
    check_may_approve,
    check_may_arrange,
    check_may_be_generated,
    check_may_propose_merge,
    check_slot,
    check_step,
    check_visit_may_start,
    is_qualified_on,
    missing,
    must_pause,
    people_named,
    proposed_leader,
    united_team,
    verdict,
    windows_meet,
    windows_together,
)

DAY = date(2026, 11, 24)
A, B, C, D = (UUID(int=n) for n in range(1, 5))
RURAL, OTHER = UUID(int=50), UUID(int=51)
WINDOW = Window(date(2026, 11, 20), date(2026, 12, 20))
READY = Readiness(slot_day=DAY, team=(Attendant("赵", True, is_leader=True), Attendant("钱", True)),
                  tasks=(TaskReadiness("任务", True),))


def officer(*roles: Role, division: UUID = RURAL, person: UUID = A) -> Officer:
    return Officer(person, "某", division, frozenset(roles))


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """A moment in November 2026 by the clocks of Shandong."""
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


@pytest.mark.article("21")
def test_a_slot_in_working_hours_needs_no_reason_one_outside_does() -> None:
    check_slot(at(9), at(11), WINDOW, today=DAY, is_workday=True, reason="")
    for start, end, workday in ((at(19), at(20), True), (at(8), at(9), True), (at(9), at(11), False)):
        with pytest.raises(Refusal) as refused:
            check_slot(start, end, WINDOW, today=DAY, is_workday=workday, reason=" ")
        assert code_of(refused) == "visits.slot_needs_a_reason"
        check_slot(start, end, WINDOW, today=DAY, is_workday=workday, reason="企业夜间生产")


@pytest.mark.parametrize(("start", "end", "code"), [
    (at(11), at(9), "visits.slot_reversed"),
    (at(9), at(9, day=25), "visits.slot_reversed"),
    (at(9, day=23), at(10, day=23), "visits.slot_past"),
    (at(9, day=24).replace(month=12), at(10, day=24).replace(month=12), "visits.slot_outside_window"),
])
def test_a_slot_is_one_stretch_of_a_day_to_come_in_the_tasks_time(start: datetime, end: datetime, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_slot(start, end, WINDOW, today=DAY, is_workday=True, reason="x")
    assert code_of(refused) == code


@pytest.mark.article("16", "20")
def test_a_complete_visit_lacks_nothing() -> None:
    assert missing(READY) == []
    check_is_ready(READY)


@pytest.mark.article("16", "20")
@pytest.mark.parametrize(("change", "codes"), [
    ({"slot_day": None}, ["visits.no_slot"]),
    ({"undecided_merges": 1}, ["visits.merge_undecided"]),
    ({"team": (Attendant("赵", True), Attendant("钱", True))}, ["visits.no_leader"]),
    ({"team": (Attendant("赵", True, is_leader=True),)}, ["visits.too_few_inspectors", "visits.too_few_certified"]),
    ({"team": (Attendant("赵", True, is_leader=True), Attendant("钱", False))}, ["visits.too_few_certified"]),
    ({"team": (Attendant("赵", False, is_leader=True), Attendant("钱", True), Attendant("孙", True))},
     ["visits.leader_not_certified"]),
    ({"team": (Attendant("赵", True, is_leader=True), Attendant("钱", True, is_available=False))},
     ["visits.member_unavailable"]),
    ({"tasks": (TaskReadiness("任务", False),)}, ["visits.no_work_plan"]),
    ({"tasks": (TaskReadiness("任务", True, ("钱",)),)}, ["visits.work_plan_unread_by"]),
])
def test_each_lack_is_said_exactly(change: dict[str, object], codes: list[str]) -> None:
    assert [lack.code for lack in missing(replace(READY, **change))] == codes


def test_a_lack_names_the_members_who_have_not_read() -> None:
    [lack] = missing(replace(READY, tasks=(TaskReadiness("第一批", True, ("钱", "孙")),)))
    assert str(lack).endswith("任务“第一批”的工作方案还没有阅读的成员：钱、孙")


@pytest.mark.article("23")
@pytest.mark.parametrize(("change", "code"), [
    ({"approved": False}, "visits.not_approved"),
    ({"has_leader": False}, "visits.no_leader"),
    ({"certified": 1}, "visits.too_few_certified"),
    ({"work_plan_read": False}, "visits.work_plan_unread"),
])
def test_no_visit_starts_with_one_certified_member_or_without_leader(change: dict[str, object], code: str) -> None:
    complete = {"certified": 2, "has_leader": True, "approved": True, "work_plan_read": True}
    check_visit_may_start(**complete)
    with pytest.raises(Refusal) as refused:
        check_visit_may_start(**{**complete, **change})
    assert code_of(refused) == code


@pytest.mark.article("16")
def test_the_lowest_ticket_is_the_proposed_leader_another_needs_a_reason() -> None:
    team = (Seated(A, False), Seated(B, True), Seated(C, True))
    assert proposed_leader(team) == B
    check_leader(B, team, "")
    check_leader(C, team, "熟悉该行业")
    for chosen, reason, code in ((C, "", "visits.leader_needs_a_reason"), (A, "x", "visits.leader_not_certified_on_day"),
                                 (D, "x", "visits.leader_not_a_member")):
        with pytest.raises(Refusal) as refused:
            check_leader(chosen, team, reason)
        assert code_of(refused) == code


@pytest.mark.article("14")
def test_the_department_head_approves_unless_on_the_team() -> None:
    head = officer(Role.DEPARTMENT_HEAD, division=OTHER)
    check_may_approve(head, by_department_head=True, lead_division_id=RURAL, team=[B, C])
    with pytest.raises(Forbidden) as refused:
        check_may_approve(head, by_department_head=True, lead_division_id=RURAL, team=[A])
    assert code_of(refused) == "visits.approver_is_on_the_team"
    with pytest.raises(Forbidden):
        check_may_approve(officer(Role.DIVISION_HEAD), by_department_head=True, lead_division_id=RURAL, team=[])
    check_may_approve(officer(Role.DEPUTY_HEAD), by_department_head=False, lead_division_id=RURAL, team=[])


@pytest.mark.article("4")
def test_only_the_leading_division_arranges() -> None:
    check_may_arrange(officer(Role.DIVISION_OFFICER), RURAL)
    for stranger in (officer(Role.DIVISION_OFFICER, division=OTHER), officer(Role.INSPECTOR), officer(Role.LEGAL_AFFAIRS)):
        with pytest.raises(Forbidden):
            check_may_arrange(stranger, RURAL)


def test_a_step_is_refused_in_the_wrong_state() -> None:
    check_step(Step.SUBMIT, VisitState.SLOT_AGREED)
    with pytest.raises(Conflict) as refused:
        check_step(Step.CANCEL, VisitState.IN_PROGRESS)
    assert str(refused.value).endswith("该检查目前“检查中”，不能取消检查")


@pytest.mark.article("14")
def test_visits_are_generated_after_the_matching_and_once() -> None:
    check_may_be_generated(task_state="objects_drawn", is_matched=True)
    for state, matched, code in (("objects_drawn", False, "visits.not_matched"), ("approved", True, "visits.not_matched"),
                                 ("generated", True, "visits.already_generated")):
        with pytest.raises(Conflict) as refused:
            check_may_be_generated(task_state=state, is_matched=matched)
        assert code_of(refused) == code


@pytest.mark.article("15")
def test_windows_meet_when_they_share_a_day_or_lie_close_enough() -> None:
    march, april = Window(date(2026, 3, 1), date(2026, 3, 31)), Window(date(2026, 4, 5), date(2026, 4, 30))
    assert not windows_meet(march, april, 0)
    assert not windows_meet(march, april, 4)
    assert windows_meet(march, april, 5)
    assert windows_meet(march, Window(date(2026, 3, 31), date(2026, 4, 2)), 0)
    assert windows_together([march, Window(date(2026, 3, 20), date(2026, 4, 2))]) == Window(date(2026, 3, 20), date(2026, 3, 31))
    assert windows_together([march, april]) == Window(date(2026, 3, 1), date(2026, 4, 30))


@pytest.mark.article("19")
def test_a_qualification_holds_to_the_end_of_its_last_day_and_a_line_names_each_of_its_people() -> None:
    assert [is_qualified_on(DAY, until) for until in (None, DAY, DAY - timedelta(days=1))] == [True, True, False]
    assert people_named("王某（主任）、李 某") == ["王某（主任）、李 某", "王某", "主任", "李", "某"]


def qualified(who: UUID, *types: str, certified: bool = True, specialities: tuple[str, ...] = ()) -> Qualified:
    return Qualified(who, certified, frozenset(types), frozenset(specialities))


@pytest.mark.article("15")
def test_the_lead_team_alone_goes_when_it_is_qualified_for_both_items() -> None:
    lead = [qualified(A, "动物", "高企"), qualified(B, "动物")]
    assert united_team(lead, [qualified(C, "高企")], [Demand("动物"), Demand("高企")]) == lead


@pytest.mark.article("15")
def test_of_the_other_team_only_those_come_whom_an_item_needs() -> None:
    lead = [qualified(A, "动物"), qualified(B, "动物")]
    other = [qualified(C, "高企", certified=False), qualified(D, "高企"), qualified(UUID(int=9), "高企")]
    team = united_team(lead, other, [Demand("动物"), Demand("高企")])
    assert [one.inspector_id for one in team] == [A, B, D]


@pytest.mark.article("15")
def test_a_speciality_brings_along_who_has_it_and_nobody_counts_twice() -> None:
    lead = [qualified(A, "动物", "高企"), qualified(B, "动物")]
    auditor = qualified(D, "高企", specialities=("财务审计",))
    team = united_team(lead, [lead[0], auditor], [Demand("动物"), Demand("高企", ("财务审计",))])
    assert [one.inspector_id for one in team] == [A, B, D]


@pytest.mark.article("15")
def test_where_nobody_is_marked_as_qualified_a_certified_member_of_the_other_team_comes() -> None:
    team = united_team([qualified(A, "动物")], [qualified(C, certified=False), qualified(D)], [Demand("高企")])
    assert [one.inspector_id for one in team] == [A, D]


@pytest.mark.article("15")
@pytest.mark.parametrize("decision", [None, MergeDecision.DECLINED, MergeDecision.SUPERSEDED])
def test_a_merge_is_proposed_under_one_of_the_leading_divisions_also_again_but_for_one_carried_out(
        decision: MergeDecision | None) -> None:
    legal = officer(Role.LEGAL_AFFAIRS)
    check_may_propose_merge(legal, decision=decision, divisions=[RURAL, OTHER], lead_division_id=OTHER)
    for standing, lead, code in ((decision, C, "visits.lead_division_unknown"),
                                 (MergeDecision.MERGED, OTHER, "visits.merge_already_decided")):
        with pytest.raises(Refusal) as refused:
            check_may_propose_merge(legal, decision=standing, divisions=[RURAL, OTHER], lead_division_id=lead)
        assert code_of(refused) == code


@pytest.mark.article("15")
def test_no_visit_takes_another_in_when_neither_has_the_lead_that_was_agreed() -> None:
    check_has_lead(OTHER, divisions=[RURAL, OTHER])
    with pytest.raises(Conflict, match="merge_lead_changed"):
        check_has_lead(C, divisions=[RURAL, OTHER])


GOOD = CredentialFacts("approved", False, "370000000009", date(2030, 1, 1), DAY)


@pytest.mark.article("23")
@pytest.mark.parametrize(("change", "answer"), [
    ({}, Verdict.VALID),
    ({"visit_state": "in_progress", "slot_day": None}, Verdict.VALID),
    ({"slot_day": date(2026, 11, 25)}, Verdict.OTHER_DAY),
    ({"visit_state": "closed"}, Verdict.CLOSED),
    ({"visit_state": "merged"}, Verdict.CANCELLED),
    ({"visit_state": "submitted"}, Verdict.NOT_APPROVED),
    ({"has_left": True}, Verdict.LEFT),
    ({"certificate_until": date(2026, 11, 23)}, Verdict.EXPIRED),
    ({"certificate_number": None}, Verdict.ASSISTING),
])
def test_the_check_of_a_person_says_what_is_wrong(change: dict[str, object], answer: Verdict) -> None:
    assert verdict(replace(GOOD, **change), DAY) is answer
    assert answer.is_good == (answer is Verdict.VALID)


@pytest.mark.article("16", "18")
@pytest.mark.edge("E9")
@pytest.mark.edge("E14")
@pytest.mark.parametrize(("certified", "is_led", "is_replaced", "why"), [
    (2, True, False, None), (1, True, True, "持证检查人员不足"), (2, False, True, "组长退出，须先确定新组长"),
    (2, True, True, "检查组人员变更")])
def test_a_visit_under_way_stops_without_enough_certified_members_without_a_leader_and_for_a_substitute(
        certified: int, is_led: bool, is_replaced: bool, why: str | None) -> None:
    assert must_pause(certified=certified, needed=2, is_led=is_led, is_replaced=is_replaced) == why


def test_a_division_accepts_only_its_own_tasks_from_a_sheet() -> None:
    check_external_rows(officer(Role.DIVISION_OFFICER), {"农村科技处"}, "农村科技处")
    check_external_rows(officer(Role.LEGAL_AFFAIRS), {"农村科技处", "高新技术处"}, "法规处")
    with pytest.raises(Forbidden):
        check_external_rows(officer(Role.DIVISION_OFFICER), {"农村科技处", "高新技术处"}, "农村科技处")
    with pytest.raises(Refusal):
        check_external_rows(officer(Role.LEGAL_AFFAIRS), set(), "法规处")
