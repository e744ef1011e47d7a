"""The outgoing file as bytes: JSON as it is kept, and the same as a sheet."""

import json
from io import BytesIO
from typing import Any

import xlsxwriter

BLOCK = ("raninsPlanId", "raninsPlaneName", "raninsTaskId", "raninsTaskName", "raninsTypeName", "insAuth", "insDate")
DETAIL = ("seqno", "raninsItemName", "raninsCheckResName")
WHO = ("uniscId", "entName")


def as_json(entries: list[dict[str, Any]]) -> str:
    """The entries as the file that is kept: one JSON list, in the order of the fields."""
    return json.dumps(entries, ensure_ascii=False, indent=1)


def as_xlsx(content: str) -> bytes:
    """The kept file as a sheet: one row for each item of each object; every cell is text, none is a formula or a link."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False})
    sheet = book.add_worksheet("drRaninsRes")
    for number, row in enumerate([(*WHO, *BLOCK, *DETAIL), *_rows(json.loads(content))]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, str(cell))
    book.close()
    return made.getvalue()


def _rows(entries: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(*(entry[name] for name in WHO), *(entry["drRaninsRes"][name] for name in BLOCK),
             *(detail[name] for name in DETAIL))
            for entry in entries for detail in entry["drRaninsRes"]["details"]]
