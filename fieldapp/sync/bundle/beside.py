"""What stands in a case beside the phones' operations: the entity's answers with their files, and what areas above add."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from fieldapp.canonical import canonical
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.ledger.queries import text_of

Rows = Callable[[UUID], Sequence[Any]]
_of_areas_above: list[Rows] = []


def configure(*of_areas_above: Rows) -> None:
    """Say which rows of a case (a visit's identifier) the areas above add: the steps of the review."""
    _of_areas_above[:] = of_areas_above


def rows_beside(visit_id: UUID) -> list[Any]:
    """The rows, in the order in which the bundle has them."""
    return [row for rows in (fieldwork.reply_rows, *_of_areas_above) for row in rows(visit_id)]


def original_of(row: Any) -> Original | None:
    """The original that came with a row, if one did."""
    found = getattr(row, "original", None)
    return found if isinstance(found, Original) else None


def line_of(row: Any) -> str:
    """A row as it is hashed: its entry names the SHA-256 of what stands under `row`; and by which hash its original lies here."""
    said = {"table": row.__tablename__, "row": json.loads(text_of(row))}
    original = original_of(row)
    return canonical(said | ({"capture": original.capture_hash} if original else {})).decode()
