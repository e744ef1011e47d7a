"""Rows that a migration changed, or that are older than the ledger's answer for them, are entered as they are, in the open."""

from fieldapp.ledger.actions.recording import enter_rows
from fieldapp.ledger.rules import ROWS_MIGRATED
from fieldapp.ledger.verification import Entries
from fieldapp.ledger.verification.rows import rows_that_differ

IN_ONE_ENTRY = 500


def take_in_rows(revision: str) -> int:
    """After a migration alone: enter every row that is not as its last entry left it, and which revision that was; the number
    of rows. Raises ValueError where the log itself does not verify: then nothing is entered."""
    entries = Entries(set())
    for found in entries.check():
        raise ValueError(f"the ledger does not verify, nothing was taken in: {found}")
    rows = [(table, key, found) for table, key, _, found in rows_that_differ(entries)]
    for start in range(0, max(1, len(rows)), IN_ONE_ENTRY):  # one entry even without rows: it says that this is done
        enter_rows(rows[start:start + IN_ONE_ENTRY], ROWS_MIGRATED, reason=revision)
    return len(rows)
