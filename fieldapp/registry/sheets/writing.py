"""Writing a list as a sheet: every cell is text or a number, none that a spreadsheet would run."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Written = str | int | None
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(name: str, headers: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """An .xlsx of one worksheet: the headers, then the rows; text stays text, whatever it begins with."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                        "strings_to_numbers": False})
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    for number, row in enumerate([headers, *rows]):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return buffer.getvalue()


def harmless(text: str) -> str:
    """Text as a cell may hold it: what a spreadsheet could take for a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Written, style: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_string(row, column, harmless(value), style)
