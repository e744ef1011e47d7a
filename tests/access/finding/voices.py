"""Where in the demonstration gone on a complaint is."""

import sqlalchemy as sa

from fieldapp.oversight.models import VisitComplaint
from fieldapp.visits.models import Visit
from tests.access.finding import Thing, _division, _first


def complaint(side: str) -> Thing:
    """A complaint about a visit that the division leads."""
    of_division = sa.select(VisitComplaint.id).join(Visit, Visit.id == VisitComplaint.visit_id)
    return Thing(_first(of_division.where(Visit.lead_division_id == _division(side))))
