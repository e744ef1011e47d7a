"""Lists of visits: for the desk with its filters, for a person's day, for a task, for the yearly count."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.db import Page, page_of
from fieldapp.draw.models import Draw, DrawnObject
from fieldapp.roles import Officer
from fieldapp.tasks.models import Task
from fieldapp.visits import rules
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.queries.scope import on_team, visible_to
from fieldapp.visits.rules import VisitState

PAGE = 40


@dataclass(frozen=True, slots=True)
class Filters:
    """What the links above the list choose: a group of states, one task, only the officer's own."""

    group: str = "open"
    task_id: UUID | None = None
    own: bool = False

    def as_arguments(self) -> dict[str, Any]:
        """The filters as arguments of a link that can be shared."""
        values = {"group": self.group, "task": self.task_id, "own": "1" if self.own else None}
        return {name: value for name, value in values.items() if value is not None}


GROUPS: dict[str, frozenset[VisitState]] = {
    "open": rules.OPEN,
    "arrange": frozenset({VisitState.PROPOSED, VisitState.SLOT_AGREED}),
    "submitted": frozenset({VisitState.SUBMITTED}),
    "approved": frozenset({VisitState.APPROVED}),
    "under_way": rules.UNDER_WAY,
    "closed": frozenset({VisitState.CLOSED}),
    "gone": rules.GONE,
    "all": frozenset(VisitState),
}


def visits_for(officer: Officer, filters: Filters, page: int = 1) -> Page[Visit]:
    """The visits that the officer may see, the next slot first, those without one behind."""
    conditions = [visible_to(officer), Visit.state.in_(GROUPS[filters.group])]
    if filters.task_id is not None:
        conditions.append(Visit.id.in_(sa.select(VisitTask.visit_id).where(VisitTask.task_id == filters.task_id)))
    if filters.own:
        conditions.append(on_team(officer.person_id))
    rows = sa.select(Visit).where(*conditions).order_by(Visit.slot_start.is_(None), Visit.slot_start, Visit.id)
    return page_of(rows, page, PAGE)


def visits_of_person(person_id: UUID, on: date) -> list[Visit]:
    """A person's visits for a day: approved for it, returned, and everything begun or overdue, in order of time."""
    end = datetime.combine(on + timedelta(days=1), time(), clock.SHANGHAI).astimezone(UTC)
    begun = Visit.state.in_(rules.UNDER_WAY)
    due = sa.and_(Visit.state == VisitState.APPROVED, Visit.slot_start < end)
    rows = sa.select(Visit).where(on_team(person_id), sa.or_(begun, due, _closed_on(on, end)))
    return db.scalars(rows.order_by(Visit.slot_start, Visit.id))


def visits_of_task(task_id: UUID) -> list[Visit]:
    """All visits of a task."""
    of_task = sa.select(VisitTask.visit_id).where(VisitTask.task_id == task_id)
    return db.scalars(sa.select(Visit).where(Visit.id.in_(of_task)).order_by(Visit.id))


def ends_of_task(task_id: UUID) -> list[datetime | None]:
    """When a task's part was closed, or not yet, in each of its visits that was not cancelled, as it stands now."""
    parts = sa.select(VisitTask.closed_at).join(Visit, Visit.id == VisitTask.visit_id)
    return db.scalars(parts.where(VisitTask.task_id == task_id, Visit.state != VisitState.CANCELLED))


def parts_awaiting(division_id: UUID | None = None) -> list[VisitTask]:
    """The records that wait for a seal or a signature, of one division or of all, the first due in front."""
    waiting = sa.select(VisitTask).where(VisitTask.awaiting_until.is_not(None))
    if division_id is not None:
        waiting = waiting.where(VisitTask.task.has(Task.division_id == division_id))
    return db.scalars(waiting.order_by(VisitTask.awaiting_until, VisitTask.id))


def visits_begun_in(year: int, object_id: UUID) -> int:
    """How many visits to an object have begun in a calendar year."""
    first, last = (datetime(y, 1, 1, tzinfo=clock.SHANGHAI).astimezone(UTC) for y in (year, year + 1))
    begun = sa.select(sa.func.count()).select_from(Visit).where(Visit.object_id == object_id, Visit.started_at >= first)
    return db.session.scalar(begun.where(Visit.started_at < last)) or 0


def visits_of_object(visit: Visit) -> list[Visit]:
    """Other visits to the same object in the same year that have begun or ended."""
    others = sa.select(Visit).where(Visit.object_id == visit.object_id, Visit.id != visit.id)
    begun = others.where(Visit.state.in_({VisitState.CLOSED, *rules.UNDER_WAY}), Visit.counted_year == visit.counted_year)
    return db.scalars(begun.order_by(Visit.started_at))


def matched_objects(task_id: UUID) -> list[DrawnObject]:
    """The objects drawn for a task, with their matched seats, in ticket order; none before the matching."""
    matched = sa.select(DrawnObject).join(Draw).where(Draw.task_id == task_id, Draw.voided_at.is_(None))
    chosen = matched.where(Draw.matched_at.is_not(None), DrawnObject.is_reserve.is_(False))
    return db.scalars(chosen.order_by(DrawnObject.rank))


def _closed_on(on: date, end: datetime) -> sa.ColumnElement[bool]:
    begin = datetime.combine(on, time(), clock.SHANGHAI).astimezone(UTC)
    return sa.and_(Visit.state == VisitState.CLOSED, Visit.closed_at >= begin, Visit.closed_at < end)
