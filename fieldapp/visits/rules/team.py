"""Who leads: one of those drawn, certified, fixed by the division's head; the lowest ticket is the proposal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.words import N_

Seat = TypeVar("Seat")


@dataclass(frozen=True, slots=True)
class Seated:
    """A member in the order of the tickets: whether the certificate is valid on the day of the visit, and whether an
    application of theirs for recusal was declined."""

    inspector_id: UUID
    is_certified: bool
    asked_to_leave: bool = False

    @property
    def may_lead(self) -> bool:
        """Whether the head may appoint this member."""
        return self.is_certified and not self.asked_to_leave


@article("16")
def proposed_leader(team: Sequence[Seated]) -> UUID | None:
    """The certified member with the lowest ticket who did not ask to be recused."""
    return next((member.inspector_id for member in team if member.may_lead), None)


@article("16")
def check_leader(inspector_id: UUID, team: Sequence[Seated], reason: str) -> None:
    """The leader is a certified member; another than the proposed one is appointed with a reason."""
    chosen = next((member for member in team if member.inspector_id == inspector_id), None)
    if chosen is None:
        raise Refusal("visits.leader_not_a_member", N_("组长须从检查组成员中确定"), field="inspector")
    if not chosen.is_certified:
        raise Refusal("visits.leader_not_certified_on_day", N_("组长须在检查当日持有有效的执法证件"), field="inspector")
    if chosen.asked_to_leave:
        raise Refusal("visits.leader_asked_for_recusal", N_("申请过回避的成员不担任组长"), field="inspector")
    if inspector_id != proposed_leader(team) and not reason.strip():
        raise Refusal("visits.leader_needs_a_reason", N_("不按抽取顺序确定组长的，须写明理由"), field="reason")


@article("18")
def check_was_drawn(seat: Seat | None) -> Seat:
    """Only who has a seat of a visit, also after leaving it, leaves or comes back; None is everybody else."""
    if seat is None:
        raise Refusal("visits.not_drawn", N_("只有本次检查抽中的人员可以退出或者恢复；递补人员须另行抽取"))
    return seat


@article("18")
def check_member_may_leave(*, is_member: bool, reason: str) -> None:
    """Those drawn are in principle not replaced: leaving needs the head's consent and a reason."""
    if not is_member:
        raise Refusal("visits.not_a_member", N_("此人不是检查组现任成员"))
    if not reason.strip():
        raise Refusal("visits.reason_missing", N_("请写明理由"), field="reason")


@article("18")
def check_member_may_return(*, has_left: bool, is_undoable: bool) -> None:
    """Nobody comes back by choice: only while the seat is empty whose ground fell away, nobody recused or swapped away (E34)."""
    if not has_left:
        raise Refusal("visits.still_a_member", N_("此人仍是检查组成员"))
    if not is_undoable:
        raise Refusal("visits.was_replaced", N_("此人已因回避、更换或者对调退出，不能恢复"))


def check_on_team(person_id: UUID, team: Collection[UUID]) -> None:
    """What the team answers is answered by a member."""
    if person_id not in team:
        raise Forbidden("visits.not_on_the_team", N_("这一步由检查组成员办理"))


@article("16", "18")
def must_pause(*, certified: int, needed: int, is_led: bool, is_replaced: bool) -> str | None:
    """Why a visit under way has to stop, None if it goes on: too few certified members are left (E9), nobody leads (E14), or
    somebody has to come first."""
    if certified < needed:
        return N_("持证检查人员不足")
    if not is_led:
        return N_("组长退出，须先确定新组长")
    return N_("检查组人员变更") if is_replaced else None


@article("16")
def check_is_led(is_led: bool) -> None:
    """Nothing goes on, and nothing is closed, while nobody leads (E14)."""
    if not is_led:
        raise Refusal("visits.no_leader", N_("尚未确定组长"))
