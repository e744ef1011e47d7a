"""The rows of a visit in one hand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from fieldapp.canonical import digest
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import FieldValue, RecordEvent, RecordItem
from fieldapp.fieldwork.queries import rows
from fieldapp.fieldwork.rules import OF_ATTENDANCE, Attendance, place
from fieldapp.visits.models import Visit, VisitTask


@dataclass(frozen=True)
class Sheet:
    """The rows of a visit, as the parts of a record are made from them."""

    part: VisitTask
    values: Sequence[FieldValue]
    items: Sequence[RecordItem]
    events: Sequence[RecordEvent]

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

    @cached_property
    def attendance(self) -> Attendance:
        """Who is there, whose certificate was shown, where the team arrived: as the server knows it."""
        values = {str(path): value for path in OF_ATTENDANCE if not rules.is_empty(value := self.at(path))}
        shown = {person: next(iter(numbers)) for person, numbers in self._shown.items()}
        return Attendance(values, self._present, shown)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What is signed, as it stands: with the attendance under which it was signed first, by the entity if it has; before
        anyone has signed, with the one that is known here."""
        return self._content(self._signed_under)

    @cached_property
    def digest(self) -> str:
        """The digest of the record as it stands."""
        return digest(self.content)

    def digest_under(self, said: Mapping[str, Any] | None) -> str | None:
        """The digest of the record as it stands for a phone that knows this attendance (as `Attendance.as_dict`), None where
        the record does not bear it out; without one, as kits of older releases signed."""
        if said is None:
            return digest(self._content(None))
        attendance = Attendance.of(said)
        known: dict[str, list[Any]] = defaultdict(list)
        for row in self.values:
            known[row.path].append(row.value)
        is_here = rules.is_borne_out(attendance, known, self._present, self._shown)
        return digest(self._content(attendance)) if is_here else None

    def fits(self, row: RecordEvent) -> bool:
        """Whether what was signed or refused is the record as it stands."""
        return rules.digest_fits(row.digest, self.digest_under(row.value.get("attendance")))

    @cached_property
    def _signed_under(self) -> Attendance | None:
        root = f"r/{self.part.id}/record"
        signed = [row for row in self.events if row.kind in {"sign", "refuse"} and self.fits(row)]
        own = [row for row in signed if row.path == root]
        others = [row for row in signed if row.kind == "sign" and row.path.startswith(f"{root}/")]
        if not (first := own or sorted(others, key=rows.happened_at)):
            return self.attendance
        said = first[0].value.get("attendance")
        return Attendance.of(said) if said else None

    def _content(self, attendance: Attendance | None) -> dict[str, Any]:
        current = {row.path: row.value for row in self.values if not row.is_rival and rules.of_record(row.path, self.part.id)}
        items = {row.path: rules.item_content(row.value) for row in self.items
                 if row.kind != rows.ADDENDUM and row.voided_by_op is None and rules.of_record(row.path, self.part.id)}
        return rules.record_content(rows.head(self.part).as_dict(), current, items, attendance)

    @cached_property
    def _present(self) -> set[UUID]:
        return {person for row in self.shown(rows.PRESENCE) if (person := place(row.path).person)}

    @cached_property
    def _shown(self) -> dict[UUID, dict[str, None]]:
        """The numbers under which each person's certificate was shown, in the order of the showing."""
        numbers: dict[UUID, dict[str, None]] = defaultdict(dict)
        for row in self.done("issue", "credential"):
            if (person := place(row.path).person) and (number := row.value.get("number")):
                numbers[person][str(number)] = None
        return numbers


def sheet(part: VisitTask) -> Sheet:
    """All rows that one record is made from."""
    return Sheet(part, rows.field_values(part.visit_id), rows.items(part.visit_id), rows.events(part.visit_id))


def record_content(part: VisitTask) -> dict[str, Any]:
    """What is signed, or was, as it stands in the database."""
    return sheet(part).content


def as_signed(part: VisitTask) -> dict[str, Any]:
    """What a signature says that is given here and now: the digest, and the attendance in it where it is signed with it."""
    of = sheet(part)
    said = {"attendance": of.content["attendance"]} if "attendance" in of.content else {}
    return {"digest": of.digest, **said}


def record_digest(part: VisitTask) -> str:
    """The digest of what is signed, or was, as it stands in the database."""
    return sheet(part).digest
