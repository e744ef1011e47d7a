"""How many objects are to be drawn: the sampling ratio in integers, and when a pool is too narrow to be random."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from fieldapp.law import article
from fieldapp.policy.rules import quota, ratio_text
from fieldapp.refusals import Refusal
from fieldapp.tasks.rules import is_narrow
from fieldapp.words import Labelled, N_

__all__ = ["SecondReason", "basis_points", "check_below_floor_is_approved", "check_narrow_is_approved", "check_quota",
           "is_narrow", "leaves_may_be_published_at_once", "quota", "ratio_text",
           "second_approved", "second_reasons"]

SMALL_CLASS = 20
"""A class of tickets with fewer objects than this would tell outsiders who hides behind a leaf."""


class SecondReason(Labelled):
    """Why a draw needs a second person's approval before its freeze, and is flagged in public."""

    NARROW = "narrow", N_("抽取范围过窄：定向候选对象不足 20 户，或抽取超过半数")
    BELOW_FLOOR = "below_floor", N_("各层合计低于抽查比例要求的数量")


_UNITS = {"%": 100, "％": 100, "‰": 10}


def basis_points(text: str) -> int:
    """Read a ratio as people write it ("5%", "7.5 %", "3‰") as basis points, exactly; raises ValueError."""
    text = text.strip()
    unit = _UNITS.get(text[-1:])
    whole, _, fraction = text[:-1].strip().partition(".")
    if unit is None or not (whole + fraction).isdecimal() or not whole:
        raise ValueError(f"not a ratio: {text!r}")
    numerator, denominator = int(whole + fraction) * unit, 10 ** len(fraction)
    if numerator % denominator:
        raise ValueError(f"finer than a basis point: {text!r}")
    return numerator // denominator


@article("6")
def check_quota(asked: int, ratio: int, directory: int, reason: str) -> None:
    """A quota other than ratio × directory is possible, but never silently: it carries a reason."""
    planned = quota(ratio, directory)
    if asked < 1:
        raise Refusal("draw.quota_is_empty", N_("抽取数量至少为 1"), field="quota")
    if asked > directory:
        raise Refusal(
            "draw.quota_exceeds_directory",
            N_("抽取数量 %(asked)s 超过名录库的 %(directory)s 户"),
            field="quota",
            asked=asked,
            directory=directory,
        )
    if asked != planned and not reason.strip():
        raise Refusal(
            "draw.quota_needs_a_reason",
            N_("按 %(ratio)s 应抽取 %(planned)s 户，现为 %(asked)s 户，请说明理由"),
            field="quota_reason",
            ratio=ratio_text(ratio),
            planned=planned,
            asked=asked,
        )


@article("6", "16")
def second_reasons(*, narrow: bool, below_floor: bool, approved: Collection[SecondReason] = ()) -> list[SecondReason]:
    """Why a second person must approve a draw, without what one has approved already."""
    wanted = [SecondReason.NARROW] * narrow + [SecondReason.BELOW_FLOOR] * below_floor
    return [reason for reason in wanted if reason not in approved]


@article("6", "16")
def second_approved(first: UUID | None, given: Iterable[tuple[UUID, Iterable[str]]]) -> set[SecondReason]:
    """What a second person has approved: of all that was given, by whom and for which reasons, nothing of the first
    approver's own, and nothing while nobody has approved first."""
    return {SecondReason(reason) for person, reasons in given if first and person != first for reason in reasons}


@article("16")
def check_narrow_is_approved(narrow: bool, approved: Collection[SecondReason]) -> None:
    """A narrow directed draw needs that a second person approved just this."""
    if narrow and SecondReason.NARROW not in approved:
        raise Refusal(
            "draw.narrow_needs_second_approval",
            N_("抽取范围过窄（定向候选对象不足 20 户，或抽取超过半数），须由另一人再次审批"),
            field="second_approver",
        )


@article("6")
def check_below_floor_is_approved(below_floor: bool, approved: Collection[SecondReason]) -> None:
    """Strata that together give fewer objects than the item's ratio asks need that a second person approved just this."""
    if below_floor and SecondReason.BELOW_FLOOR not in approved:
        raise Refusal(
            "draw.below_floor_needs_second_approval",
            N_("各层合计低于抽查比例要求的数量，须由另一人再次审批"),
            field="second_approver",
        )


@article("3")
def leaves_may_be_published_at_once(weights: Mapping[int, int], strata: Sequence[int] = ()) -> bool:
    """Whether no class of tickets and no stratum is so small that its leaves would point at an object before the visit.

    `weights` counts the objects for each number of tickets, `strata` those of each stratum that can be drawn. Those
    without tickets cannot be drawn and tell nothing; a single class tells nothing either.
    """
    classes = [count for tickets, count in weights.items() if tickets and count]
    drawable = [count for count in strata if count]
    return all(len(each) < 2 or min(each) >= SMALL_CLASS for each in (classes, drawable))
