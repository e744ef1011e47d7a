"""What goes out to the publicity system, and the files made so far."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.config import department_name
from fieldapp.publication.models import InspectionResult, OutgoingFile
from fieldapp.publication.rules import (
    OutgoingResult,
    ResultCategory,
    ResultState,
    national_plan_id,
    national_task_id,
    public_name,
)
from fieldapp.refusals import NotFound
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import DrawMode
from fieldapp.words import N_


def outgoing_results(since: date | None = None) -> list[OutgoingResult]:
    """The published results in their present version, of visits since a day."""
    current = sa.select(InspectionResult).where(InspectionResult.state == ResultState.PUBLISHED)
    if since is not None:
        current = current.where(InspectionResult.inspected_on >= since)
    rows = db.scalars(current.order_by(InspectionResult.inspected_on, InspectionResult.id))
    return [_outgoing(row) for row in rows]


def outgoing_files() -> list[OutgoingFile]:
    """The files made so far, the newest first."""
    return db.scalars(sa.select(OutgoingFile).order_by(OutgoingFile.id.desc()).limit(100))


def outgoing_file(file_id: UUID) -> OutgoingFile:
    """One file as it was made."""
    found = db.session.get(OutgoingFile, file_id)
    if found is None:
        raise NotFound("publication.unknown_file", N_("没有这份导出文件"))
    return found


def _outgoing(row: InspectionResult) -> OutgoingResult:
    task, inspected = row.visit_task.task, row.visit_task.visit.object
    person = inspected.is_natural_person
    plan_id, plan_name = _plan(task)
    return OutgoingResult(
        uscc="" if person else inspected.uscc, object_name=public_name(inspected.name, is_natural_person=person),
        plan_id=plan_id, plan_name=plan_name, task_id=_task_id(task), task_name=task.name,
        type_name=DrawMode(task.draw_mode).label, authority=department_name(), inspected_on=row.inspected_on,
        item_name=task.item.name, result_name=ResultCategory(row.category).label)


def _plan(task: Task) -> tuple[str, str]:
    if task.plan_line is None:
        return task.external_plan_number or "", task.external_plan_name or ""
    plan = task.plan_line.plan
    return national_plan_id(plan.year, plan.number, plan.version), plan.name


def _task_id(task: Task) -> str:
    return task.external_ref or national_task_id(clock.local(task.created_at).date(), task.number)
