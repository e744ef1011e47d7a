"""Whose step it is: the division that leads the visit, its head, the department's head, legal affairs."""

from collections.abc import Collection
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.roles import OF_DIVISION, Officer, Role
from fieldapp.visits.rules.states import Step, VisitState, may_take
from fieldapp.words import N_


def may_arrange(officer: Officer, lead_division_id: UUID) -> bool:
    """Whether the officer arranges this division's visits: an officer or head of it."""
    return officer.division_id == lead_division_id and not officer.roles.isdisjoint(OF_DIVISION)


@article("4")
def check_may_arrange(officer: Officer, lead_division_id: UUID) -> None:
    """Slot, submission and generation are the work of the division that leads."""
    if not may_arrange(officer, lead_division_id):
        raise Forbidden("visits.not_your_division", N_("这一步由牵头处室办理"))


@article("16")
def check_heads(officer: Officer, lead_division_id: UUID) -> None:
    """The leader is fixed, and the team changed, by the head of the division that leads."""
    if not officer.heads(lead_division_id):
        raise Forbidden("visits.not_the_head", N_("这一步由牵头处室主要负责同志办理"))


def may_approve(officer: Officer, *, by_department_head: bool, lead_division_id: UUID) -> bool:
    """Whether the officer approves inspections: the department's head, or the division's where the rule set says so."""
    return officer.is_any(Role.DEPARTMENT_HEAD) if by_department_head else officer.heads(lead_division_id)


@article("14")
def check_may_approve(officer: Officer, *, by_department_head: bool, lead_division_id: UUID,
                      team: Collection[UUID]) -> None:
    """Every inspection is approved beforehand, and not by somebody who carries it out."""
    if not may_approve(officer, by_department_head=by_department_head, lead_division_id=lead_division_id):
        raise Forbidden("visits.not_the_approver", N_("这次检查不由您审批"))
    if officer.person_id in team:
        raise Forbidden("visits.approver_is_on_the_team", N_("您是检查组成员，不能审批这次检查"))


def may_call_off(officer: Officer, division_id: UUID) -> bool:
    """Whether a task or visit of this division is the officer's to call off: its head's, and legal affairs' everywhere."""
    return officer.heads(division_id) or officer.is_any(Role.LEGAL_AFFAIRS)


@article("14", "15")
def check_may_cancel(officer: Officer, lead_division_id: UUID) -> None:
    """A visit is cancelled by the head of the division that leads, or by legal affairs."""
    if not may_call_off(officer, lead_division_id):
        check_heads(officer, lead_division_id)


@article("4", "14", "16", "18")
def steps_offered(officer: Officer, *, state: str, lead_division_id: UUID, divisions: Collection[UUID], is_member: bool,
                  approves: bool) -> frozenset[Step]:
    """The steps whose duty is the officer's and that the visit's state allows; `divisions` are those of its tasks, `approves`
    says whether the officer approves inspections."""
    arranges, heads = may_arrange(officer, lead_division_id), officer.heads(lead_division_id)
    duty = {
        Step.AGREE_SLOT: arranges, Step.SUBMIT: arranges, Step.APPOINT_LEADER: heads, Step.CHANGE_TEAM: heads,
        Step.DECIDE: approves and not is_member, Step.INTERVIEW: is_member,
        Step.CANCEL: any(may_call_off(officer, division) for division in {lead_division_id, *divisions}),
    }
    return frozenset(step for step, theirs in duty.items() if theirs and may_take(step, state))


@article("17", "18")
def may_apply(officer: Officer, *, state: str, lead_division_id: UUID, is_member: bool) -> bool:
    """Whether the officer may apply for recusal or a replacement: a member, or the division that leads, until the end."""
    return (is_member or may_arrange(officer, lead_division_id)) and may_take(Step.CHANGE_TEAM, state)


@article("19")
def may_entrust(officer: Officer, divisions: Collection[UUID]) -> bool:
    """Whether the officer belongs to the desk of a division that carries the visit out."""
    return officer.is_any(Role.DIVISION_OFFICER) and officer.division_id in divisions


def may_make_file(officer: Officer, state: str) -> bool:
    """Whether the officer may have the file of a visit made: a division's or legal affairs', once it has ended."""
    return state == VisitState.CLOSED and officer.is_any(*OF_DIVISION, Role.LEGAL_AFFAIRS)


def check_opinion(decision: str, opinion: str) -> None:
    """Whoever disagrees says why."""
    if decision not in {"agree", "disagree"}:
        raise Refusal("visits.no_decision", N_("请选择同意或不同意"), field="decision")
    if decision == "disagree" and not opinion.strip():
        raise Refusal("visits.opinion_missing", N_("不同意须写明意见"), field="opinion")


def check_reason(reason: str, field: str = "reason") -> None:
    """What departs from the ordinary has its reason on record."""
    if not reason.strip():
        raise Refusal("visits.reason_missing", N_("请写明理由"), field=field)


@article("3", "14")
def check_external_rows(officer: Officer, divisions: Collection[str], own_division: str) -> None:
    """A sheet of tasks drawn elsewhere holds something, and only the own division's tasks unless legal affairs accepts it."""
    if not divisions:
        raise Refusal("visits.nothing_to_accept", N_("表中没有可以接受的行"))
    if not officer.is_any(Role.LEGAL_AFFAIRS) and set(divisions) != {own_division}:
        raise Forbidden("visits.external_other_division", N_("表中有其他处室的任务，请由法规处接受"))
