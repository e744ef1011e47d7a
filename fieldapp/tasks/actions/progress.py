"""What becomes of an approved task: drawn, generated and reported, under way, completed; or taken in from outside."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.ledger.actions import Actor
from fieldapp.refusals import Conflict
from fieldapp.registry import queries as registry
from fieldapp.roles import Officer
from fieldapp.tasks import queries, rules
from fieldapp.tasks.models import GenerationReport, Task
from fieldapp.tasks.rules import ExternalTask, MatchMode, TaskOrigin, TaskState
from fieldapp.words import N_


def mark_drawn(task: Task, *, by: Officer) -> Task:
    """The objects of an approved task are drawn."""
    rules.check_may_be_drawn(task.state)
    task.state = TaskState.OBJECTS_DRAWN.value
    ledger.record(by, "tasks.objects_drawn", task)
    return task


def mark_undrawn(task: Task, *, by: Actor) -> Task:
    """The draw of a task is void: the approved task may be drawn anew."""
    task.state = TaskState.APPROVED.value
    ledger.record(by, "tasks.draw_voided", task)
    return task


def mark_generated(task: Task, summary: dict[str, Any], *, by: Officer) -> GenerationReport:
    """The task is generated: its generation is reported to legal affairs (article 14)."""
    rules.check_may_be_generated(task.state)
    now = clock.now()
    task.state, task.generated_at = TaskState.GENERATED.value, now
    report = GenerationReport(task_id=task.id, reported_at=now, summary=summary)
    db.session.add(report)
    try:
        ledger.record(by, "tasks.task_generated", task, facts=summary)
    except IntegrityError as error:
        raise Conflict("tasks.already_generated", N_("任务已经生成")) from error
    return report


def note_report(report_id: UUID, *, by: Officer) -> GenerationReport:
    """Legal affairs takes note of a generation."""
    report = queries.report(report_id)
    if report.noted_at is None:
        report.noted_at, report.noted_by = clock.now(), by.person_id
        ledger.record(by, "tasks.report_noted", report)
    return report


def mark_in_progress(task: Task, *, by: Officer) -> Task:
    """The first inspection of the task has begun."""
    rules.check_may_start(task.state)
    if task.state != TaskState.IN_PROGRESS:
        task.state = TaskState.IN_PROGRESS.value
        ledger.record(by, "tasks.task_started", task)
    return task


def complete_task(task: Task, on: date, *, by: Officer) -> Task:
    """The last inspection of the task is over: from this legal day the time for publication runs (article 25)."""
    rules.check_may_complete(task.state)
    task.state, task.completed_on = TaskState.COMPLETED.value, on
    ledger.record(by, "tasks.task_completed", task, facts={"completed_on": on.isoformat()})
    return task


def take_in_external_task(taken: ExternalTask, *, by: Officer) -> Task:
    """Take in a task that was approved and drawn on another platform, under its number there and one of our own."""
    if queries.task_with_external_ref(taken.number) is not None:
        raise _is_known(taken.number)
    now, item = clock.now(), registry.item(taken.item_id)
    checklist = registry.checklist_for(item.code)
    task = Task(number=documents.take_number(DocumentKind.TASK, clock.local(now).year), name=taken.name,
                item_id=item.id, checklist_id=checklist.id if checklist else None, division_id=taken.division_id,
                author_id=by.person_id, origin=TaskOrigin.EXTERNAL.value, external_ref=taken.number,
                external_plan_number=taken.plan_number or None, external_plan_name=taken.plan_name or None,
                state=TaskState.OBJECTS_DRAWN.value, draw_mode=taken.draw_mode.value, quota=taken.quota,
                match_mode=MatchMode.AUTOMATIC.value, inspectors_per_object=taken.inspectors_per_object,
                inspection_methods=list(taken.methods) or list(item.inspection_methods), first_day=taken.first_day,
                last_day=taken.last_day, created_at=now, approved_at=now)
    db.session.add(task)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise _is_known(taken.number) from error
    ledger.record(by, "tasks.task_taken_in", task, facts={"number": taken.number})
    return task


def _is_known(number: str) -> Conflict:
    return Conflict("tasks.external_task_known", N_("任务 %(number)s 已经导入"), number=number)
