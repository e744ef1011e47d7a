"""Applications for recusal and for replacement in the demonstration gone on, one of each division; the merge of both."""

import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Division, Person, PersonRole
from fieldapp.roles import HEADS
from fieldapp.visits.models import MergeProposal, Recusal, Substitution, Visit
from fieldapp.visits.queries.merges import concerned
from tests.access.finding import Thing, team_of_visit


def recusal(side: str) -> Thing:
    """An application for recusal that nobody has decided."""
    return _of(Recusal, side)


def substitution(side: str) -> Thing:
    """An application to replace a member that nobody has decided."""
    return _of(Substitution, side)


def merge(side: str) -> Thing:
    """What was found to merge in two divisions and nobody has proposed yet; the heads of both see it."""
    proposed = db.session.scalars(sa.select(MergeProposal).where(MergeProposal.proposed_by.is_(None)).limit(1)).one()
    heads = sa.select(PersonRole.person_id).join(Person).where(
        Person.division_id.in_(concerned(proposed)), PersonRole.role.in_(HEADS))
    return Thing(proposed.id, frozenset(db.session.scalars(heads)))


def _of(model: type[Recusal] | type[Substitution], side: str) -> Thing:
    of_side = sa.select(model).join(Visit, Visit.id == model.visit_id).join(Division, Division.id == Visit.lead_division_id)
    found = db.session.scalars(of_side.where(Division.name == side).limit(1)).one()
    return Thing(found.id, team_of_visit(found.visit_id))
