"""The ledger's rules: what an entry says, the tree over all entries, and what can be shown of it to anybody."""

from fieldapp.ledger.rules.checkpoint import Checkpoint, read_checkpoint
from fieldapp.ledger.rules.entries import (
    ERASED,
    OF_ROWS,
    ROWS_MIGRATED,
    ROWS_WRITTEN,
    commitment,
    entry_body,
    in_words,
    plain,
    row_hash,
    row_text,
    rows_text,
    text_hash,
)
from fieldapp.ledger.rules.protection import UNPROTECTED, is_answered_for, is_protected
from fieldapp.ledger.rules.receipt import Receipt, Told, digits_of, read_receipt, read_told, text_of_file, told_of
from fieldapp.ledger.rules.tiles import WIDTH, entry_bundle, read_tile_number, tile_path, tiles_of
from fieldapp.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    tree_head,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "ERASED",
    "OF_ROWS",
    "ROWS_MIGRATED",
    "ROWS_WRITTEN",
    "UNPROTECTED",
    "WIDTH",
    "Checkpoint",
    "Receipt",
    "Told",
    "commitment",
    "consistency_proof",
    "digits_of",
    "entry_body",
    "entry_bundle",
    "in_words",
    "inclusion_proof",
    "is_answered_for",
    "is_protected",
    "leaf_hash",
    "plain",
    "read_checkpoint",
    "read_receipt",
    "read_tile_number",
    "read_told",
    "row_hash",
    "row_text",
    "rows_text",
    "text_hash",
    "text_of_file",
    "tile_path",
    "tiles_of",
    "told_of",
    "tree_head",
    "verify_consistency",
    "verify_inclusion",
]
