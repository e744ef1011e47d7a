"""Applications for recusal and for replacement in the demonstration gone on, one of each division."""

import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Division
from fieldapp.visits.models import Recusal, Substitution, Visit
from tests.access.finding import Thing, team_of_visit


def recusal(side: str) -> Thing:
    """An application for recusal that nobody has decided."""
    return _of(Recusal, side)


def substitution(side: str) -> Thing:
    """An application to replace a member that nobody has decided."""
    return _of(Substitution, side)


def _of(model: type[Recusal] | type[Substitution], side: str) -> Thing:
    of_side = sa.select(model).join(Visit, Visit.id == model.visit_id).join(Division, Division.id == Visit.lead_division_id)
    found = db.session.scalars(of_side.where(Division.name == side).limit(1)).one()
    return Thing(found.id, team_of_visit(found.visit_id))
