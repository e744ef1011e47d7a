"""Rows that a migration changed, or that are older than the ledger's answer for them, are entered as they are, in the open."""

from collections.abc import Sequence

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger import queries
from fieldapp.ledger.actions.recording import enter_rows
from fieldapp.ledger.models import WrittenRows
from fieldapp.ledger.notes import VerifierKey
from fieldapp.ledger.rules import ROWS_MIGRATED, is_answered_for, is_protected
from fieldapp.ledger.verification import Entries, Finding, check_entries
from fieldapp.ledger.verification.rows import columns_there, rows_that_differ

IN_ONE_ENTRY = 500


def look_before_migrating(revision: str, known: list[VerifierKey], witnesses: list[VerifierKey]) -> list[Finding]:
    """Before the tables are brought to a revision, in the same transaction: what does not fit. Nothing else writes meanwhile.

    A database in which no rows were ever taken in is older than the ledger's answer for them, or new: nothing can be said.
    """
    there = columns_there()
    _hold([table for table in there if is_protected(table)])
    after = queries.taken_in_after() if WrittenRows.__tablename__ in there else None
    if after in {None, revision}:
        return []
    entries = Entries(set())
    found = list(check_entries(entries, known, witnesses=witnesses))
    return found + [Finding("row_missing" if now is None else "row_changed" if kept else "row_unknown", table, key)
                    for table, key, kept, now in rows_that_differ(entries, there) if is_answered_for(table, str(after))]


def take_in_rows(revision: str, before: Sequence[Finding] = ()) -> int:
    """After a migration alone, in its transaction: enter every row that it left as no entry did, and which revision that was;
    the number of rows. What did not fit before it stays as it is, and accused. Raises ValueError where the log itself does not
    verify: then nothing is entered."""
    entries, accused = Entries(set()), {(one.table, one.key) for one in before}
    for found in entries.check():
        if found not in before:
            raise ValueError(f"the ledger does not verify, nothing was taken in: {found}")
    rows = [(table, key, found) for table, key, _, found in rows_that_differ(entries) if (table, key) not in accused]
    for start in range(0, max(1, len(rows)), IN_ONE_ENTRY):  # one entry even without rows: it says that this is done
        enter_rows(rows[start:start + IN_ONE_ENTRY], ROWS_MIGRATED, reason=revision)
    return len(rows)


def _hold(tables: Sequence[str]) -> None:
    """Where several write at a time, let nobody write into these tables until the transaction ends."""
    if tables and not db.has_one_writer():
        quoted = db.session.connection().dialect.identifier_preparer.quote
        db.session.execute(sa.text(f"LOCK TABLE {', '.join(map(quoted, tables))} IN SHARE ROW EXCLUSIVE MODE"))
