"""The empty sheet to fill in, or a sheet with rows already in it."""

import io
from collections.abc import Sequence

import xlsxwriter

from fieldapp.tasks.way_b.headers import HEADERS

EXAMPLE = "每行一个任务的一个检查对象；检查人员不少于 2 名，组长填其中一人的姓名或编号；抽取方式填定向或不定向。"


def write(rows: Sequence[Sequence[object]] = ()) -> bytes:
    """An .xlsx with a title, the headers and these rows as text; nothing in it is taken for a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                        "strings_to_numbers": False})
    sheet, bold = book.add_worksheet("抽查任务"), book.add_format({"bold": True, "text_wrap": True})
    plain = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, "外部平台抽查任务导入表", bold)
    sheet.write_string(1, 0, EXAMPLE)
    for column, header in enumerate(HEADERS):
        sheet.write_string(2, column, header, bold)
    sheet.set_column(0, len(HEADERS) - 1, 18, plain)
    for number, row in enumerate(rows, start=3):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, "" if cell is None else str(cell), plain)
    sheet.freeze_panes(3, 0)
    book.close()
    return target.getvalue()
