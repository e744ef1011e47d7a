"""What does not fit, and where."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "entry_changed",  # its body is not what was hashed
    "entry_columns_differ",  # its columns say another thing than its body
    "entry_not_in_tree",
    "entry_missing",  # the tree has a place whose entry is gone
    "place_missing",
    "leaf_differs",  # the hash in the tree is not the entry's
    "tile_differs",
    "case_chain_broken",  # the entry before it in its case is not there, or of another case
    "thing_chain_broken",  # its hash before is not the one that the entry before left
    "payload_differs",  # the words beside it are not those it committed to
    "rows_differ",  # the list of rows written beside is not the one it hashed
    "checkpoint_signature",
    "checkpoint_differs",  # the tree has another head at that size
    "checkpoint_ahead",  # the tree is shorter than what was signed
    "cosignature_differs",  # no known witness signed the line under its head, or not at that time
    "row_changed",
    "row_missing",
    "row_unknown",  # no entry speaks of the row
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: its kind, the table, and the key of the row or its place."""

    kind: Kind
    table: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind} {self.table} {self.key}"
