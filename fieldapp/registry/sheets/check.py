"""Checking a whole folder of sheets at once, as divisions hand them in, before anything is imported."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypedDict

from fieldapp.refusals import Refusal
from fieldapp.registry.rules import FindingKind, SheetKind, mark_shared
from fieldapp.registry.sheets.parsing import ParsedSheet, parse_sheet

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".et"})


class ReportedFinding(TypedDict):
    """One finding of a folder's report; `row` is 0 when the whole file is meant."""

    file: str
    row: int
    kind: str
    value: str


def check_folder(folder: Path | str, on: date | None = None) -> list[ReportedFinding]:
    """Every finding of every sheet of a folder, by file and row, those across sheets included."""
    sheets: dict[str, ParsedSheet] = {}
    report: list[ReportedFinding] = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~$")) or not path.is_file():
            continue
        try:
            sheets[path.name] = parse_sheet(path.read_bytes(), on=on)
        except Refusal as refusal:
            unknown = refusal.code == "registry.sheet_headers_unknown"
            kind = FindingKind.UNKNOWN_HEADERS if unknown else FindingKind.UNREADABLE
            report.append({"file": path.name, "row": 0, "kind": kind.value, "value": str(refusal.facts["reason"])})
    return sorted(report + _reported(_shared(sheets)), key=lambda found: (found["file"], found["row"]))


def _shared(sheets: Mapping[str, ParsedSheet]) -> dict[str, ParsedSheet]:
    """The sheets, object rows that several of them propose marked on each side."""
    objects = mark_shared({file: sheet.rows for file, sheet in sheets.items() if sheet.kind is SheetKind.OBJECTS})
    return {file: sheet.with_rows(objects.get(file, sheet.rows)) for file, sheet in sheets.items()}


def _reported(sheets: Mapping[str, ParsedSheet]) -> list[ReportedFinding]:
    """The findings as plain rows."""
    return [{"file": file, "row": found.row, "kind": found.kind.value, "value": found.value}
            for file, sheet in sheets.items() for row in sheet.rows for found in row.findings]
