"""What the inspected say of an inspection: who may say it when, and what the inspecting division learns of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import Labelled, N_

SCORES = (1, 2, 3, 4, 5)
FEWEST = 5  # of fewer ratings a division could guess whose they are
MOST_RATINGS, MOST_COMPLAINTS = 10, 10


class Door(Labelled):
    """By which address a rating came: one that the entity's own phone was shown, or the copy's, which the team knows too."""

    OWN_PHONE = "own_phone", N_("单位自己的手机")
    COPY = "copy", N_("副本页")


@dataclass(frozen=True, slots=True)
class Given:
    """A rating, and by which door it came."""

    score: int
    door: Door


@dataclass(frozen=True, slots=True)
class Rated:
    """A division's ratings: how many, and their mean in tenths; None where it could be guessed whose they are."""

    division: str
    count: int
    tenths: int | None


@article("28")
def check_rating(score: int, door: Door, earlier: Sequence[Door], *, has_begun: bool) -> None:
    """A visit is rated from 1 to 5 when it has begun: once from the entity's own phone. By the copy's address another rating
    is no hindrance, lest somebody of the team be first."""
    check_has_begun(has_begun=has_begun)
    if door is Door.OWN_PHONE and door in earlier:
        raise Conflict("oversight.rated_already", N_("已经评价过，谢谢"))
    if earlier.count(door) >= MOST_RATINGS:
        raise Conflict("oversight.too_many_ratings", N_("这次检查收到的评价过多，请直接联系法规处"))
    if score not in SCORES:
        raise Refusal("oversight.no_score", N_("请选择 1 到 5 分"), field="score")


@article("28")
def score_of(given: Sequence[Given]) -> int | None:
    """What counts of the ratings of a visit: the own phone's; without one, the copy's while it is alone; else none."""
    own = [one.score for one in given if one.door is Door.OWN_PHONE]
    if own:
        return own[0]
    return given[0].score if len(given) == 1 else None


@article("28")
def check_slip(*, has_answered: bool) -> None:
    """Who rates from an own phone has signed or refused something on it: a link that was merely opened is nobody's word."""
    if not has_answered:
        raise Conflict("oversight.slip_unused", N_("请先在本机签收或者签字；不签的，先表示不签，再评价"))


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
