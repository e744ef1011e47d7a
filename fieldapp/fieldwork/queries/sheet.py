"""The rows of a visit in one hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.fieldwork.models import FieldValue, RecordEvent, RecordItem
from fieldapp.fieldwork.queries import rows
from fieldapp.visits.models import Visit, VisitTask


@dataclass(frozen=True)
class Sheet:
    """The rows of a visit, as the parts of a record are made from them."""

    part: VisitTask
    values: Sequence[FieldValue]
    items: Sequence[RecordItem]
    events: Sequence[RecordEvent]
    digest: str

    @property
    def visit(self) -> Visit:
        """The visit of the record."""
        return self.part.visit

    def said(self, name: str) -> Any:
        """The current value of a field of this record (`conclusion/text`), or None."""
        return self.at(f"r/{self.part.id}/{name}")

    def at(self, path: str) -> Any:
        """The current value of any field of the visit."""
        return next((row.value for row in self.values if row.path == path and not row.is_rival), None)

    def shown(self, kind: str) -> list[RecordItem]:
        """The items of a kind that are not struck out."""
        return [row for row in self.items if row.kind == kind and row.voided_by_op is None]

    def done(self, kind: str, path: str) -> list[RecordEvent]:
        """The events of a kind at a path or below it."""
        return [row for row in self.events if row.kind == kind and (row.path == path or row.path.startswith(f"{path}/"))]

    def done_at(self, kind: str, path: str) -> list[RecordEvent]:
        """The events of a kind at this very path."""
        return [row for row in self.done(kind, path) if row.path == path]


def sheet(part: VisitTask) -> Sheet:
    """All rows that one record is made from."""
    values, items = rows.field_values(part.visit_id), rows.items(part.visit_id)
    return Sheet(part, values, items, rows.events(part.visit_id), rows.digest(part, values, items))
