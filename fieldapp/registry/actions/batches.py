"""A sheet's way from its preview into the directories: handed in, accepted or returned, taken in once."""

from uuid import UUID

from fieldapp import clock
from fieldapp.accounts import actions as accounts
from fieldapp.jobs import actions as jobs
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.actions.taking_in import VERDICTS, take_in
from fieldapp.registry.models import ImportBatch, ImportRow
from fieldapp.registry.rules import Outcome, SheetKind
from fieldapp.registry.rules.deciding import (
    BatchState,
    RowChoice,
    check_batch_may_be_accepted,
    check_batch_may_be_handed_in,
    check_batch_may_be_returned,
    check_batch_may_be_withdrawn,
    check_row_may_be_chosen,
)
from fieldapp.roles import Officer, Role

ROWS_IN_ONE_STEP = 400
JOB = "registry.accept_rows"


def hand_in_batch(batch_id: UUID, *, by: Officer) -> ImportBatch:
    """Put a sheet that was looked through before legal affairs."""
    batch = queries.batch_for(by, batch_id, lock=True)
    check_batch_may_be_handed_in(batch.state, _rows_to_take(batch))
    batch.state = BatchState.HANDED_IN.value
    ledger.record(by, "registry.batch_handed_in", batch)
    accounts.ask("import_batch", batch.id, role=Role.LEGAL_AFFAIRS, title=f"{batch.division.name} · {batch.file_name}",
                 endpoint="registry.show_import", arguments={"batch_id": batch.id})
    return batch


def accept_batch(batch_id: UUID, opinion: str = "", *, by: Officer) -> ImportBatch:
    """Accept a sheet, once: its rows go into the directories by jobs, some hundred at a time."""
    batch = queries.batch_for(by, batch_id, lock=True)
    count = _rows_to_take(batch)
    check_batch_may_be_accepted(batch.state, count)
    _decide(batch, BatchState.ACCEPTING, opinion, by)
    batch.rows_total = count
    ledger.record(by, "registry.batch_accepted", batch, reason=opinion or None)
    accounts.answered("import_batch", batch.id, by=by)
    jobs.ask(JOB, batch_id=str(batch.id), beyond=0, person_id=str(by.person_id))
    return batch


def accept_rows(batch_id: UUID, beyond: int, *, by: Officer) -> None:
    """Take the rows beyond a row number in, and ask for the rest; a checklist or an item list goes in whole."""
    batch = queries.batch(batch_id, lock=True)
    if batch.state != BatchState.ACCEPTING:
        return
    step = ROWS_IN_ONE_STEP if batch.kind in {SheetKind.OBJECTS, SheetKind.INSPECTORS} else 1_000_000
    rows = queries.rows_after(batch.id, beyond, step, VERDICTS)
    batch.rows_done += sum(_is_to_take(row) for row in rows)
    take_in(batch, rows, by=by)
    if len(rows) == step:
        jobs.ask(JOB, batch_id=str(batch.id), beyond=rows[-1].number, person_id=str(by.person_id))
        return
    batch.state = BatchState.ACCEPTED.value
    ledger.record(by, "registry.batch_taken_in", batch, facts={"counts": batch.counts})


def return_batch(batch_id: UUID, remark: str, *, by: Officer) -> ImportBatch:
    """Give a sheet back to its division with the reason: nothing of it goes in."""
    batch = queries.batch_for(by, batch_id, lock=True)
    check_batch_may_be_returned(batch.state, remark)
    _decide(batch, BatchState.RETURNED, remark, by)
    ledger.record(by, "registry.batch_returned", batch, reason=remark)
    accounts.answered("import_batch", batch.id, by=by)
    return batch


def withdraw_batch(batch_id: UUID, *, by: Officer) -> ImportBatch:
    """Take a sheet back before it is decided."""
    batch = queries.batch_for(by, batch_id, lock=True)
    check_batch_may_be_withdrawn(batch.state)
    batch.state = BatchState.WITHDRAWN.value
    ledger.record(by, "registry.batch_withdrawn", batch)
    accounts.answered("import_batch", batch.id, by=by)
    return batch


def choose_row(batch_id: UUID, row_id: UUID, choice: RowChoice, *, by: Officer) -> ImportBatch:
    """Decide about one renamed duplicate: the same enterprise under a new name, or left out."""
    batch = queries.batch_for(by, batch_id, lock=True)
    _choose(batch, [queries.import_row(batch.id, row_id)], choice, by)
    return batch


def choose_all_rows(batch_id: UUID, choice: RowChoice, *, by: Officer) -> ImportBatch:
    """Decide alike about every renamed duplicate of a sheet that is still open."""
    batch = queries.batch_for(by, batch_id, lock=True)
    _choose(batch, queries.open_renamed(batch.id), choice, by)
    return batch


def _choose(batch: ImportBatch, rows: list[ImportRow], choice: RowChoice, by: Officer) -> None:
    for row in rows:
        check_row_may_be_chosen(row.verdict, batch.state, row.choice, by.is_any(Role.LEGAL_AFFAIRS))
        row.choice, row.chosen_by = choice.value, by.person_id
    if batch.state == BatchState.ACCEPTED and choice is RowChoice.MERGE:
        take_in(batch, rows, by=by)
    if rows:
        ledger.record(by, "registry.rows_chosen", batch,
                      facts={"choice": choice.value, "rows": [row.number for row in rows]})


def _decide(batch: ImportBatch, state: BatchState, remark: str, by: Officer) -> None:
    batch.state, batch.remark = state.value, remark or None
    batch.decided_by, batch.decided_at = by.person_id, clock.now()


def _rows_to_take(batch: ImportBatch) -> int:
    return sum(_is_to_take(row) for row in queries.rows_after(batch.id, 0, 1_000_000, VERDICTS))


def _is_to_take(row: ImportRow) -> bool:
    return row.verdict != Outcome.RENAMED_DUPLICATE or row.choice == RowChoice.MERGE
