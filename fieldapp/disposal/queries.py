"""Reading disposal cases, within the division that handles them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.db import Page, page_of
from fieldapp.disposal.models import DisposalCase
from fieldapp.publication import queries as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.words import N_

PAGE = 20


@dataclass(frozen=True, slots=True)
class Filters:
    """All cases, those of one result, the open ones, or the overdue ones."""

    state: str = ""
    visit_task_id: UUID | None = None


def case(case_id: UUID) -> DisposalCase:
    """One case, held against others who would close it at the same moment."""
    found = db.session.scalar(db.held(sa.select(DisposalCase).where(DisposalCase.id == case_id), DisposalCase))
    if found is None:
        raise _unknown()
    return found


def case_for(officer: Officer, case_id: UUID) -> DisposalCase:
    """One case, if it is the officer's to see."""
    found = db.session.scalar(sa.select(DisposalCase).where(DisposalCase.id == case_id, _seen_by(officer)))
    if found is None:
        raise _unknown()
    return found


def cases_for(officer: Officer, filters: Filters, page: int = 1) -> Page[DisposalCase]:
    """The cases that an officer may see, the most urgent first."""
    seen = sa.select(DisposalCase).where(_seen_by(officer))
    if filters.visit_task_id:
        seen = seen.where(DisposalCase.result.has(InspectionResult.visit_task_id == filters.visit_task_id))
    if filters.state in {"open", "overdue"}:
        seen = seen.where(DisposalCase.closed_at.is_(None))
    if filters.state == "overdue":
        seen = seen.where(DisposalCase.due_on < clock.today())
    order = (DisposalCase.closed_at.is_not(None), DisposalCase.due_on.is_(None), DisposalCase.due_on, DisposalCase.id)
    return page_of(seen.order_by(*order), page, PAGE)


def cases_open(division_id: UUID | None = None) -> list[DisposalCase]:
    """The open cases that have a deadline, of one division or of all, the most urgent first."""
    waiting = sa.select(DisposalCase).where(DisposalCase.closed_at.is_(None), DisposalCase.due_on.is_not(None))
    if division_id is not None:
        waiting = waiting.where(_of_division(division_id))
    return db.scalars(waiting.order_by(DisposalCase.due_on, DisposalCase.id))


def about_results(result_ids: Iterable[UUID]) -> list[DisposalCase]:
    """All cases that followed from these versions of results."""
    rows = sa.select(DisposalCase).where(DisposalCase.result_id.in_(list(result_ids)))
    return db.scalars(rows.order_by(DisposalCase.id))


def _seen_by(officer: Officer) -> sa.ColumnElement[bool]:
    return DisposalCase.result.has(publication.seen_by(officer))


def _of_division(division_id: UUID) -> sa.ColumnElement[bool]:
    return DisposalCase.result.has(publication.of_division(division_id))


def _unknown() -> NotFound:
    return NotFound("disposal.unknown", N_("没有这项处置，或者您无权查看"))
