"""Sheets for the tests: the demonstration's own, small ones made here, and hostile ones."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

DATA = Path(__file__).parents[2] / "fieldapp" / "demo" / "data"
OBJECT_HEADERS = ["序号", "单位名称", "统一社会信用代码", "主体类型"]
SHEET = "xl/worksheets/sheet1.xml"


def raw_rows(name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The numbered rows of a directory's sheet below its three head rows, its blank row and its note left out."""
    sheet = openpyxl.load_workbook(DATA / name).active
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > 3 and row[1] is not None:
            yield number, row


def object_files() -> list[str]:
    return sorted(path.name for path in DATA.glob("objects-*.xlsx"))


def workbook(*rows: list[Any]) -> bytes:
    """An .xlsx with these rows; text that looks like a formula becomes one."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """The same archive with some parts changed (None leaves a part out) and others added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = change(entry.filename, old.read(entry))
            if part is not None:
                new.writestr(entry.filename, part)
        for name, part in added.items():
            new.writestr(name, part)
    return buffer.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """An .xlsx whose only worksheet is this XML."""
    return rewritten(workbook(OBJECT_HEADERS), lambda name, part: xml if name == SHEET else part)
