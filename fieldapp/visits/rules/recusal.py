"""Recusal and replacement: who applies, who decides, who may swap with whom; those drawn stay in principle."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_


class Interest(Labelled):
    """The interest for which somebody applies for recusal (E30)."""

    SHARES = "shares", N_("持有其股份或者出资")
    POST = "post", N_("本人或者近亲属在其任职")
    FORMER = "former", N_("曾在其任职")
    KINSHIP = "kinship", N_("与其负责人有亲属关系")
    OTHER = "other", N_("其他可能影响公正的关系")


class Ground(Labelled):
    """Why somebody drawn is replaced: article 18's special circumstances."""

    RECUSAL = "recusal", N_("回避")
    POST_TRANSFER = "post_transfer", N_("岗位调整")
    SCHEDULE_CONFLICT = "schedule_conflict", N_("工作冲突")
    HEALTH = "health", N_("身体健康状况")
    OTHER = "other", N_("其他特殊情况")


class Outcome(Labelled):
    """How a recusal is carried out (article 17)."""

    WITHDRAW = "withdraw", N_("不参加这次检查")
    SWAP = "swap", N_("与其他检查组对调检查对象")


class Decision(Labelled):
    """What was decided about an application."""

    AGREED = "agreed", N_("同意")
    DECLINED = "declined", N_("不同意")
    MOOT = "moot", N_("已无需决定")


@dataclass(frozen=True, slots=True)
class Fitness:
    """What a member of one team would need to sit on another: all must hold."""

    name: str
    is_certified: bool
    is_qualified: bool
    is_available: bool
    has_interest: bool
    sits_or_sat_there: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing stands against it."""
        is_able = self.is_certified and self.is_qualified and self.is_available
        return is_able and not self.has_interest and not self.sits_or_sat_there


@article("17")
def check_may_ask_recusal(*, is_member: bool, has_open: bool, text: str) -> None:
    """A member with an interest applies, saying which; one application at a time."""
    if not is_member:
        raise Forbidden("visits.not_on_the_team", N_("这一步由检查组成员办理"))
    if has_open:
        raise Conflict("visits.recusal_open", N_("已有一份回避申请尚未决定"))
    if not text.strip():
        raise Refusal("visits.recusal_reason", N_("请写明利害关系的具体情况"), field="text")


@article("17")
def check_decides_recusal(officer: Officer, *, by_party: bool, lead_division_id: UUID,
                          concerned: Collection[UUID | None]) -> None:
    """The member's application is decided by the division's head, the inspected party's by the department's (E11); by
    nobody whom it concerns."""
    may = officer.is_any(Role.DEPARTMENT_HEAD) if by_party else officer.heads(lead_division_id)
    if not may:
        raise Forbidden("visits.not_the_decider", N_("这份申请不由您决定"))
    if officer.person_id in concerned:
        raise Forbidden("visits.own_application", N_("申请与您本人有关，不能由您决定，请由 AB 角办理"))


@article("17", "18")
def check_none_is_open(is_open: bool) -> None:
    """One application to replace a member at a time."""
    if is_open:
        raise Conflict("visits.substitution_open", N_("已有一份更换申请尚未决定"))


@article("17", "18")
def check_is_undecided(decision: str | None) -> None:
    """An application is decided once."""
    if decision is not None:
        raise Conflict("visits.recusal_decided", N_("这份申请已经决定"))


@article("17")
def check_may_swap(fitness: Fitness) -> None:
    """Both sides of a swap must be lawful: certified, free, without interest, new to the other team (E8)."""
    if not fitness.is_certified:
        raise Refusal("visits.swap_not_certified", N_("%(name)s 在检查当日没有有效的执法证件"), field="swap",
                      name=fitness.name)
    if not fitness.is_qualified:
        raise Refusal("visits.swap_not_qualified", N_("%(name)s 不具备检查事项或者席位所需的资质"), field="swap",
                      name=fitness.name)
    if not fitness.is_available:
        raise Refusal("visits.swap_not_free", N_("%(name)s 在检查时间不能参加"), field="swap", name=fitness.name)
    if fitness.has_interest:
        raise Refusal("visits.swap_interest", N_("%(name)s 与检查对象有利害关系"), field="swap", name=fitness.name)
    if fitness.sits_or_sat_there:
        raise Refusal("visits.swap_sat_there", N_("%(name)s 是或者曾是该检查组成员"), field="swap", name=fitness.name)


@article("18")
def check_ground(ground: str, reason: str) -> None:
    """Only article 18's circumstances, each said in words."""
    if ground not in set(Ground) - {Ground.RECUSAL}:
        raise Refusal("visits.no_ground", N_("请选择更换的原因；回避请另行申请"), field="ground")
    if not reason.strip():
        raise Refusal("visits.reason_missing", N_("请写明理由"), field="reason")


@article("18")
def check_may_draw_again(*, is_exhausted: bool, is_filled: bool) -> None:
    """Drawn again is only where nobody was left; whoever was drawn stays, or leaves by an application of the own."""
    if is_filled or not is_exhausted:
        raise Conflict("visits.substitute_drawn", N_("已经抽取递补人员，不得重抽"))


@article("16")
def check_may_take_reserve(said: Sequence[bool]) -> None:
    """The reserve steps in only for a task that said so before its draw; a merged visit has tasks of several draws (E21)."""
    if len(said) != 1:
        raise Conflict("visits.reserve_of_merged", N_("合并的检查不能由储备对象替补，请取消后分别处理"))
    if not all(said):
        raise Conflict("visits.reserve_not_foreseen", N_("该任务设置时没有选择由储备对象替补"))


@article("16")
def check_takes_reserve(officer: Officer) -> None:
    """That an object is gone is decided by legal affairs: a division does not choose another for one it does not like."""
    if not officer.is_any(Role.LEGAL_AFFAIRS):
        raise Forbidden("visits.not_legal_affairs", N_("由储备对象替补须由法规处办理"))


@article("18")
def check_drawn_elsewhere(*, is_drawn_here: bool, reference: str) -> None:
    """A substitute is entered only where the task was drawn on another platform, with the number of its drawing."""
    if is_drawn_here:
        raise Conflict("visits.substitutes_are_drawn", N_("该任务在本平台抽取，递补人员须由系统抽取，不能指定"))
    if not reference.strip():
        raise Refusal("visits.reference_missing", N_("请填写原抽取平台的递补抽取编号"), field="reference")
