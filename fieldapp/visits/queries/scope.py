"""Who may know of a visit: the team, the divisions whose tasks it carries out, legal affairs, the department's head."""

from typing import Any

import sqlalchemy as sa

from fieldapp.registry.models import Inspector
from fieldapp.roles import OF_DIVISION, OVERSEERS, Officer
from fieldapp.tasks.models import Task
from fieldapp.visits.models import TeamMember, Visit, VisitTask


def visible_to(officer: Officer) -> sa.ColumnElement[bool]:
    """The condition on Visit that lets an officer see it; nobody else learns that it exists."""
    if officer.is_any(*OVERSEERS):
        return sa.true()
    reasons: list[sa.ColumnElement[bool]] = [on_team(officer.person_id)]
    if officer.is_any(*OF_DIVISION):
        tasks = sa.select(VisitTask.visit_id).join(Task).where(Task.division_id == officer.division_id)
        reasons += [Visit.lead_division_id == officer.division_id, Visit.id.in_(tasks)]
    return sa.or_(*reasons)


def on_team(person_id: Any) -> sa.ColumnElement[bool]:
    """The condition on Visit that a person is on its team now."""
    seats = sa.select(TeamMember.visit_id).join(Inspector, Inspector.id == TeamMember.inspector_id)
    return Visit.id.in_(seats.where(Inspector.person_id == person_id, TeamMember.left_at.is_(None)))
