"""A sheet of tasks held against the directories: what it names must be known here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldapp.law import article
from fieldapp.registry.rules import ParsedRow
from fieldapp.tasks.way_b.findings import TaskFinding, TaskFindingKind, with_findings
from fieldapp.tasks.way_b.reading import FEWEST_INSPECTORS, ExternalInspector, ExternalRow


@dataclass(frozen=True, slots=True)
class InspectorFacts:
    """What the directory knows of an inspector."""

    name: str
    certificate_number: str
    certificate_until: date | None


@article("10", "14", "16")
def against(
    rows: Sequence[ParsedRow[ExternalRow]],
    *,
    items: Collection[str],
    divisions: Collection[str],
    objects: Mapping[str, str],
    inspectors: Mapping[str, InspectorFacts],
    task_numbers: Collection[str] = (),
) -> list[ParsedRow[ExternalRow]]:
    """Add what does not fit the directories: items and divisions by name, objects by code, inspectors by staff number.

    `objects` gives the names by their codes, `task_numbers` are the numbers of tasks already taken in. A team needs two
    members whose certificates hold on every day of the inspection.
    """
    certificates = {facts.certificate_number: facts for facts in inspectors.values() if facts.certificate_number}
    checked = []
    for row in rows:
        more = [*_task(row, items, divisions, task_numbers), *_object(row, objects),
                *_team(row, inspectors, certificates)]
        checked.append(with_findings(row, more))
    return checked


def _task(row: ParsedRow[ExternalRow], items: Collection[str], divisions: Collection[str],
          task_numbers: Collection[str]) -> list[TaskFinding]:
    value, found = row.value, []
    if value.item_name and value.item_name not in items:
        found.append(TaskFinding(row.row, TaskFindingKind.UNKNOWN_ITEM, "item", value.item_name))
    if value.division and value.division not in divisions:
        found.append(TaskFinding(row.row, TaskFindingKind.UNKNOWN_DIVISION, "division", value.division))
    if value.task_number in task_numbers:
        found.append(TaskFinding(row.row, TaskFindingKind.TASK_KNOWN, "task_number", value.task_number))
    return found


def _object(row: ParsedRow[ExternalRow], objects: Mapping[str, str]) -> list[TaskFinding]:
    code, name = row.value.uscc, row.value.object_name
    if not code:
        return []
    if code not in objects:
        return [TaskFinding(row.row, TaskFindingKind.UNKNOWN_OBJECT, "uscc", code)]
    if name and name != objects[code]:
        return [TaskFinding(row.row, TaskFindingKind.OTHER_NAME, "name", name, {"name": objects[code]})]
    return []


def _team(row: ParsedRow[ExternalRow], inspectors: Mapping[str, InspectorFacts],
          certificates: Mapping[str, InspectorFacts]) -> list[TaskFinding]:
    found, certified = [], set()
    for place, one in enumerate(row.value.inspectors, start=1):
        facts = _known(one, inspectors, certificates)
        if facts is None:
            found.append(TaskFinding(row.row, TaskFindingKind.UNKNOWN_INSPECTOR, f"inspector_name_{place}", one.name,
                                     {"name": one.name or one.staff_number or one.certificate_number}))
        elif _is_certified(facts, row.value.last_day):
            certified.add(facts.certificate_number)
    if not found and len(row.value.inspectors) >= FEWEST_INSPECTORS and len(certified) < FEWEST_INSPECTORS:
        found.append(TaskFinding(row.row, TaskFindingKind.NOT_CERTIFIED, "inspector_name_1"))
    return found


def _known(one: ExternalInspector, inspectors: Mapping[str, InspectorFacts],
           certificates: Mapping[str, InspectorFacts]) -> InspectorFacts | None:
    """The inspector that the directory has under this number, who must bear this name."""
    facts = inspectors.get(one.staff_number) if one.staff_number else certificates.get(one.certificate_number)
    return None if facts is None or (one.name and one.name != facts.name) else facts


def _is_certified(facts: InspectorFacts, last_day: date | None) -> bool:
    until = facts.certificate_until
    return bool(facts.certificate_number) and until is not None and (last_day is None or last_day <= until)
