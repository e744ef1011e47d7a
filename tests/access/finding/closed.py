"""A visit that is over, and what is written beside its returned record."""

import sqlalchemy as sa

from fieldapp.publication.models import InspectionResult
from fieldapp.review.models import SupplementaryRecord
from fieldapp.visits.models import VisitTask
from tests.access.finding import Thing, _first, _of_task, _review, team_of_visit
from tests.access.going_on import SUPPLEMENT_LINKS


def closed_visit(side: str) -> Thing:
    """The visit of a published result, with its team."""
    results = sa.select(VisitTask.visit_id).join(InspectionResult, InspectionResult.visit_task_id == VisitTask.id)
    found = _first(results.where(_of_task(side), InspectionResult.state == "published").order_by(InspectionResult.id.desc()))
    return Thing(found, team_of_visit(found))


def supplement(side: str) -> Thing:
    """A supplementary record of a returned record, with the visit's team."""
    row = _review(side).visit_task
    found = _first(sa.select(SupplementaryRecord.id).where(SupplementaryRecord.visit_task_id == row.id))
    return Thing(found, team_of_visit(row.visit_id))


def supplement_link(side: str) -> Thing:
    """The link at which its entity reads it."""
    return Thing(SUPPLEMENT_LINKS[side])
