"""The rows of an accepted sheet go into the directories, some at a time."""

from collections.abc import Callable, Sequence

from fieldapp import db
from fieldapp.registry import queries
from fieldapp.registry.actions.taking_in.checklists import take_in_checklist
from fieldapp.registry.actions.taking_in.inspectors import take_in_inspectors
from fieldapp.registry.actions.taking_in.items import take_in_items
from fieldapp.registry.actions.taking_in.judging import TAKEN, TakingIn
from fieldapp.registry.actions.taking_in.objects import take_in_objects
from fieldapp.registry.models import ImportBatch, ImportRow
from fieldapp.registry.rules import Outcome, SheetKind
from fieldapp.registry.rules.deciding import RowChoice
from fieldapp.roles import Officer

TAKES: dict[str, Callable[[Sequence[ImportRow], TakingIn], int]] = {
    SheetKind.OBJECTS: take_in_objects,
    SheetKind.INSPECTORS: take_in_inspectors,
    SheetKind.ITEMS: take_in_items,
    SheetKind.CHECKLIST: take_in_checklist,
}
VERDICTS = (*TAKEN, Outcome.RENAMED_DUPLICATE.value)


def take_in(batch: ImportBatch, rows: Sequence[ImportRow], *, by: Officer) -> int:
    """Take these rows of a sheet in; how many went in. Renamed duplicates go in only where a person merges them."""
    ready = [row for row in rows if row.verdict in TAKEN or row.choice == RowChoice.MERGE]
    count = TAKES[batch.kind](ready, TakingIn.of(batch, by)) if ready else 0
    for row in ready:
        if row.choice == RowChoice.MERGE and row.verdict == Outcome.RENAMED_DUPLICATE:
            row.choice = RowChoice.MERGED.value
    db.session.flush()
    batch.counts = queries.row_counts(batch.id)
    return count


__all__ = ["VERDICTS", "take_in"]
