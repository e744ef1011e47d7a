"""Handing an untrusted sheet to a limited child process, and taking back plain rows or a refusal."""

import json
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fieldapp import confined
from fieldapp.refusals import Refusal
from fieldapp.registry.rules import Cell
from fieldapp.registry.sheets.reasons import REASONS

FILE_SIZE = 10 * 1024 * 1024
_CHILD = confined.Program(Path(__file__).with_name("child.py"), wall_seconds=20, cpu_seconds=8,
                          memory=512 * 1024 * 1024, output=48 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One visible worksheet: its name and its rows, the first being row 1."""

    name: str
    rows: list[list[Cell]]


def unreadable(reason: str) -> Refusal:
    """The refusal of a file that cannot be opened, with the reason in words and as `facts["reason"]`."""
    return Refusal("registry.sheet_unreadable", REASONS.get(reason, REASONS["broken"]), field="sheet", reason=reason)


def read_sheet(content: bytes) -> list[Worksheet]:
    """Read an .xlsx or .csv file within fixed limits of memory, time and size, or refuse it with a clear reason."""
    if len(content) > FILE_SIZE:
        raise unreadable("too_large")
    answer = _answer(content)
    if "refused" in answer:
        raise unreadable(str(answer["refused"]))
    return [Worksheet(sheet["name"], [[_cell(cell) for cell in row] for row in sheet["rows"]])
            for sheet in answer["sheets"]]


def _answer(content: bytes) -> Mapping[str, Any]:
    try:
        return json.loads(_CHILD.answer(content))
    except confined.Unanswered as ended:
        raise unreadable("too_slow" if ended.status in {None, -signal.SIGXCPU} else "broken") from ended


def _cell(value: Any) -> Cell:
    """A cell of the child's answer as the rules know it."""
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value
