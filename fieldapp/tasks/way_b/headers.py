"""The columns of a sheet of tasks, under the names that platforms give them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.refusals import Refusal
from fieldapp.registry.rules import Cell
from fieldapp.registry.rules.headers import plain
from fieldapp.registry.rules.normalise import is_blank
from fieldapp.words import N_

MOST_INSPECTORS = 6
SEARCHED_ROWS = 30
HEADERS = (
    "任务编号", "任务名称", "抽查事项", "处室", "单位名称", "统一社会信用代码", "检查人员1编号", "检查人员1姓名",
    "检查人员1执法证号", "检查人员2编号", "检查人员2姓名", "检查人员2执法证号", "检查人员3编号", "检查人员3姓名",
    "检查人员3执法证号", "组长", "检查开始日期", "检查结束日期", "抽取方式", "检查方式", "抽查计划编号", "抽查计划名称",
)
"""The headers of the empty sheet; a sheet may have up to six inspectors a row."""

_NAMES = {
    "plan_number": ("抽查计划编号", "计划编号", "年度计划编号"),
    "plan_name": ("抽查计划名称", "计划名称", "年度计划名称"),
    "task_number": ("任务编号", "抽查任务编号", "任务号"),
    "task_name": ("任务名称", "抽查任务名称"),
    "item": ("抽查事项", "抽查事项名称", "事项名称", "检查事项"),
    "division": ("处室", "责任处室", "所属处室", "承办处室", "监管处室"),
    "name": ("单位名称", "企业名称", "检查对象", "检查对象名称", "市场主体名称", "名称"),
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一代码"),
    "leader": ("组长", "检查组组长", "组长姓名"),
    "first_day": ("检查开始日期", "开始日期", "检查起始日期", "检查时间起"),
    "last_day": ("检查结束日期", "结束日期", "检查截止日期", "检查时间止"),
    "window": ("检查时间起止", "检查时间", "检查起止时间", "检查期限"),
    "draw_mode": ("抽取方式", "定向/不定向", "抽查类型", "抽取类型"),
    "methods": ("检查方式", "抽查方式"),
}
_INSPECTOR = {"number": ("编号", "工号", "人员编号"), "name": ("姓名", ""), "certificate": ("执法证号", "证号", "执法证件号")}
_REQUIRED = frozenset({"task_number", "item", "uscc"})


def _fields() -> dict[str, str]:
    known = {plain(name): field for field, names in _NAMES.items() for name in names}
    for number in range(1, MOST_INSPECTORS + 1):
        for part, words in _INSPECTOR.items():
            for word in words:
                known[plain(f"检查人员{number}{word}")] = f"inspector_{part}_{number}"
                known[plain(f"检查人员（{number}）{word}")] = f"inspector_{part}_{number}"
    return known


_FIELDS = _fields()


@dataclass(frozen=True, slots=True)
class TaskHeader:
    """Where the header stands (from 1), and which column (from 0) holds which field."""

    row: int
    columns: dict[str, int]


def find_header(rows: Sequence[Sequence[Cell]]) -> TaskHeader:
    """Find the row that names the columns of a sheet of tasks, or refuse."""
    for number, row in enumerate(rows[:SEARCHED_ROWS], start=1):
        columns = _columns(row)
        if columns.keys() >= _REQUIRED:
            return TaskHeader(number, columns)
    raise Refusal("tasks.sheet_headers_unknown",
                  N_("没有找到可识别的表头，请使用系统提供的空白表，并保留表头行"), field="sheet", reason="headers")


def data_rows(rows: Sequence[Sequence[Cell]], header: TaskHeader) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Every filled row under the header, numbered as in the sheet, cells by field; notes at the end are left out."""
    for number, row in enumerate(rows[header.row:], header.row + 1):
        filled = [cell for cell in row if not is_blank(cell)]
        if not filled or (len(filled) == 1 and re.match(r"\s*(注|备注|说明|填表|合计)", str(filled[0]))):
            continue
        yield number, {field: row[column] if column < len(row) else None for field, column in header.columns.items()}


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(row):
        field = _FIELDS.get(plain(cell)) if isinstance(cell, str) and len(cell) <= 60 else None
        if field:
            columns.setdefault(field, column)
    return columns
