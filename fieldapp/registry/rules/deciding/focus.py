"""重点监管情形: proposed by a division, decided by legal affairs, in force until a stated day (article 6)."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_

ENDS_SOON = timedelta(days=30)


class FocusDecision(Labelled):
    """What legal affairs says to a proposal."""

    AGREED = "agreed", N_("列入重点监管")
    DECLINED = "declined", N_("不列入")


def may_propose_focus(officer: Officer, division_ids: Collection[UUID]) -> bool:
    """Whether the officer proposes key supervision of an object that these divisions supervise now."""
    return officer.is_any(Role.DIVISION_OFFICER) and officer.division_id in division_ids


@article("6")
def check_may_propose_focus(officer: Officer, division_ids: Collection[UUID], circumstance: str, evidence: str) -> None:
    """A division that supervises an object proposes it, with the circumstance and what shows it."""
    if not may_propose_focus(officer, division_ids):
        raise Forbidden("registry.not_your_focus", N_("重点监管由监管该对象的处室提出"))
    for field, words in (("circumstance", circumstance), ("evidence", evidence)):
        if not words:
            raise Refusal(f"registry.focus_{field}_missing", N_("请写明重点监管情形和证明材料"), field=field)


@article("6")
def check_focus_decision(
    earlier: str | None, decision: FocusDecision, opinion: str, expires_on: date | None, today: date, *,
    evidence: str, is_own: bool = False,
) -> None:
    """Key supervision lifts the limits of ratio and frequency: it needs a basis, evidence and a last day, and is decided
    once, by another person than the one who proposed it."""
    if earlier is not None:
        raise Conflict("registry.focus_already_decided", N_("这条重点监管建议已经处理"))
    if is_own:
        raise Forbidden("registry.own_focus", N_("提出建议的人不能自己认定"))
    if not opinion:
        raise Refusal("registry.focus_basis_missing", N_("请写明依据或理由"), field="opinion")
    if decision is FocusDecision.DECLINED:
        return
    if not evidence:
        raise Refusal("registry.focus_evidence_missing", N_("列入重点监管时请写明证明材料"), field="evidence")
    if expires_on is None:
        raise Refusal("registry.focus_expiry_missing", N_("列入重点监管时请填写到期日"), field="expires_on")
    if expires_on <= today:
        raise Refusal("registry.focus_expiry_past", N_("到期日应晚于今天"), field="expires_on")


@article("6")
def check_focus_may_be_lifted(*, in_force: bool, reason: str) -> None:
    """What is in force may end before its last day, when the circumstance is gone; the reason stays."""
    if not in_force:
        raise Conflict("registry.focus_not_in_force", N_("该对象不在必查清单中，或者已经到期、移出"))
    if not reason:
        raise Refusal("registry.focus_lift_reason_missing", N_("请写明移出的理由"), field="reason")


@article("6")
def is_in_force(decision: str | None, expires_on: date | None, day: date, *, lifted: bool = False) -> bool:
    """Whether an object is under key supervision on a day: agreed, neither lifted nor expired."""
    return decision == FocusDecision.AGREED and not lifted and expires_on is not None and expires_on >= day


def ends_soon(expires_on: date, day: date) -> bool:
    """Whether the last day is so near that the division should look at the circumstance again."""
    return expires_on <= day + ENDS_SOON
