"""One row of a sheet of tasks: a task, one of its objects, the team with its leader."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.registry.rules import Cell, FindingKind, ParsedRow, RowReader, as_date, as_text, half_width
from fieldapp.tasks.rules import DrawMode
from fieldapp.tasks.way_b.findings import TaskFinding, TaskFindingKind, with_findings
from fieldapp.tasks.way_b.headers import MOST_INSPECTORS, data_rows, find_header

FEWEST_INSPECTORS = 2
_METHODS = {"实地": "on_site", "现场": "on_site", "书面": "written", "网络": "online", "线上": "online", "非现场": "online"}
_BETWEEN = re.compile(r"\s*(?:至|到|—+|–|~|～|－)\s*|\s+-\s+")


class Sheet(Protocol):
    """A worksheet as the registry reads it."""

    @property
    def rows(self) -> list[list[Cell]]:
        """Its rows."""


@dataclass(frozen=True, slots=True)
class ExternalInspector:
    """A member of a team: staff number and certificate number, "" where the sheet does not say."""

    staff_number: str
    name: str
    certificate_number: str

    def is_called(self, word: str) -> bool:
        """Whether a word of the sheet means this inspector."""
        return bool(word) and word in {self.staff_number, self.name, self.certificate_number}


@dataclass(frozen=True, slots=True)
class ExternalRow:
    """One object of one task; `leader` is the place among the inspectors, methods empty where the item's apply."""

    task_number: str
    task_name: str
    item_name: str
    division: str
    object_name: str
    uscc: str
    inspectors: tuple[ExternalInspector, ...] = ()
    leader: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    draw_mode: DrawMode | None = None
    methods: tuple[str, ...] = ()
    plan_number: str = ""
    plan_name: str = ""


@article("3", "14")
def read_rows(rows: Sequence[Sequence[Cell]]) -> list[ParsedRow[ExternalRow]]:
    """Read a sheet of tasks row by row, each with what was found in it; a sheet without its headers is refused."""
    header = find_header(rows)
    return read_cells(data_rows(rows, header))


def read_cells(rows: Iterable[tuple[int, Mapping[str, Cell]]]) -> list[ParsedRow[ExternalRow]]:
    """Read numbered rows whose cells stand under their fields' names."""
    return _consistent([_read_row(RowReader(number, cells), cells) for number, cells in rows])


def read_worksheets(worksheets: Sequence[Sheet]) -> list[ParsedRow[ExternalRow]]:
    """Read the first worksheet that has the headers of a sheet of tasks."""
    refusal: Refusal | None = None
    for worksheet in worksheets:
        try:
            return read_rows(worksheet.rows)
        except Refusal as unknown:
            refusal = refusal or unknown
    raise refusal or Refusal("tasks.sheet_empty", FindingKind.UNREADABLE.label, field="sheet")


def row_from_json(values: Mapping[str, Any]) -> ExternalRow:
    """The row that a preview stored as plain values."""
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("first_day", "last_day")}
    mode = DrawMode(values["draw_mode"]) if values["draw_mode"] else None
    inspectors = tuple(ExternalInspector(**one) for one in values["inspectors"])
    return ExternalRow(**{**values, **days, "draw_mode": mode, "inspectors": inspectors,
                          "methods": tuple(values["methods"])})


def _read_row(reader: RowReader, cells: Mapping[str, Cell]) -> ParsedRow[ExternalRow]:
    found: list[TaskFinding] = []

    def note(kind: TaskFindingKind, field: str, **facts: str | int) -> None:
        found.append(TaskFinding(reader.row, kind, field, as_text(cells.get(field)), facts))

    inspectors = _inspectors(reader)
    first_day, last_day = _window(reader, note)
    row = ExternalRow(
        task_number=reader.code("task_number", limit=60) or "",
        task_name=reader.text("task_name", limit=200) or "",
        item_name=reader.text("item", limit=200) or "",
        division=reader.text("division", FindingKind.MISSING_DIVISION, limit=60) or "",
        object_name=reader.text("name", FindingKind.MISSING_NAME, limit=120) or "",
        uscc=reader.credit_code(), inspectors=inspectors, leader=_leader(reader, inspectors, note),
        first_day=first_day, last_day=last_day, draw_mode=_mode(reader, note), methods=_methods(reader),
        plan_number=reader.code("plan_number", limit=60) or "", plan_name=reader.text("plan_name", limit=200) or "")
    _check_row(row, note)
    return with_findings(reader.finished(row), found)


def _check_row(row: ExternalRow, note: Any) -> None:
    missing = {"task_number": TaskFindingKind.NO_TASK_NUMBER, "task_name": TaskFindingKind.NO_TASK_NAME,
               "item_name": TaskFindingKind.NO_ITEM}
    for name, kind in missing.items():
        if not getattr(row, name):
            note(kind, name.removesuffix("_name") if name == "item_name" else name)
    if len(row.inspectors) < FEWEST_INSPECTORS:
        note(TaskFindingKind.TOO_FEW_INSPECTORS, "inspector_name_1")
    seen: set[str] = set()
    for place, one in enumerate(row.inspectors, start=1):
        key = one.staff_number or one.certificate_number
        if not key:
            note(TaskFindingKind.INSPECTOR_UNNAMED, f"inspector_name_{place}")
        elif key in seen:
            note(TaskFindingKind.INSPECTOR_TWICE, f"inspector_number_{place}", name=one.name or key)
        seen.add(key)


def _inspectors(reader: RowReader) -> tuple[ExternalInspector, ...]:
    members = (ExternalInspector(reader.code(f"inspector_number_{place}", limit=40) or "",
                                 reader.text(f"inspector_name_{place}", limit=60) or "",
                                 reader.code(f"inspector_certificate_{place}", limit=40) or "")
               for place in range(1, MOST_INSPECTORS + 1))
    return tuple(one for one in members if one.staff_number or one.name or one.certificate_number)


@article("16")
def _leader(reader: RowReader, inspectors: Sequence[ExternalInspector], note: Any) -> int | None:
    """One of the team is its leader, named or numbered."""
    named = reader.text("leader", limit=60) or ""
    if not named:
        note(TaskFindingKind.NO_LEADER, "leader")
        return None
    words = {named, half_width(named).replace(" ", "").upper()}
    places = [place for place, one in enumerate(inspectors) if any(map(one.is_called, words))]
    if len(places) != 1:
        note(TaskFindingKind.LEADER_NOT_IN_TEAM, "leader")
        return None
    return places[0]


def _window(reader: RowReader, note: Any) -> tuple[date | None, date | None]:
    """The days of the inspection, in two columns or in one."""
    if reader.raw("window") is not None:
        parts = _BETWEEN.split(half_width(as_text(reader.raw("window"))).strip())
        days = [as_date(part) for part in parts]
        first, last = (days[0], days[-1]) if len(days) <= 2 else (None, None)
    else:
        first, last = reader.day("first_day"), reader.day("last_day")
    if first is None or last is None:
        note(TaskFindingKind.NO_WINDOW, "window" if reader.raw("window") is not None else "first_day")
    elif last < first:
        note(TaskFindingKind.WINDOW_REVERSED, "last_day")
    return first, last


def _mode(reader: RowReader, note: Any) -> DrawMode | None:
    written = reader.text("draw_mode") or ""
    if written.startswith("不定向"):
        return DrawMode.UNDIRECTED
    if written.startswith("定向"):
        return DrawMode.DIRECTED
    note(TaskFindingKind.UNKNOWN_MODE, "draw_mode")
    return None


def _methods(reader: RowReader) -> tuple[str, ...]:
    named = [next((method for word, method in _METHODS.items() if name.startswith(word)), None)
             for name in reader.listed("methods")]
    if None in named:
        reader.note(FindingKind.UNKNOWN_METHOD, "methods")
    return tuple(dict.fromkeys(method for method in named if method))


def _consistent(rows: Sequence[ParsedRow[ExternalRow]]) -> list[ParsedRow[ExternalRow]]:
    """Mark rows that contradict the task's first row, and objects that a task names twice."""
    firsts: dict[str, ParsedRow[ExternalRow]] = {}
    objects: dict[tuple[str, str], int] = {}
    marked = []
    for row in rows:
        number, more = row.value.task_number, []
        first = firsts.setdefault(number, row) if row.is_accepted else firsts.get(number)
        if number and first is not None and _terms(first.value) != _terms(row.value):
            more.append(TaskFinding(row.row, TaskFindingKind.CONTRADICTS_TASK, "task_number", number,
                                    {"task": number, "other_row": first.row}))
        other = objects.get((number, row.value.uscc))
        if other is not None and row.value.uscc:
            more.append(TaskFinding(row.row, TaskFindingKind.OBJECT_TWICE, "uscc", row.value.uscc,
                                    {"task": number, "other_row": other}))
        elif row.is_accepted and not more:
            objects[number, row.value.uscc] = row.row
        marked.append(with_findings(row, more))
    return marked


def _terms(row: ExternalRow) -> tuple[Any, ...]:
    return (row.task_name, row.item_name, row.division, row.first_day, row.last_day, row.draw_mode, row.methods,
            row.plan_number, row.plan_name)
