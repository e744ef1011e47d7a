"""Results as everybody sees them: published ones and what they replaced, no natural person by name."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.clock import SHANGHAI
from fieldapp.config import department_name
from fieldapp.db import Page, page_of
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.publication import rules
from fieldapp.publication.models import InspectionResult, ResultMeasure
from fieldapp.publication.rules import SHOWN, Confirmation, ResultState, public_name, public_since
from fieldapp.refusals import NotFound
from fieldapp.registry.models import InspectionObject
from fieldapp.tasks.models import Task
from fieldapp.visits.models import VisitTask
from fieldapp.words import N_

PAGE = 20


@dataclass(frozen=True, slots=True)
class PublicFilters:
    """What the public list is narrowed to: a name or a code, a category, a division; empty means all."""

    q: str = ""
    category: str = ""
    division: UUID | None = None


@dataclass(frozen=True, slots=True)
class PublicResult:
    """One version of a result as the public reads it."""

    id: UUID
    object_name: str
    uscc: str
    task_name: str
    task_number: str
    item_name: str
    authority: str
    division: str
    inspected_on: date
    category: str
    text: str
    measure_text: str
    version: int
    state: str
    published_at: datetime | None
    corrected_reason: str
    objection_state: str


def public_results(filters: PublicFilters, page: int = 1) -> Page[PublicResult]:
    """The published results, the newest first."""
    shown = sa.select(InspectionResult).join(VisitTask, VisitTask.id == InspectionResult.visit_task_id)
    shown = shown.join(Task, Task.id == VisitTask.task_id)
    shown = shown.join(InspectionObject, InspectionObject.id == VisitTask.object_id)
    shown = shown.where(InspectionResult.state == ResultState.PUBLISHED, _still_stands(), *_narrow(filters))
    order = (InspectionResult.published_at.desc(), InspectionResult.id.desc())
    return page_of(shown.order_by(*order), page, PAGE).each(as_public)


def latest_public(count: int = 5) -> list[PublicResult]:
    """The results published last."""
    return public_results(PublicFilters()).rows[:count]


def public_result(result_id: UUID) -> tuple[list[PublicResult], list[ResultMeasure]]:
    """All published versions of the result that one of them belongs to, the newest first, and what was done about it."""
    found = db.session.get(InspectionResult, result_id)
    if found is None or not is_shown(found):
        raise NotFound("publication.not_public", N_("没有这项公示，或者公示期已满"))
    of_record = sa.select(InspectionResult).where(
        InspectionResult.visit_task_id == found.visit_task_id, InspectionResult.state.in_(SHOWN))
    rows = db.scalars(of_record.order_by(InspectionResult.version.desc()))
    measures = [measure for row in reversed(rows) for measure in row.measures if measure.is_public]
    return [as_public(row) for row in rows], measures


def confirmation(result_id: UUID) -> Confirmation | None:
    """Whether the entity signed, sealed or refused the record on which a result rests."""
    record = fieldwork.record(db.session.get_one(InspectionResult, result_id).visit_task_id)
    return rules.confirmation(record.entity_signature, record.refusals)


def results_of_visit(visit_id: UUID) -> list[InspectionResult]:
    """The results of a visit that are public now, for the entity that it went to."""
    of_visit = sa.select(InspectionResult).join(VisitTask).where(
        VisitTask.visit_id == visit_id, InspectionResult.state == ResultState.PUBLISHED)
    return db.scalars(of_visit.order_by(InspectionResult.id))


def is_shown(row: InspectionResult) -> bool:
    """Whether the public may see this version today."""
    return rules.is_shown(row.state, clock.local(row.published_at).date() if row.published_at else None, clock.today(),
                          is_natural_person=row.visit_task.visit.object.is_natural_person)


def as_public(row: InspectionResult) -> PublicResult:
    """A version with what the public may read of it, and nothing else."""
    part, inspected = row.visit_task, row.visit_task.visit.object
    person = inspected.is_natural_person
    return PublicResult(
        id=row.id, object_name=public_name(inspected.name, is_natural_person=person), uscc="" if person else inspected.uscc,
        task_name=part.task.name, task_number=part.task.number, item_name=part.task.item.name, authority=department_name(),
        division=part.task.division.name, inspected_on=row.inspected_on, category=row.category, text=row.text,
        measure_text=row.measure_text, version=row.version, state=row.state, published_at=row.published_at,
        corrected_reason=row.corrected_reason or "", objection_state=row.objection_state)


def _narrow(filters: PublicFilters) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.q:
        named = sa.or_(InspectionObject.name.contains(filters.q, autoescape=True),
                       InspectionObject.uscc == filters.q.upper())
        # A masked name must not be found out by searching for it.
        conditions += [named, InspectionObject.is_natural_person.is_(False)]
    if filters.category:
        conditions.append(InspectionResult.category == filters.category)
    if filters.division:
        conditions.append(Task.division_id == filters.division)
    return conditions


def _still_stands() -> sa.ColumnElement[bool]:
    today = clock.today()
    enterprises, persons = (_midnight(public_since(today, is_natural_person=person)) for person in (False, True))
    return InspectionResult.published_at >= sa.case(
        (InspectionObject.is_natural_person, sa.literal(persons, InspectionResult.published_at.type)),
        else_=sa.literal(enterprises, InspectionResult.published_at.type))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
