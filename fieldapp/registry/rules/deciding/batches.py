"""A sheet handed in: looked through by whoever brought it, accepted or returned by legal affairs, once."""

from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry.rules.findings import Outcome
from fieldapp.registry.rules.synonyms import SheetKind
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_


class BatchState(Labelled):
    """Where a sheet stands between upload and directory."""

    PREVIEWED = "previewed", N_("待提交")
    HANDED_IN = "handed_in", N_("待法规处审核")
    ACCEPTING = "accepting", N_("正在入库")
    ACCEPTED = "accepted", N_("已入库")
    RETURNED = "returned", N_("已退回")
    WITHDRAWN = "withdrawn", N_("已撤回")


class RowChoice(Labelled):
    """What a person decides about a row with a known code under another name."""

    MERGE = "merge", N_("更名合并")
    SKIP = "skip", N_("不导入")
    MERGED = "merged", N_("已合并入库")


IMPORTABLE = (SheetKind.OBJECTS, SheetKind.INSPECTORS, SheetKind.CHECKLIST, SheetKind.ITEMS)
_BEFORE_DECISION = frozenset({BatchState.PREVIEWED, BatchState.HANDED_IN})


@article("5", "9", "10")
def kinds_for(officer: Officer) -> tuple[SheetKind, ...]:
    """What an officer may bring: divisions propose objects, inspectors and checklists, legal affairs the item list too."""
    if officer.is_any(Role.LEGAL_AFFAIRS):
        return IMPORTABLE
    if officer.is_any(Role.DIVISION_OFFICER):
        return tuple(kind for kind in IMPORTABLE if kind is not SheetKind.ITEMS)
    return ()


@article("9", "10")
def check_division_may_hand_in(officer: Officer, kind: SheetKind, division_id: UUID) -> None:
    """A division proposes for itself alone; only legal affairs brings a sheet for another, or the item list."""
    if kind not in IMPORTABLE:
        raise Refusal("registry.kind_not_imported", N_("这种表不能在这里导入：%(kind)s"), field="sheet", kind=kind.label)
    if kind not in kinds_for(officer):
        raise Forbidden("registry.kind_not_yours", N_("“%(kind)s”由法规处导入"), field="sheet", kind=kind.label)
    if not officer.is_any(Role.LEGAL_AFFAIRS) and officer.division_id != division_id:
        raise Forbidden("registry.division_not_yours", N_("只能导入本处室的表"), field="division_id")


@article("9")
def check_batch_may_be_handed_in(state: str, accepted_rows: int) -> None:
    """Only a sheet that was looked through, and holds something to take in, goes to legal affairs."""
    if state != BatchState.PREVIEWED:
        raise Conflict("registry.batch_already_handed_in", N_("这份表已经提交，不能再次提交"))
    _check_not_empty(accepted_rows)


@article("9", "10")
def check_batch_may_be_accepted(state: str, accepted_rows: int) -> None:
    """A sheet is taken into the directories once."""
    if state in {BatchState.ACCEPTING, BatchState.ACCEPTED}:
        raise Conflict("registry.batch_already_accepted", N_("这份表已经入库，不能重复入库"))
    if state not in _BEFORE_DECISION:
        raise Conflict("registry.batch_already_decided", N_("这份表已经退回或撤回，请重新导入"))
    _check_not_empty(accepted_rows)


@article("9", "10")
def check_batch_may_be_returned(state: str, remark: str) -> None:
    """Legal affairs returns what was handed in to it, and says why."""
    if state != BatchState.HANDED_IN:
        raise Conflict("registry.batch_not_handed_in", N_("这份表不在待审核状态，不能退回"))
    if not remark:
        raise Refusal("registry.remark_missing", N_("退回时请写明原因"), field="opinion")


def check_batch_may_be_withdrawn(state: str) -> None:
    """Whoever brought a sheet may take it back until legal affairs has decided."""
    if state not in _BEFORE_DECISION:
        raise Conflict("registry.batch_already_decided", N_("法规处已经处理这份表，不能撤回"))


@article("9")
def check_row_may_be_chosen(verdict: str, state: str, earlier: str | None, is_legal_affairs: bool) -> None:
    """A person decides about renamed duplicates: the division before it hands the sheet in, legal affairs until it is in."""
    if verdict != Outcome.RENAMED_DUPLICATE:
        raise Refusal("registry.row_needs_no_choice", N_("只有更名重复的行需要人工选择"))
    if earlier == RowChoice.MERGED:
        raise Conflict("registry.row_already_merged", N_("这一行已经合并入库，不能更改选择"))
    if state not in {*_BEFORE_DECISION, BatchState.ACCEPTED}:
        raise Conflict("registry.batch_not_open", N_("正在入库或已经退回，现在不能选择"))
    if state != BatchState.PREVIEWED and not is_legal_affairs:
        raise Forbidden("registry.choice_not_yours", N_("提交以后由法规处决定是否合并"))


def _check_not_empty(accepted_rows: int) -> None:
    if accepted_rows <= 0:
        raise Refusal("registry.nothing_to_accept", N_("没有可以入库的行，请修改表格后重新导入"))
