"""The yearly count of an object's visits and the load of the inspectors: rows of the registry that visits write."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from fieldapp import db
from fieldapp.registry.models import InspectorLoad, ObjectLastTeam, ObjectVisitCount
from fieldapp.visits.models import Visit


def count_visit(visit: Visit, year: int) -> None:
    """Count the visit for its object in a year, once: reserved when drawn, moved if it begins in another year."""
    if visit.counted_year == year:
        return
    give_back(visit)
    _add(ObjectVisitCount, 1, object_id=visit.object_id, year=year)
    visit.counted_year = year


def give_back(visit: Visit) -> None:
    """Take the visit out of the yearly count: it was cancelled before it began, or goes on as part of another."""
    if visit.counted_year is not None:
        _add(ObjectVisitCount, -1, object_id=visit.object_id, year=visit.counted_year)
        visit.counted_year = None


def add_load(inspector_id: UUID, visits: int) -> None:
    """Change the number of open visits that an inspector carries."""
    _add(InspectorLoad, visits, inspector_id=inspector_id)


def remember_team(visit: Visit) -> None:
    """Note who inspected the object last: a later matching can keep the same people from coming together again."""
    team = {member.inspector_id for member in visit.members if member.left_at is None}
    known = db.scalars(sa.select(ObjectLastTeam).where(ObjectLastTeam.object_id == visit.object_id))
    for row in known:
        if row.inspector_id not in team:
            db.session.delete(row)
    came = team - {row.inspector_id for row in known}
    db.session.add_all(ObjectLastTeam(object_id=visit.object_id, inspector_id=inspector_id) for inspector_id in came)


def _add(table: Any, by: int, **key: Any) -> None:
    """Add to a counter's row, held until the transaction ends, so that two never overwrite each other."""
    db.session.flush()
    row = db.session.get(table, key, with_for_update=True, populate_existing=True)
    if row is None:
        try:
            with db.session.begin_nested():
                db.session.add(table(**key, visits=by))
            return
        except IntegrityError:
            # Another transaction made the row first: count on that one.
            row = db.session.get_one(table, key, with_for_update=True, populate_existing=True)
    row.visits += by
