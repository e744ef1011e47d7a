"""Reading the ledger: the last entry of a case, of a thing, and a thing's history."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.models import Entry, Payload

IN_ONE_SELECT = 500


def last_in_case(case_id: UUID) -> UUID | None:
    """The identifier of the newest entry of a case."""
    return db.session.scalar(sa.select(Entry.id).where(Entry.case_id == case_id).order_by(Entry.id.desc()).limit(1))


def last_hash_of(thing_type: str, thing_id: UUID) -> str | None:
    """The hash that the newest entry about a thing left behind."""
    of_thing = sa.select(Entry.after_hash).where(Entry.thing_type == thing_type, Entry.thing_id == thing_id)
    return db.session.scalar(of_thing.order_by(Entry.id.desc()).limit(1))


def last_in_cases(case_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The newest entry of each of many cases."""
    found: dict[UUID, UUID] = {}
    for part in _in_parts(case_ids):
        rows = sa.select(Entry.case_id, Entry.id).where(Entry.case_id.in_(part)).order_by(Entry.id)
        found |= dict(db.session.execute(rows).all())
    return found


def last_hashes_of(thing_type: str, thing_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The hash that the newest entry about each of many things left behind."""
    found: dict[UUID, str] = {}
    for part in _in_parts(thing_ids):
        rows = sa.select(Entry.thing_id, Entry.after_hash).where(
            Entry.thing_type == thing_type, Entry.thing_id.in_(part)).order_by(Entry.id)
        found |= dict(db.session.execute(rows).all())
    return found


def read_again(things: Sequence[Any]) -> None:
    """Read many rows of one table back as they stand in the database now."""
    table = type(things[0])
    for part in _in_parts([thing.id for thing in things]):
        rows = sa.select(table).where(table.id.in_(part)).execution_options(populate_existing=True)
        db.session.scalars(rows).unique().all()


def history(case_id: UUID) -> list[tuple[Entry, Payload | None]]:
    """All entries of a case with what is still known beside them, the oldest first."""
    entries = sa.select(Entry, Payload).outerjoin(Payload).where(Entry.case_id == case_id).order_by(Entry.id)
    return [(entry, payload) for entry, payload in db.session.execute(entries)]


def recent(limit: int = 50, *, before: UUID | None = None) -> list[tuple[Entry, Payload | None]]:
    """The newest entries, for the audit administrator."""
    newest = sa.select(Entry, Payload).outerjoin(Payload).order_by(Entry.id.desc()).limit(limit)
    rows = db.session.execute(newest.where(Entry.id < before) if before else newest)
    return [(entry, payload) for entry, payload in rows]


def _in_parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start:start + IN_ONE_SELECT] for start in range(0, len(ids), IN_ONE_SELECT))
