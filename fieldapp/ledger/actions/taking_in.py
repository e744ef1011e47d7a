"""Rows that a migration changed, or that are older than the ledger's answer for them, are entered as they are, in the open."""

from itertools import islice

from fieldapp.ledger.actions.recording import enter_rows
from fieldapp.ledger.rules import ROWS_MIGRATED
from fieldapp.ledger.verification import Entries
from fieldapp.ledger.verification.rows import rows_that_differ

IN_ONE_ENTRY = 500


def take_in_rows() -> int:
    """Enter every row that is not as its last entry left it; the number of rows. For use after a migration alone."""
    entries = Entries(set())
    for found in entries.check():
        raise ValueError(f"the ledger does not verify, nothing was taken in: {found}")
    rows, count = iter(list(rows_that_differ(entries))), 0
    while part := list(islice(rows, IN_ONE_ENTRY)):
        enter_rows([(table, key, found) for table, key, _, found in part], ROWS_MIGRATED)
        count += len(part)
    return count
