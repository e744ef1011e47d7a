"""Agencies and experts in the demonstration gone on, an entrustment of each division with its report."""

import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Division
from fieldapp.entrusting.models import EntrustedParty, Entrustment, EntrustmentReport, PartyCertificate
from tests.access.finding import Thing, team_of_visit


def party(_side: str) -> Thing:
    """An agency of the directory."""
    return Thing(db.session.scalars(sa.select(EntrustedParty.id).where(EntrustedParty.kind == "agency").limit(1)).one())


def certificate(_side: str) -> Thing:
    """A qualification with its evidence."""
    proved = sa.select(PartyCertificate.id).where(PartyCertificate.original_id.is_not(None))
    return Thing(db.session.scalars(proved.limit(1)).one())


def entrustment(side: str) -> Thing:
    """An entrustment of the division that has a report and is under way."""
    found = _reported(side)
    return Thing(found.id, team_of_visit(found.assistant.visit_id))


def report(side: str) -> Thing:
    """Its report."""
    found = _reported(side)
    return Thing(found.reports[0].id, team_of_visit(found.assistant.visit_id))


def _reported(side: str) -> Entrustment:
    of_side = sa.select(Entrustment).join(Division, Division.id == Entrustment.division_id).where(Division.name == side)
    return db.session.scalars(of_side.where(Entrustment.id.in_(sa.select(EntrustmentReport.entrustment_id))).limit(1)).one()
