"""Who has not signed a record, and what the head decided about it."""

from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.fieldwork.models import RecordEvent, UnsignedDecision
from fieldapp.fieldwork.queries import rows
from fieldapp.fieldwork.rules import UnsignedChoice, UnsignedDecided, happens_on_site, place
from fieldapp.visits import queries as visits
from fieldapp.visits.models import VisitTask


def not_signing(part: VisitTask) -> dict[UUID, RecordEvent]:
    """The members of whom the leader has said that they do not sign, with what was said last."""
    root = f"r/{part.id}/record/inspector/"
    said = {place(row.path).person: row for row in rows.events(part.visit_id)
            if row.path.startswith(root) and row.kind in {"sign", "refuse"}}
    return {person: row for person, row in said.items() if person is not None and row.kind == "refuse"}


def come(part: VisitTask) -> set[UUID]:
    """The members who may sign: on site those who have confirmed that they are there, elsewhere all of them."""
    team = set(rows.team(part.visit))
    if not happens_on_site(part.visit.method):
        return team
    here = {row.path for row in rows.items(part.visit_id) if row.kind == rows.PRESENCE and row.voided_by_op is None}
    return {person for person in team if f"present/{person}" in here}


def certified_here(part: VisitTask) -> set[UUID]:
    """The members whose signatures count: those who may sign, with a certificate that is valid on the day."""
    team, day = rows.team(part.visit), visits.day_of(part.visit)
    return {person for person in come(part) if team[person].is_certified_on(day)}


def unsigned_decisions(visit_task_id: UUID) -> list[UnsignedDecided]:
    """What the head has decided, the latest last."""
    of_record = sa.select(UnsignedDecision).where(UnsignedDecision.visit_task_id == visit_task_id)
    return [UnsignedDecided(UnsignedChoice(row.choice), row.opinion, row.person.name, row.at)
            for row in db.scalars(of_record.order_by(UnsignedDecision.id))]
