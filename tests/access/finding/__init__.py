"""Where in the demonstration gone on a thing of a division is, and which people have to do with it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Division, Person, SignIn
from fieldapp.disposal.models import DisposalCase
from fieldapp.documents.models import Document
from fieldapp.draw.models import Draw
from fieldapp.fieldwork.models import Kit, RecordCopy, RecordItem
from fieldapp.jobs.models import Job
from fieldapp.objections.models import Objection
from fieldapp.planning.models import AnnualPlan, PlanLine
from fieldapp.publication.models import InspectionResult, OutgoingFile
from fieldapp.registry.models import ImportBatch, InspectionItem, Inspector
from fieldapp.review.models import ClericalCorrection, RecordReview
from fieldapp.sync.models import Device
from fieldapp.tasks.models import GenerationReport, Task, TaskMember, WorkPlan
from fieldapp.visits.models import CredentialCheck, TeamMember, Visit, VisitRemark, VisitTask
from tests.access.going_on import LINK


@dataclass(frozen=True)
class Thing:
    """What stands in the address, and the people who see it whatever their division."""

    value: Any
    people: frozenset[UUID] = frozenset()


def _first(statement: sa.Select[Any]) -> Any:
    return db.session.scalars(statement.limit(1)).one()


def _division(side: str) -> UUID:
    return db.session.scalars(sa.select(Division.id).where(Division.name == side)).one()


def _of_task(side: str) -> Any:
    """The condition on VisitTask that its task is the division's."""
    return VisitTask.task.has(Task.division_id == _division(side))


def team_of_visit(visit_id: UUID) -> frozenset[UUID]:
    seats = sa.select(Inspector.person_id).join(TeamMember, TeamMember.inspector_id == Inspector.id)
    return frozenset(db.session.scalars(seats.where(TeamMember.visit_id == visit_id, TeamMember.left_at.is_(None))))


def team_of_task(task_id: UUID) -> frozenset[UUID]:
    return frozenset(db.session.scalars(sa.select(TaskMember.person_id).where(TaskMember.task_id == task_id)))


def _task(side: str, *states: str) -> Any:
    return _first(sa.select(Task).where(Task.division_id == _division(side), Task.state.in_(states)).order_by(Task.id))


def task(side: str) -> Thing:
    """A task whose visits have begun."""
    found = _task(side, "generated", "in_progress", "completed")
    return Thing(found.id, team_of_task(found.id))


def task_under_way(side: str) -> Thing:
    """A task that is past its approval and not over."""
    found = _task(side, "approved", "generated", "in_progress")
    return Thing(found.id, team_of_task(found.id))


def drawn_task(side: str) -> Thing:
    """A task that has its draw."""
    found = db.session.get_one(Task, _first(sa.select(Draw.task_id).where(
        Draw.task.has(Task.division_id == _division(side))).order_by(Draw.id)))
    return Thing(found.id, team_of_task(found.id))


def draft_task(side: str) -> Thing:
    """A task that can still be changed."""
    return Thing(_task(side, "draft").id)


def work_plan(side: str) -> Thing:
    """A work plan of a task of the division, one that waits for its head if there is any."""
    plans = sa.select(WorkPlan).join(Task, Task.id == WorkPlan.task_id).where(Task.division_id == _division(side))
    found = _first(plans.order_by(WorkPlan.state.desc(), WorkPlan.id))
    return Thing(found.id, team_of_task(found.task_id))


def report(side: str) -> Thing:
    """The report of a generation."""
    reports = sa.select(GenerationReport.id).join(Task, Task.id == GenerationReport.task_id)
    return Thing(_first(reports.where(Task.division_id == _division(side))))


def draw(side: str) -> Thing:
    """A draw with those who gave a part of its seed."""
    found = _first(sa.select(Draw).where(Draw.task.has(Task.division_id == _division(side))).order_by(Draw.id))
    return Thing(found.id, frozenset(one.person_id for one in found.contributions))


def _visit(side: str) -> Any:
    order = sa.case((Visit.state == "approved", 0), (Visit.state == "closed", 1), else_=2)
    visits = sa.select(Visit).join(VisitTask, VisitTask.visit_id == Visit.id)
    return _first(visits.where(_of_task(side)).order_by(order, Visit.id))


def visit(side: str) -> Thing:
    """A visit with its team."""
    found = _visit(side)
    return Thing(found.id, team_of_visit(found.id))


def external_batch(side: str) -> Thing:
    """A sheet of tasks drawn elsewhere."""
    return Thing(_first(sa.select(ImportBatch.id).where(
        ImportBatch.kind == "way_b", ImportBatch.division_id == _division(side))))


def credential(side: str) -> Thing:
    """The address by which an inspector of a visit is verified."""
    return Thing(_first(sa.select(CredentialCheck.secret).where(CredentialCheck.visit_id == _visit(side).id)))


def issued_plan(side: str) -> Thing:
    """The plan in force."""
    return Thing(_first(sa.select(AnnualPlan.id).where(AnnualPlan.state == "issued")))


def draft_plan(side: str) -> Thing:
    """The plan in the making."""
    return Thing(_first(sa.select(AnnualPlan.id).where(AnnualPlan.state == "draft")))


def _line(side: str, state: str) -> Any:
    lines = sa.select(PlanLine.id).where(PlanLine.plan.has(AnnualPlan.state == state))
    return _first(lines.where(PlanLine.item.has(InspectionItem.division_id == _division(side))).order_by(PlanLine.position))


def draft_line(side: str) -> Thing:
    """A line of the plan in the making, of an item of the division."""
    return Thing(_line(side, "draft"))


def issued_line(side: str) -> Thing:
    """A line of the plan in force, of an item of the division."""
    return Thing(_line(side, "issued"))


def year(side: str) -> Thing:
    """This year."""
    return Thing(clock.today().year)


def kit(side: str) -> Thing:
    """A kit, seen by nobody but its inspector."""
    kits = sa.select(Kit).join(VisitTask, VisitTask.visit_id == Kit.visit_id).where(_of_task(side))
    found = _first(kits.order_by(Kit.visit_id.desc(), Kit.id))
    return Thing(found.id, frozenset({found.person_id}))


def capture(side: str) -> Thing:
    """A photo of a visit, with the visit's team."""
    items = sa.select(RecordItem).join(VisitTask, VisitTask.visit_id == RecordItem.visit_id)
    found = _first(items.where(RecordItem.original_id.is_not(None), _of_task(side)))
    return Thing(found.original.capture_hash, team_of_visit(found.visit_id))


def _copy(side: str) -> Any:
    copies = sa.select(RecordCopy).join(Visit, Visit.id == RecordCopy.visit_id).join(VisitTask)
    return _first(copies.where(_of_task(side), Visit.state == "closed").order_by(RecordCopy.id))


def copy(side: str) -> Thing:
    """The secret address of an entity's copy."""
    return Thing(_copy(side).secret)


def part_of_copy(side: str) -> Thing:
    """The record in that copy."""
    return Thing(_copy(side).visit.visit_tasks[0].id)


def document(side: str) -> Thing:
    """The secret address of a visit's notice."""
    return Thing(_first(sa.select(Document.secret).where(Document.id == _visit(side).notice_id)))


def link(side: str) -> Thing:
    """A one-time link."""
    return Thing(LINK)


def _review(side: str) -> Any:
    returned = sa.select(RecordReview).join(VisitTask, VisitTask.id == RecordReview.visit_task_id)
    return _first(returned.where(_of_task(side), RecordReview.state == "returned"))


def review(side: str) -> Thing:
    """A returned record's review, with the visit's team."""
    found = _review(side)
    return Thing(found.id, team_of_visit(found.visit_task.visit_id))


def remark(side: str) -> Thing:
    """A remark to that record."""
    return Thing(_first(sa.select(VisitRemark.id).where(VisitRemark.visit_task_id == _review(side).visit_task_id)))


def correction(side: str) -> Thing:
    """A clerical correction of that record, with the visit's team."""
    row = _review(side).visit_task
    found = _first(sa.select(ClericalCorrection.id).where(ClericalCorrection.visit_task_id == row.id))
    return Thing(found, team_of_visit(row.visit_id))


def result(side: str) -> Thing:
    """A published result."""
    results = sa.select(InspectionResult.id).join(VisitTask).where(_of_task(side), InspectionResult.state == "published")
    return Thing(_first(results.order_by(InspectionResult.id.desc())))


def outgoing_file(side: str) -> Thing:
    """A file for the publicity system."""
    return Thing(_first(sa.select(OutgoingFile.id)))


def objection(side: str) -> Thing:
    """An objection to a result of the division."""
    of_division = Objection.result.has(InspectionResult.visit_task.has(_of_task(side)))
    return Thing(_first(sa.select(Objection.id).where(of_division)))


def disposal_case(side: str) -> Thing:
    """A disposal of the division."""
    of_division = DisposalCase.result.has(InspectionResult.visit_task.has(_of_task(side)))
    return Thing(_first(sa.select(DisposalCase.id).where(of_division)))


def job(side: str) -> Thing:
    """A job that was given up."""
    return Thing(_first(sa.select(Job.id).where(Job.gave_up_at.is_not(None))))


def person(side: str) -> Thing:
    """Somebody of the division with a portrait."""
    people = sa.select(Person.id).where(Person.division_id == _division(side), Person.portrait_type.is_not(None))
    return Thing(_first(people.order_by(Person.user_name)))


def session(side: str) -> Thing:
    """A running session of an officer of the division."""
    officer = {"农村科技处": "nongcun-jingban", "高新技术处": "gaoxin-jingban"}[side]
    found = _first(sa.select(SignIn).where(SignIn.person.has(Person.user_name == officer), SignIn.ended_at.is_(None)))
    return Thing(found.id, frozenset({found.person_id}))


def device(side: str) -> Thing:
    """A phone of an inspector of the division, seen by its person and by those who look after phones."""
    found = _first(sa.select(Device).join(Person, Person.id == Device.person_id).where(Person.division_id == _division(side)))
    return Thing(found.id, frozenset({found.person_id}))


def division(side: str) -> Thing:
    """The division."""
    return Thing(_division(side))
