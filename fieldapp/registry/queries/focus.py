"""Proposals of key supervision, and what of them is in force."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.db import Page, page_of
from fieldapp.refusals import NotFound
from fieldapp.registry.models import FocusProposal, ObjectCategory
from fieldapp.registry.queries.objects import is_current
from fieldapp.registry.rules.deciding import FocusDecision
from fieldapp.words import N_


def focus_page(state: str = "", page: int = 1, per_page: int = 50, *,
               division_id: UUID | None = None) -> Page[FocusProposal]:
    """One page of the proposals, `open`, `in_force` or all, of one division if it is named; what waits comes first."""
    found = sa.select(FocusProposal)
    if division_id:
        found = found.where(FocusProposal.division_id == division_id)
    if state == "open":
        found = found.where(FocusProposal.decision.is_(None))
    elif state == "in_force":
        found = found.where(_is_in_force(clock.today()))
    waiting = sa.case((FocusProposal.decision.is_(None), 0), else_=1)
    return page_of(found.order_by(waiting, FocusProposal.id), page, per_page)


def focus_proposal(proposal_id: UUID, *, lock: bool = False) -> FocusProposal:
    """One proposal; locked for its decision where the database can."""
    found = db.session.get(FocusProposal, proposal_id, with_for_update={"of": FocusProposal} if lock else None)
    if found is None:
        raise NotFound("registry.no_such_focus", N_("没有这条重点监管建议"))
    return found


def proposals_of(object_ids: Collection[UUID]) -> dict[UUID, list[FocusProposal]]:
    """Object → all proposals about it, the newest first."""
    found: dict[UUID, list[FocusProposal]] = {}
    for part in db.in_parts(list(object_ids)):
        rows = sa.select(FocusProposal).where(FocusProposal.object_id.in_(part)).order_by(FocusProposal.id.desc())
        for row in db.scalars(rows):
            found.setdefault(row.object_id, []).append(row)
    return found


def focus_in_force(object_ids: Collection[UUID], on: date | None = None) -> set[UUID]:
    """Which of these objects are under key supervision on a day (today)."""
    found: set[UUID] = set()
    for part in db.in_parts(list(object_ids)):
        found.update(db.scalars(sa.select(FocusProposal.object_id).where(
            FocusProposal.object_id.in_(part), _is_in_force(on or clock.today()))))
    return found


def certain_objects(category: str, on: date | None = None) -> set[UUID]:
    """The objects of a category that must be inspected, outside the draw: those under key supervision (article 6)."""
    agreed = sa.select(FocusProposal.object_id).join(
        ObjectCategory, ObjectCategory.object_id == FocusProposal.object_id)
    day = on or clock.today()
    return set(db.scalars(agreed.where(ObjectCategory.category == category, is_current(on=day), _is_in_force(day))))


def certain_page(category: str = "", page: int = 1, per_page: int = 50) -> Page[FocusProposal]:
    """One page of the list of objects that must be inspected today, of one category if it is named: the first to end first."""
    found = sa.select(FocusProposal).where(_is_in_force(clock.today()))
    if category:
        found = found.where(FocusProposal.object_id.in_(
            sa.select(ObjectCategory.object_id).where(ObjectCategory.category == category, is_current())))
    return page_of(found.order_by(FocusProposal.expires_on, FocusProposal.id), page, per_page)


def certain_ended(since: date) -> list[FocusProposal]:
    """What left the list since a day, because it expired or was lifted: the last first."""
    agreed = sa.select(FocusProposal).where(FocusProposal.decision == FocusDecision.AGREED.value)
    found = db.scalars(agreed.where(sa.not_(_is_in_force(clock.today())), FocusProposal.expires_on >= since))
    return sorted(found, key=_ended_on, reverse=True)


def _ended_on(row: FocusProposal) -> tuple[date, UUID]:
    return clock.local(row.lifted_at).date() if row.lifted_at else row.expires_on or date.min, row.id


def _is_in_force(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(FocusProposal.decision == FocusDecision.AGREED.value, FocusProposal.expires_on >= day,
                   FocusProposal.lifted_at.is_(None))
