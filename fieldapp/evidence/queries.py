"""Reading evidence: originals by capture hash, pictures by width."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.evidence.models import Chunk, Derivative, Original
from fieldapp.refusals import NotFound
from fieldapp.visits.models import Visit
from fieldapp.visits.queries.scope import on_team
from fieldapp.words import N_


def original(capture_hash: str) -> Original:
    """The original of that capture hash."""
    found = find_original(capture_hash)
    if found is None:
        raise NotFound("evidence.unknown", N_("没有这份证据"))
    return found


def find_original(capture_hash: str) -> Original | None:
    """The original of that capture hash, if it is here already."""
    return db.session.scalar(sa.select(Original).where(Original.capture_hash == capture_hash))


def kept_captures(capture_hashes: Iterable[str]) -> set[str]:
    """Which of these captures are here as originals already."""
    return set(db.scalars(sa.select(Original.capture_hash).where(Original.capture_hash.in_(set(capture_hashes)))))


def picture(original_id: UUID, width: int) -> Derivative | None:
    """The picture of that width, if it has been made."""
    return db.session.scalar(sa.select(Derivative).where(Derivative.original_id == original_id, Derivative.width == width))


def chunk(sha256: str) -> Chunk | None:
    """The row of a chunk that was received once."""
    return db.session.get(Chunk, sha256)


def bytes_sent(person_id: UUID, since: datetime) -> int:
    """How many bytes of chunks a person has sent since a moment."""
    return _bytes(Chunk.received_from == person_id, Chunk.received_at >= since)


def bytes_of_visit(visit_id: UUID | None) -> int:
    """How many bytes of chunks came for a visit."""
    return _bytes(Chunk.visit_id == visit_id) if visit_id else 0


def visit_of_sender(visit_id: UUID | None, person_id: UUID) -> UUID | None:
    """A visit that a chunk is said to be for, if its sender is of the team: nobody uses up another's room."""
    return db.session.scalar(sa.select(Visit.id).where(Visit.id == visit_id, on_team(person_id))) if visit_id else None


def originals() -> list[Original]:
    """All originals, in the order in which they were stored."""
    return db.scalars(sa.select(Original).order_by(Original.stored_at, Original.id))


def pictures() -> list[Derivative]:
    """All pictures made of originals."""
    return db.scalars(sa.select(Derivative))


def _bytes(*conditions: sa.ColumnElement[bool]) -> int:
    return int(db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Chunk.size), 0)).where(*conditions)) or 0)
