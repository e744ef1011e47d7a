"""`fieldapp ledger verify`: the tree, its signatures, its chains and every row that the ledger answers for."""

from collections.abc import Iterator

from fieldapp.ledger.notes import VerifierKey
from fieldapp.ledger.rules import Checkpoint
from fieldapp.ledger.verification.checkpoints import check_checkpoints, check_cosignatures, sizes_wanted
from fieldapp.ledger.verification.entries import Entries
from fieldapp.ledger.verification.finding import Finding
from fieldapp.ledger.verification.rows import check_rows

__all__ = ["Entries", "Finding", "check_entries", "verify"]


def verify(known: list[VerifierKey], outside: list[Checkpoint] | None = None,
           witnesses: list[VerifierKey] | None = None) -> Iterator[Finding]:
    """Everything that does not fit, each with the row it was found in, inside the caller's reading transaction.

    `known` are the keys whose signatures count; `outside` are checkpoints that somebody else kept, their signatures
    already checked: only against these shows what was made anew from the beginning. `witnesses` are the keys by which lines
    under the heads are believed.
    """
    entries = Entries(set())
    yield from check_entries(entries, known, outside, witnesses)
    yield from check_rows(entries)


def check_entries(entries: Entries, known: list[VerifierKey], outside: list[Checkpoint] | None = None,
                  witnesses: list[VerifierKey] | None = None) -> Iterator[Finding]:
    """What does not fit in the log itself: its entries, its tree, its signed heads, the lines of witnesses under them."""
    entries.sizes = sizes_wanted(outside or [])
    yield from entries.check()
    yield from check_checkpoints(entries, known, outside or [])
    yield from check_cosignatures(witnesses or [])
