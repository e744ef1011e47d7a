"""Handing an untrusted sheet to a limited child process, and taking back plain rows or a refusal."""

import json
import signal
import subprocess
import tempfile
import threading
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
WALL_SECONDS = 20
LIMITS = {"memory": 512 * 1024 * 1024, "cpu_seconds": 8, "output": 48 * 1024 * 1024}
_CHILD = Path(__file__).with_name("child.py")
_CHILD_ENVIRONMENT = {"OPENPYXL_LXML": "False", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
# Two at a time bound the memory that uploads can take together.
_children = threading.BoundedSemaphore(2)


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
    with _children:
        answer = _ask_child(content)
    if "refused" in answer:
        raise unreadable(str(answer["refused"]))
    return [Worksheet(sheet["name"], [[_cell(cell) for cell in row] for row in sheet["rows"]])
            for sheet in answer["sheets"]]


def _ask_child(content: bytes) -> Mapping[str, Any]:
    """Run the child on files rather than pipes, so that neither side waits for the other and the kernel caps the answer."""
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(content)
        question.seek(0)
        try:
            ended = subprocess.run(confined.command(_CHILD, **LIMITS), stdin=question, stdout=answer,
                                   stderr=subprocess.DEVNULL, timeout=WALL_SECONDS, env=_CHILD_ENVIRONMENT, check=False)
        except subprocess.TimeoutExpired as late:
            raise unreadable("too_slow") from late
        if ended.returncode != 0:
            raise unreadable("too_slow" if ended.returncode == -signal.SIGXCPU else "broken")
        answer.seek(0)
        return json.loads(answer.read())


def _cell(value: Any) -> Cell:
    """A cell of the child's answer as the rules know it."""
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value
