"""Sheets handed in, and their rows."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.db import Page, page_of
from fieldapp.refusals import NotFound
from fieldapp.registry.models import ImportBatch, ImportRow
from fieldapp.registry.rules import Outcome
from fieldapp.registry.rules.deciding import IMPORTABLE
from fieldapp.roles import Officer, Role
from fieldapp.words import N_


def batch(batch_id: UUID, *, lock: bool = False) -> ImportBatch:
    """One sheet handed in; locked for a decision where the database can."""
    found = db.session.get(ImportBatch, batch_id, with_for_update={"of": ImportBatch} if lock else None)
    if found is None or found.kind not in _KINDS:
        raise NotFound("registry.no_such_batch", N_("没有这份导入的表"))
    return found


def batch_for(officer: Officer, batch_id: UUID, *, lock: bool = False) -> ImportBatch:
    """One sheet, for legal affairs and for the officers of the division that handed it in."""
    found = batch(batch_id, lock=lock)
    if not officer.is_any(Role.LEGAL_AFFAIRS) and found.division_id != officer.division_id:
        raise NotFound("registry.no_such_batch", N_("没有这份导入的表"))
    return found


def batches_page(officer: Officer, page: int = 1, per_page: int = 50) -> Page[ImportBatch]:
    """The sheets that an officer may see, the newest first."""
    found = sa.select(ImportBatch).where(ImportBatch.kind.in_(_KINDS))
    if not officer.is_any(Role.LEGAL_AFFAIRS):
        found = found.where(ImportBatch.division_id == officer.division_id)
    return page_of(found.order_by(ImportBatch.id.desc()), page, per_page)


def import_row(batch_id: UUID, row_id: UUID) -> ImportRow:
    """One row of a sheet."""
    found = db.session.get(ImportRow, row_id)
    if found is None or found.batch_id != batch_id:
        raise NotFound("registry.no_such_row", N_("没有这一行"))
    return found


def rows_page(batch_id: UUID, verdict: str = "", page: int = 1, per_page: int = 50) -> Page[ImportRow]:
    """One page of a sheet's rows in the sheet's order; of one outcome, if it is named."""
    found = sa.select(ImportRow).where(ImportRow.batch_id == batch_id)
    if verdict:
        found = found.where(ImportRow.verdict == verdict)
    return page_of(found.order_by(ImportRow.number), page, per_page)


def rows_of(batch_id: UUID) -> list[ImportRow]:
    """All rows of a sheet in its order."""
    return db.scalars(sa.select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.number))


def rows_after(batch_id: UUID, number: int, limit: int, verdicts: Collection[str]) -> list[ImportRow]:
    """The next rows of these outcomes after a row's number."""
    next_rows = sa.select(ImportRow).where(
        ImportRow.batch_id == batch_id, ImportRow.number > number, ImportRow.verdict.in_(verdicts))
    return db.scalars(next_rows.order_by(ImportRow.number).limit(limit))


def open_renamed(batch_id: UUID) -> list[ImportRow]:
    """The renamed duplicates of a sheet about which nobody has decided."""
    waiting = sa.select(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.choice.is_(None),
                                         ImportRow.verdict == Outcome.RENAMED_DUPLICATE.value)
    return db.scalars(waiting.order_by(ImportRow.number))


def row_counts(batch_id: UUID) -> dict[str, int]:
    """How many rows of a sheet came to which outcome, from the lightest to the gravest."""
    counts = sa.select(ImportRow.verdict, sa.func.count()).where(ImportRow.batch_id == batch_id)
    found = dict(db.session.execute(counts.group_by(ImportRow.verdict)).all())
    return {outcome.value: found[outcome] for outcome in Outcome if outcome in found}


_KINDS = tuple(kind.value for kind in IMPORTABLE)
