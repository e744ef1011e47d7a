"""Cells as people fill them, turned into the text they mean; what was changed is said, never hidden."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta

from fieldapp.registry.rules.findings import FindingKind

Cell = str | int | float | bool | date | None
Normalised = tuple[str, tuple[FindingKind, ...]]

EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"})

# `=1` is how a frequency is written, and a spreadsheet takes it for a formula.
_UNCOMPUTED = re.compile(r"=(?!\s*\d{1,4}\s*$)")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
# Compatibility ideographs have canonical decompositions that would change a person's or a firm's character.
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_WRITTEN_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})\s*日?)?)?(?:\s+[\d:.]+)?")
_EXCEL_EPOCH = date(1899, 12, 30)


def as_text(cell: Cell) -> str:
    """The cell's own text, whole numbers without a decimal point, dates as year-month-day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing can be seen in the cell."""
    return not _INVISIBLE.sub("", as_text(cell)).strip()


def is_error(cell: Cell) -> bool:
    """Whether the cell is what a failed formula shows."""
    return isinstance(cell, str) and cell.strip() in EXCEL_ERRORS


def is_formula(cell: Cell) -> bool:
    """Whether the cell is a formula without a result, or a text that a spreadsheet would run as one."""
    return isinstance(cell, str) and bool(_UNCOMPUTED.match(cell))


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their half-width forms, the ideographic space as a space."""
    return text.translate(_HALF_WIDTH).replace("\u3000", " ")


def normalise_name(text: str) -> Normalised:
    """A name or sentence without outer, doubled or invisible spaces; no character of it is exchanged."""
    shown = _INVISIBLE.sub("", text)
    tidy = re.sub(r"\s{2,}|[\t\r\n\v\f]", " ", shown.strip())
    composed = _COMPOSABLE.sub(lambda part: unicodedata.normalize("NFC", part[0]), tidy)
    return composed, (FindingKind.SPACES,) if tidy != text else ()


def normalise_code(cell: Cell) -> Normalised:
    """A code in half-width capitals without any space, and what had to be changed for it."""
    text, changes = as_text(cell), []
    if isinstance(cell, int | float):
        changes.append(FindingKind.NUMBER_AS_TEXT)
    spaceless = re.sub(r"\s", "", _INVISIBLE.sub("", text))
    if spaceless != text:
        changes.append(FindingKind.SPACES)
    narrow = half_width(spaceless)
    if narrow != spaceless:
        changes.append(FindingKind.FULL_WIDTH)
    if narrow != narrow.upper():
        changes.append(FindingKind.LOWER_CASE)
    return narrow.upper(), tuple(changes)


def as_date(cell: Cell) -> date | None:
    """The day that a cell means: a date, an Excel serial number, 20280628, or written with signs; else None."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    text = half_width(as_text(cell)).strip()
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"\d{5}", text):
        return _EXCEL_EPOCH + timedelta(days=int(text))
    written = _WRITTEN_DATE.fullmatch(text)
    return _day(*(int(part) if part else None for part in written.groups())) if written else None


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    """The date, the month's last day when none is named, None when the calendar has no such day."""
    if not year or not month or not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if (day or last) <= last else None
