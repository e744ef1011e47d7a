"""The lines of a record's checklist with their answers, and its photos."""

from typing import Any
from uuid import UUID

from fieldapp.fieldwork.models import RecordItem
from fieldapp.fieldwork.queries.sheet import Sheet
from fieldapp.fieldwork.rules import Answer, CheckLine, Photo, capture_grade
from fieldapp.visits.models import VisitTask


def line_facts(part: VisitTask) -> list[dict[str, Any]]:
    """What is to be checked: the lines of the task's checklist; without one, the item's content as the one line."""
    task = part.task
    if task.checklist and task.checklist.items:
        return [{"line_id": line.id, "number": line.number, "content": line.standard, "method": line.method,
                 "is_mandatory": line.is_mandatory, "evidence": list(line.evidence)} for line in task.checklist.items]
    return [{"line_id": task.item_id, "number": 1, "content": task.item.inspection_content, "method": "",
             "is_mandatory": True, "evidence": []}]


def check_lines(of: Sheet) -> list[CheckLine]:
    """Each line with its current answer, note, number and photos, in the order of the checklist."""
    return [_line(of, **facts) for facts in line_facts(of.part)]


def photo(item: RecordItem) -> Photo:
    """A piece of evidence as it is read."""
    value, original = item.value, item.original
    grade = capture_grade(value.get("grade", "in_app"), made_at=value.get("made_at"), taken_at=value.get("taken_at"))
    return Photo(
        path=item.path, capture_hash=value["capture_hash"], name=value.get("name", ""), grade=grade,
        media_type=original.media_type if original else "", sha256=original.sha256 if original else "",
        sm3=original.sm3 if original else "", by=item.person.name, at=item.at, size=original.size if original else 0,
        seconds=value.get("seconds"), fix=value.get("fix"), is_void=item.voided_by_op is not None,
        void_reason=item.void_reason or "")


def evidence(of: Sheet) -> list[Photo]:
    """The evidence for the record at large, struck-out pieces too."""
    root = f"r/{of.part.id}/evidence/"
    return [photo(row) for row in of.items if row.kind == "evidence" and row.path.startswith(root)]


def _line(of: Sheet, *, line_id: UUID, **facts: Any) -> CheckLine:
    path = f"r/{of.part.id}/check/{line_id}"
    answered = next((row for row in of.values if row.path == f"{path}/answer" and not row.is_rival), None)
    return CheckLine(
        line_id=line_id, path=path, answer=Answer(answered.value) if answered and answered.value else None,
        note=of.at(f"{path}/note") or "", number_value=of.at(f"{path}/number") or "",
        by=answered.person.name if answered else "", zone=of.at(f"{path}/zone") or "",
        photos=[photo(row) for row in of.items if row.kind == "photo" and row.path.startswith(f"{path}/photo/")], **facts)
