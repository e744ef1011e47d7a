"""What a visit asks of whoever would join its team, read once for as many as come into question."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.draw import rules as draws
from fieldapp.draw.queries import city_codes
from fieldapp.registry import queries as registry
from fieldapp.registry.models import Inspector
from fieldapp.tasks.rules import MatchCondition, conditions_asked
from fieldapp.visits import rules
from fieldapp.visits.models import TeamMember, Visit, VisitTask
from fieldapp.visits.queries.one import day_of, members, window

CERTIFIED = "certified"  # a seat that asks for no speciality


class Screen:
    """Who is away, who has an interest, who is busy elsewhere at the same time, who sits or sat here, who meets what the
    matchings of the tasks, the seat and the items ask."""

    def __init__(self, visit: Visit) -> None:
        first, self._last = days_for(visit)
        self._visit = visit
        self._away = registry.unavailable(first, self._last)
        self._interested = registry.interests_by_object([visit.object_id]).get(visit.object_id, set())
        self._busy = _busy(visit)
        self._seated = {one.inspector_id for one in visit.members}
        self._terms = [(_inspected(part), conditions_asked(part.task.match_mode, part.task.match_conditions))
                       for part in visit.visit_tasks]
        apart = any(MatchCondition.NOT_SAME_PAIR in asked for _, asked in self._terms)
        self._last_team = registry.last_teams([visit.object_id]).get(visit.object_id, set()) if apart else set()
        self._unfit: dict[UUID | None, set[UUID]] = {}

    def busy(self) -> set[UUID]:
        """Who has another visit at the same time."""
        return {one for one, visits in self._busy.items() if visits}

    def fitness(self, inspector: Inspector, *, seat: TeamMember | None = None, leaving: UUID | None = None) -> rules.Fitness:
        """How an inspector would stand on the team, in the seat of a member who goes, if one is given; the visit that they
        leave for it does not keep them busy."""
        is_here = not inspector.has_left_by(self._last)
        is_busy = bool(self._busy.get(inspector.id, set()) - {leaving})
        return rules.Fitness(
            name=inspector.name, is_certified=is_here and inspector.is_certified_on(self._last),
            is_qualified=self._meets(inspector, seat) and inspector.id not in self.unfit_for_items(seat),
            is_available=inspector.id not in self._away and not is_busy, has_interest=inspector.id in self._interested,
            sits_or_sat_there=inspector.id in self._seated)

    def unfit_for_items(self, seat: TeamMember | None = None) -> set[UUID]:
        """Who of the directory would leave an item of a merged visit without anybody qualified for it once `seat` is empty;
        nobody where nobody who could come is qualified, and in the visit of one task, whose own conditions its draw keeps."""
        key = seat.id if seat else None
        if key not in self._unfit:
            self._unfit[key] = self._leaving_a_gap([one for one in members(self._visit) if one.id != key])
        return self._unfit[key]

    def _leaving_a_gap(self, staying: Sequence[TeamMember]) -> set[UUID]:
        lacking = rules.gap([qualified(one.inspector, self._last) for one in staying], demands_of(self._visit))
        if len(self._visit.visit_tasks) == 1 or lacking == rules.Gap():
            return set()
        everybody = registry.inspectors_all()
        filling = {one.id for one in everybody if lacking.is_filled_by(qualified(one, self._last))}
        out = set(self._away) | self._interested | self.busy() | self._seated
        can_come = {one.id for one in everybody if one.is_certified_on(self._last)} - out
        return {one.id for one in everybody} - filling if filling & can_come else set()

    def _meets(self, inspector: Inspector, seat: TeamMember | None) -> bool:
        """Whether the inspector brings the seat's speciality and meets every condition of the tasks' matchings (article 16)."""
        if seat is not None and seat.seat_type not in {CERTIFIED, *inspector.specialities}:
            return False
        staying = {one.inspector_id for one in members(self._visit) if seat is None or one.id != seat.id}
        if inspector.id in self._last_team and staying & self._last_team:
            return False
        return all(draws.meets(_candidate(inspector, about), one, about) for about, asked in self._terms for one in asked)


def _inspected(part: VisitTask) -> draws.Inspected:
    return draws.Inspected(part.task.item.object_category, part.visit.object.region_code, part.task.division.name)


def _candidate(inspector: Inspector, about: draws.Inspected) -> draws.Candidate:
    """An inspector as the conditions of a matching see them; for whom the directory says nothing, every kind of object fits."""
    types = {about.subject_type} if inspector.subject_types is None else inspector.subject_types
    return draws.Candidate(str(inspector.id), inspector.division.name, city_codes().get(inspector.city, ""),
                           qualified_for=frozenset(types))


def fitness(inspector: Inspector, visit: Visit, *, seat: TeamMember | None = None,
            leaving: UUID | None = None) -> rules.Fitness:
    """How one inspector would stand on a visit's team, in the seat of a member who goes."""
    return Screen(visit).fitness(inspector, seat=seat, leaving=leaving)


def qualified(inspector: Inspector, day: date) -> rules.Qualified:
    """An inspector as the items of a visit see them: certified on the day, for which objects, with which specialities."""
    types = None if inspector.subject_types is None else frozenset(inspector.subject_types)
    return rules.Qualified(inspector.id, inspector.is_certified_on(day), types, frozenset(inspector.specialities))


def demands_of(visit: Visit) -> list[rules.Demand]:
    """What the items of a visit ask of its team."""
    items = [part.task.item for part in visit.visit_tasks]
    return [rules.Demand(item.object_category, tuple(item.required_specialities)) for item in items]


def days_for(visit: Visit) -> tuple[date, date]:
    """The days on which a new member would be needed: the agreed one, or any of the window."""
    if visit.slot_start is not None:
        day = max(day_of(visit), clock.today())
        return day, day
    span = window(visit)
    first = max(span.first_day, clock.today())
    return first, max(first, span.last_day)


def _busy(visit: Visit) -> dict[UUID, set[UUID | None]]:
    """By inspector the other open visits that have their slot at the same time as this one."""
    found: dict[UUID, set[UUID | None]] = defaultdict(set)
    if visit.slot_start is None or visit.slot_end is None:
        return found
    seats = sa.select(TeamMember.inspector_id, TeamMember.visit_id).join(Visit, Visit.id == TeamMember.visit_id)
    same_time = seats.where(Visit.id != visit.id, Visit.state.in_(rules.OPEN), TeamMember.left_at.is_(None),
                            Visit.slot_start < visit.slot_end, Visit.slot_end > visit.slot_start)
    for inspector_id, visit_id in db.session.execute(same_time):
        found[inspector_id].add(visit_id)
    return found
