"""Way B: tasks, objects and teams drawn on a provincial platform come in by a sheet or JSON and become visits here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.registry import queries as registry
from fieldapp.registry.models import ImportBatch, ImportRow
from fieldapp.registry.rules import Outcome
from fieldapp.roles import Officer
from fieldapp.tasks import actions as tasks
from fieldapp.tasks import way_b
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import ExternalTask
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.generate import open_visit, summary
from fieldapp.visits.actions.proposing import propose_merges
from fieldapp.visits.actions.team import appoint, tell_tasks
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import BatchState
from fieldapp.words import N_

LEADER_REASON = N_("组长由省工作平台确定")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A file read and judged by itself, before the database was asked."""

    file_name: str
    file_hash: str
    rows: Sequence[Any]


def hand_in_external_tasks(sheet: ReadSheet, *, by: Officer) -> ImportBatch:
    """Keep the sheet's rows with what was found in them, also against the directories, until a person accepts them."""
    known = queries.directories()
    inspectors = {one.staff_number: way_b.InspectorFacts(one.name, one.certificate_number or "", one.certificate_until)
                  for one in known.inspectors}
    rows = way_b.against(sheet.rows, items=known.items, divisions=known.divisions, objects=known.objects,
                         inspectors=inspectors, task_numbers=known.task_numbers)
    batch = ImportBatch(kind=queries.WAY_B, file_name=sheet.file_name, file_hash=sheet.file_hash,
                        division_id=by.division_id, handed_in_by=by.person_id, handed_in_at=clock.now(),
                        state=BatchState.HANDED_IN, counts=_counts(rows), rows_done=len(rows), rows_total=len(rows))
    db.session.add(batch)
    db.session.flush()
    for row in rows:
        said = row.to_json()
        db.session.add(ImportRow(batch_id=batch.id, number=row.row, verdict=str(row.outcome), values=said["values"] or {},
                                 kinds=sorted({str(finding.kind) for finding in row.findings}),
                                 findings=[finding.to_json() for finding in row.findings]))
    ledger.record(by, "visits.external_tasks_handed_in", batch, facts={"file": sheet.file_name})
    return batch


def accept_external_tasks(batch_id: UUID, *, by: Officer) -> list[Task]:
    """Make the accepted rows of a sheet into tasks with their visits, teams and leaders; all of them or none."""
    batch = queries.batch_for_change(by, batch_id)
    rules.check_batch_is_open(batch.state)
    accepted = [way_b.row_from_json(row.values) for row in registry.rows_of(batch.id) if _is_accepted(row)]
    rules.check_external_rows(by, {row.division for row in accepted}, queries.division_name(by.division_id))
    grouped: dict[str, list[Any]] = {}
    for row in accepted:
        grouped.setdefault(row.task_number, []).append(row)
    taken = [_take_in(rows, by=by) for rows in grouped.values()]
    _decide(batch, BatchState.ACCEPTED, "", by=by)
    ledger.record(by, "visits.external_tasks_accepted", batch, facts={"tasks": [task.number for task in taken]})
    return taken


def reject_external_tasks(batch_id: UUID, reason: str, *, by: Officer) -> ImportBatch:
    """Lay a sheet aside with a reason; nothing of it takes effect."""
    batch = queries.batch_for_change(by, batch_id)
    rules.check_batch_is_open(batch.state)
    rules.check_reason(reason)
    _decide(batch, BatchState.REJECTED, reason.strip(), by=by)
    ledger.record(by, "visits.external_tasks_rejected", batch, reason=reason.strip())
    return batch


def _take_in(rows: Sequence[Any], *, by: Officer) -> Task:
    """One task with a visit for each of its rows."""
    first = rows[0]
    item, division = queries.item_named(first.item_name), queries.division_named(first.division)
    taken = ExternalTask(
        number=first.task_number, name=first.task_name, item_id=item.id, division_id=division.id,
        first_day=first.first_day, last_day=first.last_day, draw_mode=first.draw_mode, quota=len(rows),
        methods=tuple(first.methods), plan_number=first.plan_number, plan_name=first.plan_name,
        inspectors_per_object=min(len(row.inspectors) for row in rows))
    task = tasks.take_in_external_task(taken, by=by)
    visits = [_visit_of(task, row, by=by) for row in rows]
    tell_tasks(visits, by=by)
    overlaps = propose_merges(visits, by=by)
    tasks.mark_generated(task, {**summary(visits, overlaps), "external": first.task_number}, by=by)
    return task


def _visit_of(task: Task, row: Any, *, by: Officer) -> Visit:
    """The visit of one row, with its team in the sheet's order and the leader that the platform fixed."""
    inspected = queries.object_by_uscc(row.uscc)
    team = [queries.inspector_named(one.staff_number, one.certificate_number) for one in row.inspectors]
    visit = open_visit(task, inspected.id, [(inspector.id, "certified") for inspector in team], by=by)
    appoint(visit, team[row.leader].id, LEADER_REASON, by=by)
    return visit


def _counts(rows: Sequence[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row.outcome)] = counts.get(str(row.outcome), 0) + 1
    return counts


def _is_accepted(row: ImportRow) -> bool:
    return row.verdict in {Outcome.ACCEPTED, Outcome.INFORMATION, Outcome.NORMALISED, Outcome.WARNING}


def _decide(batch: ImportBatch, state: BatchState, remark: str, *, by: Officer) -> None:
    batch.state, batch.decided_by, batch.decided_at = state, by.person_id, clock.now()
    batch.remark = remark or None
