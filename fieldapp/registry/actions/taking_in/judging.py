"""Rows of a sheet on their way into a directory that may have changed since the sheet was looked through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from fieldapp.registry.models import ImportBatch, ImportRow
from fieldapp.registry.rules import Finding, FindingKind, Outcome, ParsedRow
from fieldapp.registry.rules.deciding import RowChoice
from fieldapp.roles import Officer

TAKEN = tuple(outcome.value for outcome in (
    Outcome.ACCEPTED, Outcome.INFORMATION, Outcome.NORMALISED, Outcome.WARNING))
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class TakingIn:
    """Which sheet is taken in, and by whom."""

    batch_id: UUID
    file_name: str
    division_id: UUID
    item_code: str | None
    by: Officer

    @classmethod
    def of(cls, batch: ImportBatch, by: Officer) -> "TakingIn":
        """The sheet's facts as plain values."""
        return cls(batch.id, batch.file_name, batch.division_id, batch.item_code, by)

    @property
    def facts(self) -> dict[str, Any]:
        """Where a change came from, as the ledger keeps it."""
        return {"batch": str(self.batch_id), "file": self.file_name}


def is_to_merge(row: ImportRow) -> bool:
    """Whether a person has decided that the row is the known one under its new name."""
    return row.choice == RowChoice.MERGE


def parsed(row: ImportRow, value: Value) -> ParsedRow[Value]:
    """A stored row as the rules know it, without its earlier findings."""
    cells = {name: cell for name, cell in row.values.items() if isinstance(cell, str)}
    return ParsedRow(row.number, value, (), cells)


def set_aside(row: ImportRow, marked: ParsedRow[Any]) -> None:
    """Give a stored row the outcome that the directory of today demands: it is not taken in."""
    found = marked.to_json()["findings"]
    row.findings = [*row.findings, *found]
    row.kinds = sorted({*row.kinds, *(finding["kind"] for finding in found)})
    row.verdict = marked.outcome.value


def finding(row: ImportRow, kind: FindingKind, field: str, **facts: str | int) -> Finding:
    """A finding about a stored row."""
    return Finding(row.number, kind, field, str(row.values.get(field) or ""), facts)


def split(rows: Sequence[ImportRow], judge: Callable[[ImportRow], Finding | None]) -> list[ImportRow]:
    """The rows that may go in; each of the others is set aside with its finding."""
    fit = []
    for row in rows:
        found = judge(row)
        if found is None:
            fit.append(row)
        else:
            set_aside(row, ParsedRow(row.number, None, (found,)))
    return fit


def renamed(row: ImportRow, known: Mapping[str, str], key: str) -> Finding | None:
    """What to say of a row whose key the directory knows under another name, unless a person has decided to merge."""
    name = known.get(row.values[key])
    if name is None or name == row.values["name"] or is_to_merge(row):
        return None
    return finding(row, FindingKind.RENAMED_DUPLICATE, "name", where="directory", other_name=name)
