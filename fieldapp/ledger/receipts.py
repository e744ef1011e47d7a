"""Receipts: that an entry stands in the log, in a file that anybody can check without us."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fieldapp.ledger import queries
from fieldapp.ledger.cosignatures import note_of
from fieldapp.ledger.notes import COSIGNATURE, Signed, VerifierKey, open_note
from fieldapp.ledger.rules import (
    Checkpoint,
    Receipt,
    read_checkpoint,
    read_receipt,
    read_told,
    told_of,
    verify_inclusion,
)
from fieldapp.merkle import leaf_hash


@dataclass(frozen=True, slots=True)
class Place:
    """What a receipt tells: its entry, committing to the facts, stands at this index under this head, if the note is signed."""

    entry: dict[str, str | None]
    facts: dict[str, Any]
    index: int
    head: Checkpoint
    note: str


def receipt_about(action: str, thing_id: UUID, *, is_first: bool = False) -> Receipt | None:
    """The receipt of the last entry of that action about a thing, telling what it says; none while no head covers it. Under
    the newest head, or under the first, which stays the same."""
    entry, payload = queries.last_entry_about(action, thing_id) or (None, None)
    told = told_of(entry.body, payload.facts, payload.salt) if entry and payload else None
    return receipt_of(entry.id, extra=told.packed(), is_first=is_first) if entry and told else None


def place_of(text: str) -> Place:
    """Where a receipt's entry stands and what it says, the signatures of its note apart; raises ValueError for what does not
    fit together."""
    receipt = read_receipt(text)
    told, head = read_told(receipt.extra), read_checkpoint(receipt.note.rpartition("\n\n")[0] + "\n")
    verify_inclusion(leaf_hash(told.body()), receipt.index, head.size, receipt.proof, head.root)
    return Place(told.entry, told.facts, receipt.index, head, receipt.note)


def prove(text: str, known: list[VerifierKey]) -> tuple[Place, list[Signed]]:
    """What a receipt proves, and by whose signatures of these keys, the log's and its witnesses'; raises ValueError when it
    proves nothing, as where no key of the log has signed."""
    found = place_of(text)
    signed = open_note(found.note, known)[1]
    if all(one.key.kind == COSIGNATURE for one in signed):
        raise ValueError("nobody known has signed the note for the log")
    return found, signed


def receipt_of(entry_id: UUID, *, extra: bytes = b"", is_first: bool = False) -> Receipt | None:
    """The receipt of an entry under the newest signed head, or the first; none while no signed head covers it."""
    index, head_over = queries.place_of(entry_id), queries.first_checkpoint_over if is_first else queries.checkpoint_over
    head = None if index is None else head_over(index)
    if index is None or head is None:
        return None
    return Receipt(index, tuple(queries.inclusion_path(index, head.size)), note_of(head), extra)
