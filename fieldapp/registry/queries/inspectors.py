"""The inspector directory, what inspectors declare, and how busy they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Person
from fieldapp.db import Page, containing, page_of
from fieldapp.refusals import NotFound
from fieldapp.registry.models import (
    Inspector,
    InspectorInterest,
    InspectorLoad,
    InspectorUnavailability,
    ObjectLastTeam,
)
from fieldapp.registry.queries.objects import READERS
from fieldapp.roles import Officer
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class InspectorFilters:
    """Whom to show of the directory; empty means all. `certificate` is valid, expired or none."""

    text: str = ""
    division_id: UUID | None = None
    certificate: str = ""
    first_division: UUID | None = None
    person_id: UUID | None = None


def inspectors_all() -> list[Inspector]:
    """Everybody of the directory who has not left, by staff number."""
    return db.scalars(sa.select(Inspector).where(_is_here()).order_by(Inspector.staff_number))


def inspectors_page(filters: InspectorFilters, page: int = 1, per_page: int = 50) -> Page[Inspector]:
    """One page of the directory, the own division first, then by staff number."""
    found = sa.select(Inspector).where(_is_here())
    if filters.text:
        found = found.where(sa.or_(*(containing(column, filters.text) for column in (
            Inspector.name, Inspector.staff_number, Inspector.certificate_number))))
    if filters.division_id:
        found = found.where(Inspector.division_id == filters.division_id)
    if filters.person_id:
        found = found.where(Inspector.person_id == filters.person_id)
    if filters.certificate in _CERTIFICATES:
        found = found.where(_CERTIFICATES[filters.certificate](clock.today()))
    own = sa.case((Inspector.division_id == filters.first_division, 0), else_=1)
    return page_of(found.order_by(own, Inspector.staff_number), page, per_page)


def inspector(inspector_id: UUID) -> Inspector:
    """One inspector."""
    found = db.session.get(Inspector, inspector_id)
    if found is None:
        raise NotFound("registry.no_such_inspector", N_("没有这名执法检查人员"))
    return found


def inspector_for(officer: Officer, inspector_id: UUID) -> Inspector:
    """One inspector, for those to whom the directory is open, and for the inspector's own eyes."""
    found = inspector(inspector_id)
    if found.person_id != officer.person_id and not officer.is_any(*READERS):
        raise NotFound("registry.no_such_inspector", N_("没有这名执法检查人员"))
    return found


def person_to_link(found: Inspector) -> Person | None:
    """The person with the staff number of an inspector who is not linked to anybody yet."""
    if found.person_id is not None:
        return None
    return people_by_staff_number([found.staff_number]).get(found.staff_number.upper())


def inspectors_by_staff_number(numbers: Collection[str]) -> dict[str, Inspector]:
    """The inspectors with these staff numbers, those who left included."""
    found: dict[str, Inspector] = {}
    for part in db.in_parts(sorted(numbers)):
        rows = db.scalars(sa.select(Inspector).where(Inspector.staff_number.in_(part)))
        found |= {row.staff_number: row for row in rows}
    return found


def loads() -> dict[UUID, int]:
    """How many open visits each inspector has; who is missing has none."""
    return {row.inspector_id: row.visits for row in db.scalars(sa.select(InspectorLoad))}


def last_teams(object_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Object → who inspected it last time; who is missing was never inspected."""
    found: dict[UUID, set[UUID]] = {}
    for part in db.in_parts(list(object_ids)):
        for row in db.scalars(sa.select(ObjectLastTeam).where(ObjectLastTeam.object_id.in_(part))):
            found.setdefault(row.object_id, set()).add(row.inspector_id)
    return found


def interests_by_object(object_ids: Collection[UUID] | None = None) -> dict[UUID, set[UUID]]:
    """Object → the inspectors with an interest in it that has not ended; of these objects only, if they are named."""
    alive = sa.select(InspectorInterest.object_id, InspectorInterest.inspector_id).where(
        InspectorInterest.object_id.is_not(None), _has_not_ended())
    found: dict[UUID, set[UUID]] = {}
    parts = [None] if object_ids is None else db.in_parts(list(object_ids))
    for part in parts:
        rows = alive if part is None else alive.where(InspectorInterest.object_id.in_(part))
        for object_id, inspector_id in db.session.execute(rows):
            if object_id:
                found.setdefault(object_id, set()).add(inspector_id)
    return found


def interests_alive() -> list[InspectorInterest]:
    """All declared interests that have not ended, whether the enterprise is in the directory or not."""
    return db.scalars(sa.select(InspectorInterest).where(_has_not_ended()).order_by(InspectorInterest.id))


def people_by_staff_number(numbers: Collection[str]) -> dict[str, Person]:
    """The people with these staff numbers, by the number in capitals."""
    found: dict[str, Person] = {}
    for part in db.in_parts(sorted({number.upper() for number in numbers})):
        rows = db.scalars(sa.select(Person).where(sa.func.upper(Person.staff_number).in_(part)))
        found |= {row.staff_number.upper(): row for row in rows}
    return found


def inspectors_by_certificate(numbers: Collection[str]) -> dict[str, Inspector]:
    """The inspectors who hold these certificates."""
    found: dict[str, Inspector] = {}
    for part in db.in_parts(sorted(numbers)):
        rows = db.scalars(sa.select(Inspector).where(Inspector.certificate_number.in_(part)))
        found |= {str(row.certificate_number): row for row in rows}
    return found


def unavailability(first_day: date, last_day: date) -> dict[UUID, list[InspectorUnavailability]]:
    """Inspector → the absences that touch the days from `first_day` to `last_day`."""
    touching = sa.select(InspectorUnavailability).where(
        InspectorUnavailability.first_day <= last_day, InspectorUnavailability.last_day >= first_day)
    found: dict[UUID, list[InspectorUnavailability]] = {}
    for row in db.scalars(touching.order_by(InspectorUnavailability.first_day)):
        found.setdefault(row.inspector_id, []).append(row)
    return found


def unavailable(first_day: date, last_day: date) -> set[UUID]:
    """The inspectors who are away on every day from `first_day` to `last_day`."""
    days = (last_day - first_day).days + 1
    return {inspector_id for inspector_id, rows in unavailability(first_day, last_day).items()
            if _days_away(rows, first_day, last_day) == days}


def absences(inspector_id: UUID) -> list[InspectorUnavailability]:
    """The absences of an inspector that are not over, the nearest first."""
    ahead = sa.select(InspectorUnavailability).where(
        InspectorUnavailability.inspector_id == inspector_id, InspectorUnavailability.last_day >= clock.today())
    return db.scalars(ahead.order_by(InspectorUnavailability.first_day))


def _days_away(rows: list[InspectorUnavailability], first_day: date, last_day: date) -> int:
    away = {day for row in rows
            for day in range(max(row.first_day, first_day).toordinal(), min(row.last_day, last_day).toordinal() + 1)}
    return len(away)


def _is_here() -> sa.ColumnElement[bool]:
    """Neither taken out of the directory nor gone from the department: as `Inspector.has_left_by` says of one."""
    has_gone = sa.exists().where(Person.id == Inspector.person_id, Person.left_on <= clock.today())
    return sa.and_(sa.or_(Inspector.left_on.is_(None), Inspector.left_on > clock.today()), sa.not_(has_gone))


def _has_not_ended() -> sa.ColumnElement[bool]:
    return sa.or_(InspectorInterest.ended_on.is_(None), InspectorInterest.ended_on > clock.today())


_CERTIFICATES = {
    "valid": lambda day: sa.and_(Inspector.certificate_number.is_not(None), Inspector.certificate_until >= day),
    "expired": lambda day: sa.and_(Inspector.certificate_number.is_not(None), sa.or_(
        Inspector.certificate_until.is_(None), Inspector.certificate_until < day)),
    "none": lambda _day: Inspector.certificate_number.is_(None),
}
