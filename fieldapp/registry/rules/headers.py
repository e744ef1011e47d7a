"""Finding the header under titles and notes, and which column is which under its many names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldapp.refusals import Refusal
from fieldapp.registry.rules.normalise import Cell, as_text, is_blank
from fieldapp.registry.rules.synonyms import REQUIRED, SYNONYMS, SheetKind
from fieldapp.words import N_

Row = Sequence[Cell]

SEARCHED_ROWS = 30
_NOTE = re.compile(r"\s*(注|备注|说明|填表说明|填报|填表|制表|审核|合计|共计|总计|小计)")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (from 1), which column (from 0) holds which field, and the title above it."""

    kind: SheetKind
    row: int
    columns: Mapping[str, int]
    title: str

    @property
    def subject(self) -> str | None:
        """What the title names in brackets: `抽查检查记录表（…）` → the item's name."""
        found = re.search(r"[（(](.+)[）)]\s*$", self.title)
        return found[1].strip() if found else None


def plain(header: str) -> str:
    """A header's bare words: half width, no spaces, no signs."""
    return re.sub(r"[\s*:：()（）、,，。/\\-]", "", unicodedata.normalize("NFKC", header)).lower()


_FIELDS = {kind: {plain(name): field for field, names in fields.items() for name in names}
           for kind, fields in SYNONYMS.items()}


def find_header(rows: Sequence[Row], kind: SheetKind | None = None) -> Header:
    """Find the row that names the columns of a known kind of sheet (or of `kind` alone), or refuse."""
    kinds = [kind] if kind else list(SheetKind)
    found = [(len(columns), -index, wanted, columns) for index, row in enumerate(rows[:SEARCHED_ROWS])
             for wanted in kinds if REQUIRED[wanted] <= (columns := _columns(row, wanted)).keys()]
    if not found:
        raise Refusal(
            "registry.sheet_headers_unknown",
            N_("没有找到可识别的表头，请保留原表头行，例如“单位名称”“统一社会信用代码”"),
            field="sheet",
            reason="headers",
        )
    _, negative, wanted, columns = max(found, key=lambda each: each[:2])
    return Header(wanted, 1 - negative, columns, _title(rows[:-negative]))


def data_rows(rows: Sequence[Row], header: Header) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Every row under the header that is neither blank nor a note, numbered as in the sheet, cells by field."""
    for number, row in enumerate(rows[header.row:], header.row + 1):
        filled = [cell for cell in row if not is_blank(cell)]
        if not filled or _is_note(filled) or _columns(row, header.kind) == header.columns:
            continue
        cells = {field: row[column] if column < len(row) else None for field, column in header.columns.items()}
        if any(not is_blank(cell) for field, cell in cells.items() if field != "number"):
            yield number, cells


def _is_note(filled: Sequence[Cell]) -> bool:
    """Whether the only thing in a row is a remark, not a thing of the directory."""
    first = filled[0]
    if not isinstance(first, str) or len(filled) > 2:
        return False
    return bool(_NOTE.match(first)) or (len(filled) == 1 and len(first) > 60)


def _columns(row: Row, kind: SheetKind) -> dict[str, int]:
    """Which cells of a row are headers of that kind; the first of two equal ones counts."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(row):
        if not isinstance(cell, str) or len(cell) > 60:
            continue
        bare = re.sub(r"[（(].*?[）)]", "", unicodedata.normalize("NFKC", cell))
        field = _FIELDS[kind].get(plain(cell)) or _FIELDS[kind].get(plain(bare))
        if field:
            columns.setdefault(field, column)
    return columns


def _title(above: Sequence[Row]) -> str:
    """The first text above the header."""
    return next((as_text(cell).strip() for row in above for cell in row if not is_blank(cell)), "")
