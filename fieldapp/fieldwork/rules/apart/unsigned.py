"""An inspector does not sign: what the division's head decides (E15). A record is never published with one signature."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer
from fieldapp.words import Labelled, N_

ENOUGH = 2


class UnsignedChoice(Labelled):
    """What is done where one of the inspectors does not sign."""

    THIRD_SIGNS = "third_signs", N_("由在场的其他持证检查人员签字")
    REVISIT = "revisit", N_("改日重新到场")


@dataclass(frozen=True, slots=True)
class UnsignedDecided:
    """What the head has decided: which of the two, why, who, when."""

    choice: UnsignedChoice
    opinion: str
    by: str
    at: datetime


@article("16", "24")
def is_deciding_head(officer: Officer, division_id: UUID, team: Collection[UUID]) -> bool:
    """Whether the officer heads the division of the record's task and is not of the team."""
    return officer.heads(division_id) and officer.person_id not in team


@article("16", "24")
def check_may_decide_unsigned(*, is_head: bool, is_stated: bool, is_closed: bool) -> None:
    """The division's head decides once the leader has said why, while the record is open."""
    if not is_head:
        raise Forbidden("fieldwork.unsigned_not_the_head", N_("检查人员没有签字的，由处室主要负责同志决定，且不得是检查组成员"))
    if not is_stated or is_closed:
        raise Conflict("fieldwork.unsigned_not_open", N_("这份记录没有等待决定的未签字情况，或者已经结束"))


@article("16", "24")
def unsigned_choices(others_present: int) -> list[UnsignedChoice]:
    """What the head can choose: somebody else signs only if two certified members who do sign are there."""
    return [one for one in UnsignedChoice if one is not UnsignedChoice.THIRD_SIGNS or others_present >= ENOUGH]


@article("16", "24")
def check_unsigned_decision(choice: str, opinion: str, *, is_head: bool, is_stated: bool, is_closed: bool,
                            others_present: int) -> UnsignedChoice:
    """Whoever may decide chooses what can be chosen, and says why."""
    check_may_decide_unsigned(is_head=is_head, is_stated=is_stated, is_closed=is_closed)
    if choice not in set(UnsignedChoice):
        raise Refusal("fieldwork.unsigned_choice", N_("请选择怎样处理"), field="choice")
    if not opinion.strip():
        raise Refusal("fieldwork.unsigned_opinion", N_("请写明决定的理由"), field="opinion")
    if choice not in unsigned_choices(others_present):
        raise Refusal("fieldwork.nobody_else_signs", N_("其他在场的持证检查人员不足两名，只能改日重新到场"), field="choice")
    return UnsignedChoice(choice)


@article("16")
def others_present(certified_present: Collection[UUID], unsigned: Collection[UUID]) -> int:
    """How many certified members are there who have not refused to sign."""
    return len(set(certified_present) - set(unsigned))


@article("16", "24")
def is_answered_without(answered: Sequence[datetime], joined: Sequence[datetime], *, comes_for_revisit: bool) -> bool:
    """Whether the entity has answered for a record of the visit, and this member has not come since: by joining the team
    after it (`joined` are the beginnings of the own seats), or for the other day that the head has ordered."""
    if not answered or comes_for_revisit:
        return False
    return all(at <= min(answered) for at in joined)


@article("16")
def comes_for_revisit(decided: Sequence[UnsignedDecided], moment: datetime, here_since: datetime | None) -> bool:
    """Whether what a member confirms at a moment belongs to the other day that the head's last decision ordered: said after
    the decision, and by somebody who had not come before it."""
    last = decided[-1] if decided else None
    if last is None or last.choice is not UnsignedChoice.REVISIT:
        return False
    return last.at <= moment and (here_since is None or last.at <= here_since)
