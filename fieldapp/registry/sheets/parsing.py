"""From a file's bytes to checked rows: open, find the header, apply the rules of that kind of sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fieldapp import clock
from fieldapp.refusals import Refusal
from fieldapp.registry.rules import (
    Header,
    KnownObject,
    Outcome,
    ParsedRow,
    SheetKind,
    data_rows,
    find_header,
    mark_duplicates,
    parse_checklist,
    parse_inspectors,
    parse_items,
    parse_objects,
)
from fieldapp.registry.sheets.reading import Worksheet, read_sheet
from fieldapp.registry.sheets.regions import shandong_regions


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """One sheet as understood: what it lists, its title, and every row with its findings."""

    header: Header
    rows: Sequence[ParsedRow[Any]]

    @property
    def kind(self) -> SheetKind:
        """What the sheet lists."""
        return self.header.kind

    def counts(self) -> dict[Outcome, int]:
        """How many rows come to which outcome."""
        return dict(Counter(row.outcome for row in self.rows))

    def with_rows(self, rows: Sequence[ParsedRow[Any]]) -> "ParsedSheet":
        """The same sheet with its rows judged further."""
        return replace(self, rows=rows)


def parse_sheet(
    content: bytes,
    kind: SheetKind | None = None,
    *,
    directory: Mapping[str, KnownObject] | None = None,
    on: date | None = None,
) -> ParsedSheet:
    """Read and check one file: the first worksheet with a known header (of `kind`, if given) counts.

    `directory` holds the objects already known by code; certificates are judged as of `on`, else today.
    """
    worksheets = read_sheet(content)
    rows, header = _headed(worksheets, kind)
    return ParsedSheet(header, _parsed(rows, header, directory, on or clock.today()))


def _headed(worksheets: Sequence[Worksheet], kind: SheetKind | None) -> tuple[list[list[Any]], Header]:
    """The rows of the first worksheet with a known header, or the refusal of the last that has none."""
    refusal: Refusal | None = None
    for worksheet in worksheets:
        try:
            return worksheet.rows, find_header(worksheet.rows, kind)
        except Refusal as unknown:
            refusal = unknown
    if refusal is None:
        find_header([], kind)
    raise refusal  # type: ignore[misc]


def _parsed(
    rows: list[list[Any]], header: Header, directory: Mapping[str, KnownObject] | None, on: date
) -> Sequence[ParsedRow[Any]]:
    """The rows under the header, by the rules of the sheet's kind."""
    cells = list(data_rows(rows, header))
    match header.kind:
        case SheetKind.OBJECTS:
            return mark_duplicates(parse_objects(cells, shandong_regions()), directory)
        case SheetKind.INSPECTORS:
            return parse_inspectors(cells, on)
        case SheetKind.ITEMS:
            return parse_items(cells)
        case SheetKind.CHECKLIST:
            return parse_checklist(cells)
        case SheetKind.REGIONS:
            return []
