"""Way B: tasks, objects and teams drawn on another platform, read from a sheet or JSON, a row per object and task."""

from fieldapp.tasks.way_b.checking import InspectorFacts, against
from fieldapp.tasks.way_b.findings import TaskFinding, TaskFindingKind, finding_from_json
from fieldapp.tasks.way_b.headers import HEADERS, MOST_INSPECTORS
from fieldapp.tasks.way_b.json_rows import is_json, read_json
from fieldapp.tasks.way_b.reading import ExternalInspector, ExternalRow, read_rows, read_worksheets, row_from_json
from fieldapp.tasks.way_b.sheet import write

__all__ = [
    "HEADERS", "MOST_INSPECTORS", "ExternalInspector", "ExternalRow", "InspectorFacts", "TaskFinding",
    "TaskFindingKind", "against", "finding_from_json", "is_json", "read_json", "read_rows",
    "read_worksheets", "row_from_json", "write",
]
