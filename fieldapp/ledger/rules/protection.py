"""Which tables the ledger answers for: all but those in which nothing of an inspection stands."""

UNPROTECTED = {
    "ledger_entry": "the log itself",
    "ledger_payload": "bound by the commitment in its entry, and may be erased",
    "ledger_leaf": "the tree itself",
    "ledger_queue": "entries on their way into the tree",
    "ledger_tile": "computed from the leaves",
    "ledger_checkpoint": "signed",
    "ledger_cosignature": "signed by others, checked under its head",
    "ledger_rows": "bound by the hash in its entry",
    "job": "work to do",
    "rate_bucket": "counts requests",
    "sign_in": "moves with every request; signing in and out are entries",
    "waiting": "made from what waits",
    "draw_view": "a view log of its own, written while a page is read",
    "evidence_chunk": "pieces on their way, each under its hash",
    "number_counter": "shown by the numbers given",
    "receipt_counter": "shown by the receipts given",
}
"""Table to reason."""
SINCE = {"ledger_refusal": "0058"}
"""Table to the revision since which its rows are answered for, where it is younger than the table: those that were there
before are entered as they are."""


def is_protected(table: str) -> bool:
    """Whether every row of the table must be as an entry left it."""
    return table not in UNPROTECTED and table != "alembic_version"


def is_answered_for(table: str, revision: str) -> bool:
    """Whether every row of the table had its entry when rows were last taken in, after that revision."""
    return is_protected(table) and revision >= SINCE.get(table, "")
