"""Reading objections: by officers within their division, by the entity at its secret address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.db import Page, page_of
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.objections.models import Objection
from fieldapp.objections.rules import ObjectionState
from fieldapp.publication import queries as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.publication.rules import ResultState
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.visits.models import VisitTask
from fieldapp.words import N_

PAGE = 20


@dataclass(frozen=True, slots=True)
class Copy:
    """What the entity finds at its secret address: its visit's published results and its objections."""

    object_name: str
    visit_id: UUID
    results: list[InspectionResult]
    objections: list[Objection]


def copy(secret: str) -> Copy:
    """The entity's copy behind a secret address."""
    found = fieldwork.copy_by_secret(secret)
    of_visit = InspectionResult.visit_task.has(VisitTask.visit_id == found.visit_id)
    filed = sa.select(Objection).where(Objection.result.has(of_visit)).order_by(Objection.id.desc())
    return Copy(found.visit.object.name, found.visit_id, publication.results_of_visit(found.visit_id), db.scalars(filed))


def objection(objection_id: UUID) -> Objection:
    """One objection, held against others who would take or decide it at the same moment."""
    found = db.session.scalar(db.held(sa.select(Objection).where(Objection.id == objection_id), Objection))
    if found is None:
        raise _unknown()
    return found


def objection_for(officer: Officer, objection_id: UUID) -> Objection:
    """One objection, if it is the officer's to see: the division of the result's task, legal affairs, the department's head."""
    found = db.session.scalar(sa.select(Objection).where(Objection.id == objection_id, _seen_by(officer)))
    if found is None:
        raise _unknown()
    return found


def objections_for(officer: Officer, state: str, page: int = 1) -> Page[Objection]:
    """The objections that an officer may see, the most urgent first."""
    seen = sa.select(Objection).where(_seen_by(officer))
    seen = seen.where(Objection.state == state if state in {one.value for one in ObjectionState}
                      else Objection.state != ObjectionState.DECIDED)
    return page_of(seen.order_by(Objection.due_on, Objection.id), page, PAGE)


def objections_open(division_id: UUID | None = None) -> list[Objection]:
    """The objections not answered yet, of one division or of all, the most urgent first."""
    unanswered = sa.select(Objection).where(Objection.state != ObjectionState.DECIDED)
    if division_id is not None:
        unanswered = unanswered.where(_of_division(division_id))
    return db.scalars(unanswered.order_by(Objection.due_on, Objection.id))


def open_about(visit_task_id: UUID) -> Objection | None:
    """The objection to any version of a result that is not answered yet."""
    of_record = Objection.result.has(InspectionResult.visit_task_id == visit_task_id)
    return db.session.scalar(sa.select(Objection).where(of_record, Objection.state != ObjectionState.DECIDED).limit(1))


def about_results(result_ids: Iterable[UUID]) -> list[Objection]:
    """All objections to these versions of results."""
    rows = sa.select(Objection).where(Objection.result_id.in_(list(result_ids)))
    return db.scalars(rows.order_by(Objection.id))


def next_version(result: InspectionResult) -> InspectionResult | None:
    """The version that replaced a result, if one did."""
    later = [one for one in publication.versions(result.visit_task_id) if one.version == result.version + 1]
    return later[0] if later else None


def corrected_on(result: InspectionResult) -> date | None:
    """The legal day on which a result was corrected, if it was."""
    later = next_version(result) if result.state == ResultState.SUPERSEDED else None
    return clock.local(later.published_at).date() if later and later.published_at else None


def published_on(result: InspectionResult) -> date:
    """The legal day on which a result became public."""
    return clock.local(result.published_at or result.entered_at).date()


def _seen_by(officer: Officer) -> sa.ColumnElement[bool]:
    return Objection.result.has(publication.seen_by(officer))


def _of_division(division_id: UUID) -> sa.ColumnElement[bool]:
    return Objection.result.has(publication.of_division(division_id))


def _unknown() -> NotFound:
    return NotFound("objections.unknown", N_("没有这件异议，或者您无权查看"))
