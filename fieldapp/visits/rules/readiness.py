"""What a visit still lacks before it can be submitted, approved and started, each lack as one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.visits.rules.assisting import Assisting
from fieldapp.visits.rules.states import UNDER_WAY, VisitState
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Attendant:
    """A member of the team as the guards see them on the day of the visit."""

    name: str
    is_certified: bool
    is_leader: bool = False
    is_available: bool = True


@dataclass(frozen=True, slots=True)
class TaskReadiness:
    """How far a task's work plan is: whether one is approved, and who has not read it."""

    name: str
    has_work_plan: bool
    unread: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everything the guards ask about a visit."""

    slot_day: date | None
    team: Sequence[Attendant]
    tasks: Sequence[TaskReadiness] = field(default_factory=tuple)
    undecided_merges: int = 0
    assisting: Sequence[Assisting] = ()
    min_inspectors: int = 2
    min_certified: int = 2

    @property
    def certified(self) -> int:
        """How many members hold a certificate that is valid on the day."""
        return sum(member.is_certified for member in self.team)


@article("16", "20")
def missing(ready: Readiness) -> list[Refusal]:
    """Every lack, in the order in which people see to it."""
    return [*_of_slot(ready), *_of_team(ready), *_of_assistants(ready), *_of_work_plans(ready)]


@article("14", "16", "20")
def stages(state: str, ready: Readiness) -> list[bool]:
    """How far a visit's way is, each whether it is behind: slot, leader, work plans read, approval, inspection, end."""
    ended = state == VisitState.CLOSED
    begun = state in UNDER_WAY or ended
    approved = begun or state == VisitState.APPROVED
    read = bool(ready.tasks) and all(task.has_work_plan and not task.unread for task in ready.tasks)
    return [ready.slot_day is not None, any(member.is_leader for member in ready.team), read or approved, approved, begun,
            ended]


@article("14", "16", "20")
def check_is_ready(ready: Readiness) -> None:
    """A visit with a lack is neither submitted nor approved."""
    for lack in missing(ready):
        raise lack


@article("16", "23")
def check_visit_may_start(*, certified: int, has_leader: bool, approved: bool, work_plan_read: bool,
                          needed: int = 2) -> None:
    """No start without approval, a leader, a work plan that all have read, and two certified members (E9, E14)."""
    if not approved:
        raise Refusal("visits.not_approved", N_("检查尚未批准，不能开始"))
    if not has_leader:
        raise Refusal("visits.no_leader", N_("尚未确定组长"))
    if certified < needed:
        raise _too_few_certified(certified, needed)
    if not work_plan_read:
        raise Refusal("visits.work_plan_unread", N_("工作方案尚未批准，或者还有成员没有阅读"))


def _of_slot(ready: Readiness) -> list[Refusal]:
    lacks = []
    if ready.undecided_merges:
        lacks.append(Refusal("visits.merge_undecided", N_("同一对象的合并检查建议尚待法规处和有关处室决定")))
    if ready.slot_day is None:
        lacks.append(Refusal("visits.no_slot", N_("尚未与检查对象约定时间")))
    return lacks


def _of_team(ready: Readiness) -> list[Refusal]:
    lacks: list[Refusal] = []
    leader = next((member for member in ready.team if member.is_leader), None)
    if leader is None:
        lacks.append(Refusal("visits.no_leader", N_("尚未确定组长")))
    elif not leader.is_certified:
        lacks.append(Refusal("visits.leader_not_certified", N_("组长 %(name)s 在检查当日没有有效的执法证件"), name=leader.name))
    if len(ready.team) < ready.min_inspectors:
        lacks.append(Refusal("visits.too_few_inspectors", N_("检查组至少 %(needed)s 人，现有 %(have)s 人"),
                             needed=ready.min_inspectors, have=len(ready.team)))
    if ready.certified < ready.min_certified:
        lacks.append(_too_few_certified(ready.certified, ready.min_certified))
    lacks.extend(Refusal("visits.member_unavailable", N_("%(name)s 在约定日期不能参加"), name=member.name)
                 for member in ready.team if not member.is_available)
    return lacks


@article("19")
def _of_assistants(ready: Readiness) -> list[Refusal]:
    """Nobody comes along whose qualification has ended by the day of the visit, or who is related to a member."""
    lacks = [Refusal("visits.assistant_expired", N_("%(name)s 的资质在检查当日已过期，请更新资质或者结束委托"), name=one.name)
             for one in ready.assisting if not one.is_qualified]
    lacks += [Refusal("visits.assistant_related", N_("%(name)s 与检查组成员 %(others)s 有利害关系，须回避"), name=one.name,
                      others="、".join(one.related_to)) for one in ready.assisting if one.related_to]
    return lacks


def _of_work_plans(ready: Readiness) -> list[Refusal]:
    lacks = []
    for task in ready.tasks:
        if not task.has_work_plan:
            lacks.append(Refusal("visits.no_work_plan", N_("任务“%(task)s”的工作方案尚未批准"), task=task.name))
        elif task.unread:
            lacks.append(Refusal("visits.work_plan_unread_by", N_("任务“%(task)s”的工作方案还没有阅读的成员：%(names)s"),
                                 task=task.name, names="、".join(task.unread)))
    return lacks


def _too_few_certified(have: int, needed: int) -> Refusal:
    return Refusal("visits.too_few_certified", N_("检查当日持有效执法证件的成员至少 %(needed)s 人，现有 %(have)s 人"),
                   needed=needed, have=have)
