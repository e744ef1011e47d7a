"""The paper set of a visit on its way back: entered from the sheets, each number ended as used or void (§0b.15)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from fieldapp import clock
from fieldapp.documents.rules import SheetKind
from fieldapp.fieldwork.rules.content import short_code
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

LONGEST = timedelta(days=3)


class SheetState(Labelled):
    """What has become of a numbered sheet."""

    OPEN = "open", N_("未交回")
    USED = "used", N_("已拍照交回")
    VOID = "void", N_("已作废")


@dataclass(frozen=True, slots=True)
class NumberedSheet:
    """One sheet of the set: its number, of which record, its photos by capture hash and short code, or why it is void."""

    page: int
    number: str
    kind: SheetKind
    visit_task_id: UUID | None = None
    photos: Sequence[tuple[str, str]] = ()
    void_reason: str = ""

    @property
    def state(self) -> SheetState:
        """A photo says that it was used, even if somebody had thought it unused."""
        if self.photos:
            return SheetState.USED
        return SheetState.VOID if self.void_reason else SheetState.OPEN


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbered sheet of paper on which somebody signed, and its photo by its capture hash."""

    number: str
    capture_hash: str

    @property
    def code(self) -> str:
        """The short code that people compare."""
        return short_code(self.capture_hash)


@dataclass(frozen=True, slots=True)
class Backfill:
    """That the record was entered from paper: why, when it really happened, when and by whom it was entered."""

    reason: str
    start: datetime
    end: datetime
    entered_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PaperTrail:
    """The paper set of a visit and how far it has come back; `due_on` is the last day for it."""

    number: str
    sheets: Sequence[NumberedSheet]
    due_on: date
    backfill: Backfill | None = field(default=None)

    @property
    def open(self) -> Sequence[NumberedSheet]:
        """The sheets of which nobody knows yet whether they were used."""
        return [sheet for sheet in self.sheets if sheet.state is SheetState.OPEN]

    @property
    def is_late(self) -> bool:
        """Whether what was written on paper was entered later than the rules allow."""
        return self.backfill is not None and clock.local(self.backfill.entered_at).date() > self.due_on

    def sheet_for(self, kind: SheetKind, visit_task_id: UUID | None = None) -> NumberedSheet | None:
        """The first sheet of a kind, of one record where it belongs to one."""
        return next((one for one in self.sheets if one.kind is kind and one.visit_task_id == visit_task_id), None)


@article("24")
def check_period(start: datetime | None, end: datetime | None, reason: str, *, issued_at: datetime | None,
                 now: datetime) -> None:
    """What was done on paper happened between the notice and now, within three days, and there was a reason for paper."""
    if start is None or end is None or not start <= end <= now or (issued_at is not None and start < issued_at):
        raise Refusal("fieldwork.paper_period", N_("请填写现场检查实际开始和结束的时间：在告知书印发之后、现在之前"),
                      field="start")
    if end - start > LONGEST:
        raise Refusal("fieldwork.paper_period_long", N_("一次纸质检查不超过三天，请核对时间"), field="end")
    if not reason.strip():
        raise Refusal("fieldwork.paper_reason", N_("请写明改用纸质表的原因"), field="reason")


@article("24")
def check_may_void(sheets: Sequence[NumberedSheet], reason: str) -> None:
    """Only a number that nobody has used is voided, with its reason; it is never given again."""
    if not sheets or any(sheet.state is not SheetState.OPEN for sheet in sheets):
        raise Refusal("fieldwork.paper_not_open", N_("这个编号已经交回或者作废"), field="void_reason")
    if not reason.strip():
        raise Refusal("fieldwork.paper_void_reason", N_("作废编号须写明原因"), field="void_reason")


@article("24")
def check_photographed(sheet: NumberedSheet | None) -> None:
    """What stands on paper enters the record only when its sheet has been photographed."""
    if sheet is None or sheet.state is not SheetState.USED:
        raise Refusal("fieldwork.sheet_missing", N_("请先拍照上传写有签名的那一页（第 %(page)s 页）"), field="sheets",
                      page=sheet.page if sheet else "?")


@article("24")
def paper_gaps(trail: PaperTrail | None) -> list[Refusal]:
    """What the leader is told of a record that was written on paper, and of numbers that have not come back."""
    if trail is None:
        return []
    found, entered = [], trail.backfill
    if entered is not None:
        found.append(Refusal(
            "fieldwork.backfilled", N_("由纸质表补录：现场 %(start)s 至 %(end)s，%(by)s 于 %(entered)s 录入；原因：%(reason)s"),
            start=_moment(entered.start), end=_moment(entered.end), entered=_moment(entered.entered_at), by=entered.by,
            reason=entered.reason))
    if trail.is_late:
        found.append(Refusal("fieldwork.backfilled_late", N_("纸质表补录逾期：应在 %(day)s 前"), day=trail.due_on.isoformat()))
    if trail.open:
        found.append(Refusal("fieldwork.paper_open", N_("纸质表还有 %(n)s 页没有交回或作废"), n=len(trail.open)))
    return found


def _moment(at: datetime) -> str:
    return clock.local(at).strftime("%Y-%m-%d %H:%M")
