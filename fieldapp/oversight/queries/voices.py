"""Reading what the inspected say of an inspection."""

from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Division
from fieldapp.accounts.rules import secret_hash
from fieldapp.oversight.models import ComplaintAnswer, VisitComplaint, VisitRating
from fieldapp.oversight.rules import Door, Given, check_slip, score_of
from fieldapp.refusals import NotFound
from fieldapp.sync import queries as sync
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.words import N_

PAGE = 50


def scores(division_id: UUID | None) -> dict[str, list[int]]:
    """The scores that count, by the name of the division that leads their visits."""
    given = sa.select(VisitRating.visit_id, Division.name, VisitRating.score, VisitRating.door)
    given = given.join(Visit, Visit.id == VisitRating.visit_id).join(Division, Division.id == Visit.lead_division_id)
    given = given.where(Division.id == division_id) if division_id else given
    found: dict[str, list[int]] = {}
    for (_visit, name), rows in groupby(db.session.execute(given.order_by(VisitRating.visit_id)), key=lambda row: row[:2]):
        score = score_of([Given(row[2], Door(row[3])) for row in rows])
        if score is not None:
            found.setdefault(name, []).append(score)
    return found


def ratings_of(visit_id: UUID) -> list[VisitRating]:
    """How a visit was rated, by whichever door."""
    return db.scalars(sa.select(VisitRating).where(VisitRating.visit_id == visit_id).order_by(VisitRating.id))


def rated_more_than_once() -> list[list[VisitRating]]:
    """The ratings of each visit for which more than one came, the latest visits first."""
    several = sa.select(VisitRating.visit_id).group_by(VisitRating.visit_id).having(sa.func.count() > 1)
    several = several.order_by(sa.func.max(VisitRating.id).desc()).limit(PAGE)
    rows = db.scalars(sa.select(VisitRating).where(VisitRating.visit_id.in_(db.scalars(several))).order_by(
        VisitRating.visit_id.desc(), VisitRating.id))
    return [list(of_visit) for _id, of_visit in groupby(rows, key=lambda row: row.visit_id)]


def visit_of_slip(slip: str) -> Visit:
    """The visit that a slip rates: that of the phone to which it was shown, once something was signed or refused there."""
    link = sync.link_of_slip(secret_hash(slip))
    if link is None:
        raise NotFound("oversight.no_slip", N_("没有这个评价地址，请核对"))
    check_slip(has_answered=sync.has_answered(link))
    return visits.visit(link.visit_id)


def complaints(visit_id: UUID | None = None) -> list[tuple[VisitComplaint, ComplaintAnswer | None]]:
    """The complaints with their answers, of one visit or the latest of all."""
    rows = _with_answers()
    rows = rows.where(VisitComplaint.visit_id == visit_id) if visit_id else rows.limit(PAGE)
    return [(row, answer) for row, answer in db.session.execute(rows.order_by(VisitComplaint.id.desc()))]


def complaint(complaint_id: UUID) -> tuple[VisitComplaint, ComplaintAnswer | None]:
    """One complaint with its answer."""
    return _one(VisitComplaint.id == complaint_id)


def complaint_by_secret(secret: str) -> tuple[VisitComplaint, ComplaintAnswer | None]:
    """A complaint with its answer, for whoever made it."""
    return _one(VisitComplaint.secret_sha256 == secret_hash(secret))


def _with_answers() -> sa.Select[VisitComplaint, ComplaintAnswer]:
    return sa.select(VisitComplaint, ComplaintAnswer).outerjoin(
        ComplaintAnswer, ComplaintAnswer.complaint_id == VisitComplaint.id)


def _one(which: sa.ColumnElement[bool]) -> tuple[VisitComplaint, ComplaintAnswer | None]:
    found = db.session.execute(_with_answers().where(which)).first()
    if found is None:
        raise NotFound("oversight.no_complaint", N_("没有这件投诉"))
    return found[0], found[1]
