"""移出名录库: proposed by a division with the ground, decided by legal affairs, kept with what was decided (articles 8–10)."""

from collections.abc import Collection
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_


class LeavingGround(Labelled):
    """Why an entry leaves its directory."""

    DEREGISTERED = "deregistered", N_("已注销")
    REVOKED = "revoked", N_("被吊销营业执照或者撤销登记")
    MOVED_AWAY = "moved_away", N_("迁出本省")
    NOT_SUPERVISED = "not_supervised", N_("不再属于本处室监管范围")
    TRANSFERRED = "transferred", N_("调离、退休或者辞职")
    DUTY_CHANGED = "duty_changed", N_("不再从事监管工作")
    DISQUALIFIED = "disqualified", N_("执法资格被取消")
    ENTERED_TWICE = "entered_twice", N_("重复列入")


OF_OBJECTS = (LeavingGround.DEREGISTERED, LeavingGround.REVOKED, LeavingGround.MOVED_AWAY, LeavingGround.NOT_SUPERVISED,
              LeavingGround.ENTERED_TWICE)
OF_INSPECTORS = (LeavingGround.TRANSFERRED, LeavingGround.DUTY_CHANGED, LeavingGround.DISQUALIFIED,
                 LeavingGround.ENTERED_TWICE)


class LeavingDecision(Labelled):
    """What legal affairs says to a proposal."""

    AGREED = "agree", N_("移出名录库")
    DECLINED = "disagree", N_("保留在名录库")


@article("8", "9", "10")
def check_may_propose_leaving(officer: Officer, division_id: UUID, *, has_left: bool, is_proposed: bool) -> None:
    """The division whose directory it is proposes that an entry leave it, once at a time."""
    if not officer.is_any(Role.DIVISION_OFFICER) or officer.division_id != division_id:
        raise Forbidden("registry.not_your_entry", N_("移出名录库由该名录所属的处室提出"))
    if has_left:
        raise Conflict("registry.already_left", N_("已经移出名录库"))
    if is_proposed:
        raise Conflict("registry.leaving_already_proposed", N_("已经提出移出名录库，请等待法规处审核"))


@article("8")
def check_leaving_is_grounded(ground: LeavingGround | None, grounds: Collection[LeavingGround], reason: str) -> LeavingGround:
    """What leaves a directory leaves it for a ground that such an entry can have, and with what shows it."""
    if ground is None or ground not in grounds:
        raise Refusal("registry.leaving_ground_missing", N_("请选择移出的原因"), field="ground")
    if not reason.strip():
        raise Refusal("registry.leaving_reason_missing", N_("请写明具体情况和依据的材料"), field="reason")
    return ground


@article("9", "10")
def check_leaving_decision(earlier: str | None, decision: LeavingDecision, opinion: str, *, is_own: bool) -> None:
    """A proposal is decided once, by another person than the one who made it; what is declined says why."""
    if earlier is not None:
        raise Conflict("registry.leaving_already_decided", N_("这条移出建议已经处理"))
    if is_own:
        raise Forbidden("registry.own_leaving", N_("提出移出的人不能自己审核"))
    if decision is LeavingDecision.DECLINED and not opinion.strip():
        raise Refusal("registry.leaving_opinion_missing", N_("不同意移出时请写明理由"), field="opinion")
