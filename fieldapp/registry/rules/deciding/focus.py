"""重点监管情形: proposed by a division, decided by legal affairs, in force until a stated day (article 6)."""

from datetime import date

from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import Labelled, N_


class FocusDecision(Labelled):
    """What legal affairs says to a proposal."""

    AGREED = "agreed", N_("列入重点监管")
    DECLINED = "declined", N_("不列入")


@article("6")
def check_focus_decision(
    earlier: str | None, decision: FocusDecision, opinion: str, expires_on: date | None, today: date
) -> None:
    """Key supervision lifts the limits of ratio and frequency: it needs a basis and a last day, and is decided once."""
    if earlier is not None:
        raise Conflict("registry.focus_already_decided", N_("这条重点监管建议已经处理"))
    if not opinion:
        raise Refusal("registry.focus_basis_missing", N_("请写明依据或理由"), field="opinion")
    if decision is FocusDecision.DECLINED:
        return
    if expires_on is None:
        raise Refusal("registry.focus_expiry_missing", N_("列入重点监管时请填写到期日"), field="expires_on")
    if expires_on <= today:
        raise Refusal("registry.focus_expiry_past", N_("到期日应晚于今天"), field="expires_on")


@article("6")
def is_in_force(decision: str | None, expires_on: date | None, day: date) -> bool:
    """Whether an object is under key supervision on a day: agreed, and not yet expired."""
    return decision == FocusDecision.AGREED and expires_on is not None and expires_on >= day
