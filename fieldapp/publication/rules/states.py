"""The states of a result, who publishes it, until when, and what a correction needs."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.review.rules import ResultCategory
from fieldapp.roles import Officer
from fieldapp.words import Labelled, N_

Approved = TypeVar("Approved")


class ResultState(Labelled):
    """Where a version of a result stands."""

    ENTERED = "entered", N_("待公示")
    PUBLISHED = "published", N_("已公示")
    SUPERSEDED = "superseded", N_("已更正")


class ObjectionMark(Labelled):
    """What has become of an objection to a result, as everybody sees it."""

    NONE = "", ""
    OPEN = "open", N_("异议处理中")
    UPHELD = "upheld", N_("经复核维持")
    CORRECTED = "corrected", N_("经复核更正")


@dataclass(frozen=True, slots=True)
class Clock:
    """The day by which a result is to be public; legal once its task is completed, before that the house's own."""

    day: date
    is_provisional: bool
    is_legal: bool


@article("25")
def days_late(due: date, done_or_today: date) -> int:
    """By how many days a deadline is, or was, missed; 0 in time."""
    return max(0, (done_or_today - due).days)


@article("25")
def was_late(due: date | None, published: date | None, version: int) -> bool:
    """Whether a result became public after the deadline that then held; a later correction does not count."""
    if published is None or due is None or version > 1:
        return False
    return days_late(due, published) > 0


@article("25")
def check_is_reviewed(approved: Approved | None) -> Approved:
    """Only what the division's head has approved becomes a result; None is a record whose review has no approval."""
    if approved is None:
        raise Refusal("publication.not_reviewed", N_("记录没有审核通过，不能录入结果"))
    return approved


@article("25")
def check_may_publish(officer: Officer, division_id: UUID, state: ResultState) -> None:
    """The head or deputy of the task's division publishes a reviewed result, once."""
    if not officer.heads(division_id):
        raise Forbidden("publication.head_only", N_("公示由任务所在处室的负责人批准"))
    if state is not ResultState.ENTERED:
        raise Conflict("publication.already_published", N_("这项结果已经公示"))


@article("26")
def check_correction(state: ResultState, reason: str, *, before: tuple[str, str], after: tuple[str, str]) -> None:
    """A published result is corrected with a reason, into something else; the old version stays visible."""
    if state is ResultState.SUPERSEDED:
        raise Conflict("publication.already_corrected", N_("这一版结果已经更正，请在最新一版上办理"))
    if state is not ResultState.PUBLISHED:
        raise Refusal("publication.not_published", N_("只有已公示的结果才能更正"))
    if not reason.strip():
        raise Refusal("publication.correction_needs_a_reason", N_("更正须说明理由"), field="reason")
    if before == after:
        raise Refusal("publication.nothing_corrected", N_("更正后的类别和内容与现在公示的相同"), field="category")


@article("27")
def check_category_has_order(category: ResultCategory, *, has_order: bool) -> None:
    """What is published as ordered to be put right has a numbered order."""
    if category is ResultCategory.RECTIFICATION_ORDERED and not has_order:
        raise Refusal("publication.no_order", N_(
            "“发现问题已责令改正”须有编号的责令改正通知书，本项检查没有。请选择“发现问题待后续处理”，或者先依法责令改正"),
            field="category")
