"""Opens one untrusted sheet: run as a program of its own, within the limits of `fieldapp.confined`.

Reads the file on standard input and writes one JSON object on standard output: `{"sheets": [{"name", "rows"}]}` or
`{"refused": reason}`. It imports nothing of the product, so that nothing of the product is within its reach.
"""

import codecs
import csv
import io
import json
import math
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

ROWS = 20_000
BLANK_ROWS = 100_000
COLUMNS = 60
CELL_LENGTH = 2_000
TEXT_TOTAL = 16_000_000
WORKSHEETS = 20

ENTRIES = 1_000
UNPACKED = 120 * 1024 * 1024
RATIO = 150
RATIO_FREE = 4 * 1024 * 1024

_NOT_SHEETS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"RIFF", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf",
               b"\x1f\x8b")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"),
                 "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))


class Unreadable(Exception):
    """The file is not opened, for this reason."""


def read(content: bytes) -> list[dict[str, Any]]:
    """The worksheets of a file, its type judged by content alone."""
    if content.startswith(b"PK\x03\x04"):
        return read_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable("encrypted" if locked else "old_format")
    if content.startswith(_NOT_SHEETS) or not content.strip():
        raise Unreadable("not_a_sheet" if content.strip() else "empty")
    if content.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<"):
        raise Unreadable("html")
    return read_csv(content)


def read_workbook(content: bytes) -> list[dict[str, Any]]:
    """The visible worksheets of an .xlsx, values as last saved; formulas are not computed, links not followed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        check_archive(archive)
        has_formulas = check_parts(archive)
    sheets, budget = [], Budget()
    formulas = worksheets(content, data_only=False) if has_formulas else {}
    for name, rows in worksheets(content, data_only=True).items():
        shown = map(with_formulas, rows, formulas[name]) if name in formulas else rows
        sheets.append({"name": name[:100], "rows": budget.take(shown)})
    return sheets


def worksheets(content: bytes, *, data_only: bool) -> dict[str, Iterator[tuple[Any, ...]]]:
    """The rows of every visible worksheet by its name, with results of formulas or with their texts."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only after the archive is known to be harmless in size

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    visible = [sheet for sheet in book.worksheets[:WORKSHEETS] if sheet.sheet_state == "visible"]
    for sheet in visible:
        sheet.reset_dimensions()
    return {sheet.title: sheet.iter_rows(max_col=COLUMNS + 1, values_only=True) for sheet in visible}


def with_formulas(results: tuple[Any, ...], texts: tuple[Any, ...]) -> list[Any]:
    """One row's results; a formula that was saved without one stands as its text: `=1` typed as a frequency is one."""
    return [text if result is None and isinstance(text, str) else result
            for result, text in zip(results, texts, strict=True)]


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse what is no .xlsx, carries macros, or unpacks to too much."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise Unreadable("bomb")
    if any(entry.file_size > max(RATIO_FREE, RATIO * entry.compress_size) for entry in entries):
        raise Unreadable("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Unreadable("old_format" if names & {"content.xml", "xl/workbook.bin"} else "not_a_sheet")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("macros")


def check_parts(archive: zipfile.ZipFile) -> bool:
    """Refuse parts with a document type or entities, which no office program writes; say whether there are formulas."""
    has_formulas = False
    for entry in archive.infolist():
        with archive.open(entry) as part:
            tail = b""
            while block := part.read(1 << 16):
                window = tail + block
                if any(mark in window for mark in _DECLARATIONS):
                    raise Unreadable("declarations")
                has_formulas = has_formulas or b"<f>" in window or b"<f " in window
                tail = block[-32:]
    return has_formulas


def read_csv(content: bytes) -> list[dict[str, Any]]:
    """The one sheet of a text file with separators, in UTF-8, UTF-16 with its mark, or GB 18030."""
    text = decoded(content)
    if any(ord(character) < 32 and character not in "\t\r\n\v\f\x1c" for character in text):
        raise Unreadable("not_a_sheet")
    csv.field_size_limit(CELL_LENGTH * 4)
    head = text[:4000]
    separator = max(",\t;", key=head.count)
    try:
        rows = Budget().take(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("cell_too_long" if "limit" in str(error) else "not_a_sheet") from error
    return [{"name": "", "rows": rows}]


def decoded(content: bytes) -> str:
    """The text of a file in one of the encodings that office programs write here."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


class Budget:
    """How much of a file is taken, over all its worksheets: rows, columns, length of a cell, text in all."""

    def __init__(self) -> None:
        self.rows = ROWS
        self.text = TEXT_TOTAL

    def take(self, rows: Any) -> list[list[Any]]:
        """The rows of one worksheet as plain values; blank ones are kept, so that rows keep their numbers."""
        taken: list[list[Any]] = []
        blank = 0
        for row in rows:
            values = self.values(row)
            blank = blank + 1 if not values else 0
            self.rows -= bool(values)
            if self.rows < 0:
                raise Unreadable("too_many_rows")
            taken.append(values)
            if blank > BLANK_ROWS:
                break
        return taken[: len(taken) - blank]

    def values(self, row: Any) -> list[Any]:
        """One row's cells up to the last that is filled."""
        values = [plain(cell) for cell in row]
        while values and values[-1] in (None, ""):
            values.pop()
        if len(values) > COLUMNS:
            raise Unreadable("too_many_columns")
        lengths = [len(value) for value in values if isinstance(value, str)]
        if lengths and max(lengths) > CELL_LENGTH:
            raise Unreadable("cell_too_long")
        self.text -= sum(lengths)
        if self.text < 0:
            raise Unreadable("too_large")
        return values


def plain(cell: Any) -> Any:
    """A cell as JSON can say it: dates marked as such, text without what no encoding can carry."""
    if isinstance(cell, datetime | date):
        return {"date": (cell.date() if isinstance(cell, datetime) else cell).isoformat()}
    if isinstance(cell, time) or not isinstance(cell, str | int | float | bool | None):
        return str(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    if isinstance(cell, int) and abs(cell) > 10**30:
        raise Unreadable("cell_too_long")
    return re.sub("[\ud800-\udfff\x00]", "\ufffd", cell) if isinstance(cell, str) else cell


def main(source: BinaryIO, answer: BinaryIO) -> int:
    """Read standard input, answer on standard output; whatever goes wrong inside is one refusal."""
    try:
        said: dict[str, Any] = {"sheets": read(source.read())}
    except Unreadable as unreadable:
        said = {"refused": str(unreadable)}
    except MemoryError:
        said = {"refused": "too_large"}
    except Exception as broken:  # noqa: BLE001 - a hostile file raises anything at all; all of it means the same
        said = {"refused": "broken", "error": type(broken).__name__}
    answer.write(json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
