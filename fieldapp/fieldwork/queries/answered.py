"""What has been answered or done on site already, so that what comes later stands beside it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import RecordEvent
from fieldapp.fieldwork.queries import rows
from fieldapp.fieldwork.queries.unsigned import unsigned_decisions
from fieldapp.fieldwork.rules import AppliedOp
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit, VisitTask


def has_happened(op: AppliedOp) -> bool:
    """Whether what an operation does was done at its place before: shown, served, signed, refused."""
    done = sa.select(RecordEvent.id).where(RecordEvent.visit_id == op.visit_id, RecordEvent.path == op.path,
                                           RecordEvent.kind == op.kind)
    return db.session.scalar(done.limit(1)) is not None


def is_answered_without(visit: Visit, person: UUID, moment: datetime) -> bool:
    """Whether the entity has answered for a record of the visit at a moment, and this member has not come since (E15)."""
    paths = [f"r/{part.id}/record" for part in visit.visit_tasks]
    answers = [row for row in rows.events(visit.id)
               if row.path in paths and row.kind in {"sign", "refuse"} and row.digest_fits]
    joined = [member.joined_at for member in visits.members(visit) if member.inspector.person_id == person]
    return bool(answers) and rules.is_answered_without(
        [_moment(visit, row) for row in answers], joined, comes_for_revisit=_comes_for_revisit(visit, person, moment))


def _comes_for_revisit(visit: Visit, person: UUID, moment: datetime) -> bool:
    here = [row.at for row in rows.items(visit.id)
            if row.path == f"present/{person}" and row.kind == rows.PRESENCE and row.voided_by_op is None]
    since = min(here, default=None)
    return any(rules.comes_for_revisit(unsigned_decisions(part.id), moment, since)
               for part in visit.visit_tasks if not rows.is_over(part))


def recusal_said(visit: Visit) -> rules.RecusalSaid | None:
    """What the inspected party has said about recusal, and which of its papers it has answered; None if it said nothing."""
    supplements = {f"supplement/{one.id}" for one in visits.supplements_of(visit)}
    answered = {row.path: row.receipt for row in rows.events(visit.id)
                if row.path in {"notice", *supplements} and row.kind in {"sign", "refuse"}}
    said, _ = rows.field_at(visit.id, "notice/recusal")
    return rules.RecusalSaid(said.value, said.receipt, answered, supplements) if said else None


def awaited_since(part: VisitTask, moment: datetime) -> tuple[date, date]:
    """The legal day of a moment, and the one on which the record was first noted as waiting: the same if it was not yet."""
    waits = [row for row in rows.events(part.visit_id) if row.path == f"awaiting/{part.id}" and row.kind == "issue"]
    first = min([moment, *(_moment(part.visit, row) for row in waits)])
    return clock.local(moment).date(), clock.local(first).date()


def _moment(visit: Visit, row: RecordEvent) -> datetime:
    """When an event happened, within what the server's clock allows."""
    return rules.moment_within(row.at, row.clock_offset_ms, row.received_at,
                               not_before=visit.notice.issued_at if visit.notice else None)
