"""Receipts: that an entry stands in the log, in a file that anybody can check without us."""

from uuid import UUID

from fieldapp.ledger import queries
from fieldapp.ledger.notes import VerifierKey, open_note
from fieldapp.ledger.rules import Checkpoint, Receipt, read_checkpoint, read_receipt, verify_inclusion


def receipt_of(entry_id: UUID, *, extra: bytes = b"") -> Receipt | None:
    """The receipt of an entry under the newest signed head; none while no signed head covers it."""
    index = queries.place_of(entry_id)
    head = None if index is None else queries.checkpoint_over(index)
    if index is None or head is None:
        return None
    return Receipt(index, tuple(queries.inclusion_path(index, head.size)), queries.note_of(head), extra)


def check_receipt(text: str, leaf: bytes, known: list[VerifierKey]) -> Checkpoint:
    """The signed head under which a receipt proves the entry with this leaf hash; raises ValueError when it proves nothing."""
    receipt = read_receipt(text)
    signed = read_checkpoint(open_note(receipt.note, known)[0])
    verify_inclusion(leaf, receipt.index, signed.size, receipt.proof, signed.root)
    return signed
