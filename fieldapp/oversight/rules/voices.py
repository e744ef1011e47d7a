"""What the inspected say of an inspection: who may say it when, and what the inspecting division learns of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import N_

SCORES = (1, 2, 3, 4, 5)
FEWEST = 5  # of fewer ratings a division could guess whose they are
MOST_COMPLAINTS = 10


@dataclass(frozen=True, slots=True)
class Rated:
    """A division's ratings: how many, and their mean in tenths; None where it could be guessed whose they are."""

    division: str
    count: int
    tenths: int | None


@article("28")
def check_rating(score: int, *, has_begun: bool, is_rated: bool) -> None:
    """A visit is rated once, when it has begun, from 1 to 5."""
    check_has_begun(has_begun=has_begun)
    if is_rated:
        raise Conflict("oversight.rated_already", N_("已经评价过，谢谢"))
    if score not in SCORES:
        raise Refusal("oversight.no_score", N_("请选择 1 到 5 分"), field="score")


@article("28")
def check_complaint(text: str, so_far: int, *, has_begun: bool) -> None:
    """Who complains says of what; a visit takes ten complaints, more are made in another way."""
    check_has_begun(has_begun=has_begun)
    if not text:
        raise Refusal("oversight.no_complaint", N_("请写明投诉的内容"), field="text")
    if so_far >= MOST_COMPLAINTS:
        raise Conflict("oversight.too_many_complaints", N_("这次检查的投诉已达 10 件，请直接联系法规处"))


def check_has_begun(*, has_begun: bool) -> None:
    """Nothing can be said of what has not begun."""
    if not has_begun:
        raise Conflict("oversight.not_begun", N_("检查还没有开始，现在不能评价"))


@article("28")
def check_answer(text: str, *, is_answered: bool) -> None:
    """A complaint is answered once, in words."""
    if is_answered:
        raise Conflict("oversight.answered_already", N_("这件投诉已经答复"))
    if not text:
        raise Refusal("oversight.no_answer", N_("请写明调查和处理情况"), field="text")


@article("28")
def rated(scores: Mapping[str, Sequence[int]], *, sees_all: bool) -> list[Rated]:
    """The ratings of each division; the mean of fewer than five is told to legal affairs alone."""
    return [Rated(division, len(given), round(10 * sum(given) / len(given)) if sees_all or len(given) >= FEWEST else None)
            for division, given in sorted(scores.items()) if given]
