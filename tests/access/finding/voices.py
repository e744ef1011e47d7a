"""Where in the demonstration gone on a complaint is."""

import sqlalchemy as sa

from fieldapp.oversight.models import VisitComplaint
from fieldapp.visits.models import Visit
from tests.access.finding import Thing, _division, _first
from tests.access.going_on import HIGH_TECH, OWN_COMPLAINTS, RURAL

SLIP = "a-slip-of-an-own-phone"


def complaint(side: str) -> Thing:
    """A complaint about a visit that the division leads."""
    of_division = sa.select(VisitComplaint.id).join(Visit, Visit.id == VisitComplaint.visit_id)
    return Thing(_first(of_division.where(Visit.lead_division_id == _division(side))))


def own_complaint(side: str) -> Thing:
    """The address of a complaint about a visit that the division leads, as whoever made it has it."""
    return Thing(OWN_COMPLAINTS[{"农村科技处": RURAL, "高新技术处": HIGH_TECH}[side]])
