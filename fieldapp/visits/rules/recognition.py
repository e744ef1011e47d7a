"""结果互认: when the result of one visit may stand for another, which is then not made (article 15, E6)."""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.visits.rules.merging import windows_meet
from fieldapp.visits.rules.slot import Window
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Scope:
    """What a visit checks and when: the items of its tasks, and the time in which these may take place."""

    items: frozenset[UUID]
    window: Window

    def covers(self, other: "Scope") -> bool:
        """Whether every item of another visit is checked here."""
        return bool(other.items) and other.items <= self.items


@article("15")
def may_stand_for(ended: Scope, not_made: Scope, tolerance_days: int) -> bool:
    """Whether a visit checks every item of another and falls into the same time, at most so many days apart."""
    return ended.covers(not_made) and windows_meet(ended.window, not_made.window, tolerance_days)


@article("15")
def check_may_recognise(officer: Officer, ended: Scope | None, not_made: Scope, tolerance_days: int, *, is_finished: bool,
                        reason: str) -> None:
    """Legal affairs approves that a result is recognised: of a visit to the same object (None if it is of another), which has
    checked all the items of the one not made, falls into the same time, and has ended; with the reason (E6)."""
    if not officer.is_any(Role.LEGAL_AFFAIRS):
        raise Forbidden("visits.not_legal_affairs_recognising", N_("结果互认由法规处批准"))
    if ended is None:
        raise Refusal("visits.not_recognisable", N_("请选择本年度对同一对象的检查"), field="recognised")
    if not ended.covers(not_made):
        raise Refusal("visits.other_items", N_("该检查没有检查本次的全部抽查事项，结果不能互认"), field="recognised")
    if not may_stand_for(ended, not_made, tolerance_days):
        raise Refusal("visits.other_time", N_("该检查与本次任务不在同一时间段，结果不能互认"), field="recognised")
    if not is_finished:
        raise Conflict("visits.not_finished", N_("该检查还没有结束，结果还不能互认"))
    if not reason.strip():
        raise Refusal("visits.reason_missing", N_("请写明理由"), field="recognition_reason")
