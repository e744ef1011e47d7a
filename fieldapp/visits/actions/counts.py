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
    db.session.execute(sa.delete(ObjectLastTeam).where(ObjectLastTeam.object_id == visit.object_id))
    db.session.add_all(ObjectLastTeam(object_id=visit.object_id, inspector_id=member.inspector_id)
                       for member in visit.members if member.left_at is None)


def _add(table: Any, by: int, **key: Any) -> None:
    """Add to a counter's row in the database itself, so that two transactions never overwrite each other."""
    ours = [getattr(table, name) == value for name, value in key.items()]
    change = sa.update(table).where(*ours).values(visits=table.visits + by)
    change = change.returning(table.visits).execution_options(synchronize_session=False)
    if db.session.scalar(change) is None:
        try:
            with db.session.begin_nested():
                db.session.execute(sa.insert(table).values(**key, visits=by))
        except IntegrityError:
            # Another transaction made the row first: count on that one.
            db.session.execute(change)
    for row in [row for row in db.session.identity_map.values() if isinstance(row, table)]:
        db.session.expire(row)
