"""A person's day: what is due, begun, overdue, sent, and what came back with remarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fieldapp import clock
from fieldapp.fieldwork.models import Kit
from fieldapp.fieldwork.queries import kits, rows
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit, VisitRemark
from fieldapp.visits.rules import ON_SITE, UNDER_WAY, VisitState


@dataclass(frozen=True, slots=True)
class Due:
    """One visit of the day, as its person sees it."""

    visit: Visit
    kit: Kit | None
    team: Sequence[str]
    leader: str
    is_leader: bool
    is_overdue: bool
    paused_until: date | None
    awaiting_until: date | None
    remarks: Sequence[VisitRemark]

    @property
    def is_paused(self) -> bool:
        """Whether the visit waits for another day."""
        return self.visit.state == VisitState.PAUSED


def visits_due(officer: Officer) -> list[Due]:
    """The person's visits of today: overdue and paused first, then by time; sent ones behind."""
    moment = clock.now()
    due = [_due(visit, officer, moment) for visit in visits.visits_of_person(officer.person_id, on=clock.today())]
    return sorted(due, key=lambda one: (one.visit.state == VisitState.CLOSED, not (one.is_overdue or one.is_paused),
                                        one.visit.slot_start or moment))


def has_pin(person_id: UUID) -> bool:
    """Whether the person has set a PIN."""
    return bool(kits.pins([person_id]))


def _due(visit: Visit, officer: Officer, moment: datetime) -> Due:
    leader = visits.leader(visit)
    kit = kits.kit_of(visit.id, officer.person_id) if visit.state in ON_SITE else None
    others = [inspector.name for person, inspector in rows.team(visit).items() if person != officer.person_id]
    overdue = visit.state == VisitState.APPROVED and visit.slot_end is not None and visit.slot_end < moment
    remarks = visits.remarks_open(visit.id) if visit.state in UNDER_WAY else []
    return Due(visit, kit, others, leader.inspector.name if leader else "",
               leader is not None and leader.inspector.person_id == officer.person_id, overdue, _paused_until(visit),
               min((part.awaiting_until for part in visit.visit_tasks if part.awaiting_until), default=None), remarks)


def _paused_until(visit: Visit) -> date | None:
    current, _ = rows.field_at(visit.id, "pause") if visit.state == VisitState.PAUSED else (None, [])
    until = current.value.get("until") if current and current.value else None
    return date.fromisoformat(until) if until else None
