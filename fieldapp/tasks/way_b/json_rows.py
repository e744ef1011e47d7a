"""Tasks drawn elsewhere as JSON: the same rows as the sheet, checked by the same rules."""

import json
from collections.abc import Mapping
from typing import Any

from fieldapp.refusals import Refusal
from fieldapp.registry.rules import Cell, ParsedRow
from fieldapp.tasks.way_b.headers import MOST_INSPECTORS
from fieldapp.tasks.way_b.reading import ExternalRow, read_cells
from fieldapp.words import N_

LARGEST, MOST_ROWS = 4 * 1024 * 1024, 20_000
_TASK = ("plan_number", "plan_name", "task_number", "task_name", "item", "division", "first_day", "last_day", "draw_mode",
         "methods")
_OBJECT = ("name", "uscc", "leader")
_SEAT = ("number", "name", "certificate")


def is_json(content: bytes) -> bool:
    """Whether a file is JSON rather than a sheet: no .xlsx and no table begins like that."""
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read_json(content: bytes) -> list[ParsedRow[ExternalRow]]:
    """Read `{"tasks": [{…, "objects": [{…, "inspectors": [{…}]}]}]}`: a row for each object, numbered from 1."""
    if len(content) > LARGEST:
        raise _unreadable(N_("JSON 文件超过 4 MB"))
    try:
        tasks = json.loads(content.decode("utf-8-sig"))["tasks"]
        rows = [_cells(task, one) for task in _listed(tasks) for one in _listed(task["objects"])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(N_("JSON 文件读不懂：应为 {\"tasks\": [{…, \"objects\": [{…}]}]}，各项为文字")) from error
    if not rows or len(rows) > MOST_ROWS:
        raise _unreadable(N_("JSON 文件中没有检查对象，或者多于 20000 个"))
    return read_cells(enumerate(rows, start=1))


def _cells(task: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Cell]:
    cells = {**_texts(task, _TASK), **_texts(one, _OBJECT)}
    team = _listed(one.get("inspectors", []))
    if len(team) > MOST_INSPECTORS:
        raise ValueError("more inspectors than a row has places for")
    for place, seat in enumerate(team, start=1):
        cells |= {f"inspector_{name}_{place}": cell for name, cell in _texts(seat, _SEAT).items()}
    return cells


def _texts(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Cell]:
    """The named values as a sheet would have them: text, or a list of texts in one cell."""
    return {name: _text(values[name]) for name in names if values.get(name) is not None}


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError("neither a text nor a number")
    return str(value)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _unreadable(message: str) -> Refusal:
    return Refusal("tasks.json_unreadable", message, field="sheet")
