"""A visit that is over."""

import sqlalchemy as sa

from fieldapp.publication.models import InspectionResult
from fieldapp.visits.models import VisitTask
from tests.access.finding import Thing, _first, _of_task, team_of_visit


def closed_visit(side: str) -> Thing:
    """The visit of a published result, with its team."""
    results = sa.select(VisitTask.visit_id).join(InspectionResult, InspectionResult.visit_task_id == VisitTask.id)
    found = _first(results.where(_of_task(side), InspectionResult.state == "published").order_by(InspectionResult.id.desc()))
    return Thing(found, team_of_visit(found))
