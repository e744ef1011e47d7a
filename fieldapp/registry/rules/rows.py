"""One row of a sheet on its way to a checked value: cells are asked for by field, findings gather."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Generic, TypeVar

from fieldapp.registry.rules.findings import Finding, FindingKind, Outcome, outcome_of
from fieldapp.registry.rules.normalise import (
    Cell,
    Normalised,
    as_date,
    as_text,
    half_width,
    is_blank,
    is_error,
    is_formula,
    normalise_code,
    normalise_name,
)
from fieldapp.registry.rules.uscc import fault_facts, uscc_fault

Value = TypeVar("Value")

TEXT_LIMIT = 1000
_SEPARATORS = re.compile(r"[、，,;；\n]+|\s*/\s*")


@dataclass(frozen=True, slots=True)
class ParsedRow(Generic[Value]):
    """One row as understood: its number in the sheet, what was read, every finding, and the cells as they stood."""

    row: int
    value: Value
    findings: tuple[Finding, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict, repr=False)

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        return outcome_of(self.findings)

    @property
    def is_accepted(self) -> bool:
        """Whether accepting the sheet takes this row in."""
        return self.outcome in {Outcome.ACCEPTED, Outcome.INFORMATION, Outcome.NORMALISED, Outcome.WARNING}

    def finding(self, kind: FindingKind, field: str, **facts: str | int) -> Finding:
        """A finding about one of the row's fields, with the cell's own text."""
        return Finding(self.row, kind, field, as_text(self.cells.get(field)), facts)

    def with_findings(self, *more: Finding) -> "ParsedRow[Value]":
        """The same row with more to say about it."""
        return replace(self, findings=self.findings + more)

    def to_json(self) -> dict[str, Any]:
        """The row as a preview stores it: `{"row", "outcome", "values": {...}, "findings": [...]}`."""
        return {"row": self.row, "outcome": self.outcome.value, "values": values_to_json(self.value),
                "findings": [finding.to_json() for finding in self.findings]}


def values_to_json(value: Any) -> Any:
    """Checked values as plain JSON values: dates as year-month-day, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: values_to_json(part) for name, part in asdict(value).items()}
    if isinstance(value, dict):
        return {name: values_to_json(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [values_to_json(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


class RowReader:
    """Asks one row for its fields, normalises what it gets and notes every finding."""

    def __init__(self, row: int, cells: Mapping[str, Cell]) -> None:
        self.row = row
        self.cells = cells
        self.findings: list[Finding] = []

    def raw(self, field: str) -> Cell:
        """The cell as it stands; a formula without a result and a formula's error count as empty and are noted."""
        cell = self.cells.get(field)
        fault = FindingKind.FORMULA if is_formula(cell) else FindingKind.ERROR_VALUE if is_error(cell) else None
        if fault is None:
            return None if is_blank(cell) else cell
        if not any(found.field == field and found.kind is fault for found in self.findings):
            self.note(fault, field)
        return None

    def note(self, kind: FindingKind, field: str, **facts: str | int) -> None:
        """Keep a finding about a field, with the cell's own text."""
        self.findings.append(Finding(self.row, kind, field, as_text(self.cells.get(field)), facts))

    def text(self, field: str, missing: FindingKind | None = None, limit: int = TEXT_LIMIT) -> str | None:
        """The field's text without stray spaces; None, and the finding `missing`, when there is none."""
        return self._take(field, normalise_name(as_text(self.raw(field))), missing, limit)

    def code(self, field: str, missing: FindingKind | None = None, limit: int = 100) -> str | None:
        """The field as a code: half width, capitals, no spaces, a stored number as its digits."""
        return self._take(field, normalise_code(self.raw(field)), missing, limit)

    def credit_code(self) -> str:
        """The unified social credit code, normalised; its fault is noted and never mended."""
        code = self.code("uscc", FindingKind.MISSING_CODE) or ""
        fault = uscc_fault(code) if code else None
        if fault:
            self.note(fault, "uscc", **fault_facts(code, fault))
        return code

    def _take(self, field: str, normalised: Normalised, missing: FindingKind | None, limit: int) -> str | None:
        text, changes = normalised
        if not text:
            if missing:
                self.note(missing, field)
            return None
        for change in changes:
            self.note(change, field)
        if len(text) > limit:
            self.note(FindingKind.TOO_LONG, field, limit=limit)
        return text

    def listed(self, field: str) -> tuple[str, ...]:
        """The field's words, separated by 、 or another list sign, each once."""
        parts = (part.strip() for part in _SEPARATORS.split(self.text(field) or ""))
        return tuple(dict.fromkeys(part for part in parts if part))

    def number(self, field: str) -> Decimal | None:
        """The field as a number; None when it is empty or no finite number."""
        try:
            number = Decimal(half_width(as_text(self.raw(field))).strip() or "NaN")
        except InvalidOperation:
            return None
        return number if number.is_finite() else None

    def day(self, field: str) -> date | None:
        """The field as a day; a text that names none is noted."""
        cell = self.raw(field)
        day = as_date(cell)
        if cell is not None and day is None:
            self.note(FindingKind.BAD_DATE, field)
        return day

    def finished(self, value: Value) -> ParsedRow[Value]:
        """The parsed row; a refused one keeps its value too, so that the report can show what was read."""
        return ParsedRow(self.row, value, tuple(self.findings), self.cells)
