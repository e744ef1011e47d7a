"""A phone that was handed over comes back without its code."""

from uuid import UUID

from fieldapp import ledger
from fieldapp.accounts import queries as accounts
from fieldapp.fieldwork import queries
from fieldapp.visits import queries as visits


def take_back(visit_id: UUID, person_id: UUID | None) -> str:
    """A member of the visit's team, known by the account password, takes the phone back: the name, nothing for all others."""
    visit = visits.visit(visit_id)
    if person_id is None or person_id not in queries.team(visit):
        return ""
    officer = accounts.person(person_id).officer
    ledger.record(officer, "fieldwork.phone_taken_back", visit)
    return officer.name
