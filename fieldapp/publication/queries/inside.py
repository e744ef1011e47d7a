"""Results as the divisions and legal affairs see them."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.db import Page, page_of
from fieldapp.documents import queries as documents
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind
from fieldapp.policy import queries as policy
from fieldapp.publication import rules
from fieldapp.publication.models import InspectionResult
from fieldapp.publication.rules import Clock, ResultState
from fieldapp.refusals import NotFound
from fieldapp.review import queries as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import ReviewState
from fieldapp.roles import OVERSEERS, Officer
from fieldapp.tasks.models import Task
from fieldapp.visits.models import VisitTask
from fieldapp.words import N_

PAGE = 20


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of results is narrowed to; empty means all."""

    state: str = ""
    category: str = ""


def result(result_id: UUID) -> InspectionResult:
    """One version of a result, held against others who would publish or correct it at the same moment."""
    asked = sa.select(InspectionResult).where(InspectionResult.id == result_id)
    found = db.session.scalar(db.held(asked, InspectionResult))
    if found is None:
        raise _unknown()
    return found


def result_for(officer: Officer, result_id: UUID) -> InspectionResult:
    """One version of a result, if it is the officer's to see: the task's division, legal affairs, the department's head."""
    seen = sa.select(InspectionResult).where(InspectionResult.id == result_id, seen_by(officer))
    found = db.session.scalar(seen)
    if found is None:
        raise _unknown()
    return found


def results_for(officer: Officer, filters: Filters, page: int = 1) -> Page[InspectionResult]:
    """The results that an officer may see, those to be published first."""
    seen = sa.select(InspectionResult).where(seen_by(officer))
    seen = seen.where(InspectionResult.state == filters.state if filters.state
                      else InspectionResult.state != ResultState.SUPERSEDED)
    if filters.category:
        seen = seen.where(InspectionResult.category == filters.category)
    order = (InspectionResult.state != ResultState.ENTERED, InspectionResult.due_on, InspectionResult.id)
    return page_of(seen.order_by(*order), page, PAGE)


def unpublished(division_id: UUID | None = None) -> list[InspectionResult]:
    """The results that are entered and not public yet, of one division or of all."""
    waiting = sa.select(InspectionResult).where(InspectionResult.state == ResultState.ENTERED)
    if division_id is not None:
        waiting = waiting.where(of_division(division_id))
    return db.scalars(waiting.order_by(InspectionResult.due_on, InspectionResult.id))


def versions(visit_task_id: UUID) -> list[InspectionResult]:
    """All versions of one result, the first one first."""
    of_record = sa.select(InspectionResult).where(InspectionResult.visit_task_id == visit_task_id)
    return db.scalars(of_record.order_by(InspectionResult.version))


def clock_of(row: InspectionResult) -> Clock:
    """Until when a result is to be public: from the task's last visit, or, while others are under way, from its own."""
    task = row.visit_task.task
    start = task.completed_on or row.inspected_on
    due = policy.due(start, policy.rule_set_on(start).publish_workdays)
    return Clock(due.day, due.is_provisional, task.completed_on is not None)


def was_late(row: InspectionResult) -> bool:
    """Whether a result became public after its deadline."""
    return rules.was_late(row.due_on, clock.local(row.published_at).date() if row.published_at else None, row.version)


def approved_review(visit_task_id: UUID) -> RecordReview | None:
    """The review of a record, once the head has approved it."""
    found = review.review_of(visit_task_id)
    return found if found and found.state == ReviewState.APPROVED else None


def order_in_force(visit_task_id: UUID) -> Document | None:
    """The order that was issued on a record and is not void."""
    return next((document for document in documents.documents_of("visit_task", visit_task_id)
                 if document.kind == DocumentKind.ORDER and document.issued_at and not document.voided_at), None)


def seen_by(officer: Officer) -> sa.ColumnElement[bool]:
    """Whether a result, and what followed from it, is the officer's to see: the task's division, legal affairs, the
    department's head."""
    return sa.true() if officer.is_any(*OVERSEERS) else of_division(officer.division_id)


def of_division(division_id: UUID) -> sa.ColumnElement[bool]:
    """Whether a result is of a task of this division."""
    return InspectionResult.visit_task.has(VisitTask.task.has(Task.division_id == division_id))


def _unknown() -> NotFound:
    return NotFound("publication.unknown", N_("没有这项结果，或者您无权查看"))
