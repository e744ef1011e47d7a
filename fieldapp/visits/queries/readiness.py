"""What the guards of submission, approval and start have to know of a visit."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import RuleSet, is_workday, ordinary_kind
from fieldapp.registry.models import InspectorUnavailability
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import WorkPlan
from fieldapp.visits import rules
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.queries.assistants import assisting
from fieldapp.visits.queries.merges import undecided_of
from fieldapp.visits.queries.one import day_of, leader, members


def readiness(visit: Visit, day: date | None = None, *, plans_at: datetime | None = None) -> rules.Readiness:
    """How far the visit is, judged on a day (that of the slot, if none is given), by the work plans of a moment (of now)."""
    on = day or day_of(visit)
    numbers = numbers_for(visit)
    return rules.Readiness(
        slot_day=clock.local(visit.slot_start).date() if visit.slot_start else None, team=attendants(visit, on),
        tasks=task_readiness(visit, plans_at), undecided_merges=len(undecided_of(visit.id)),
        assisting=assisting(visit, on), min_inspectors=numbers.min_inspectors, min_certified=numbers.min_certified)


def attendants(visit: Visit, day: date) -> list[rules.Attendant]:
    """The team as it stands on a day: who is certified, who leads, who can come."""
    leading, away = leader(visit), unavailable(visit, day)
    return [rules.Attendant(member.inspector.name, member.inspector.is_certified_on(day),
                            is_leader=leading is not None and member.id == leading.id,
                            is_available=member.inspector_id not in away) for member in members(visit)]


def unavailable(visit: Visit, day: date) -> set[UUID]:
    """The members who cannot go out on that day."""
    ids = [member.inspector_id for member in members(visit)]
    away = sa.select(InspectorUnavailability.inspector_id).where(InspectorUnavailability.inspector_id.in_(ids))
    return set(db.scalars(away.where(InspectorUnavailability.first_day <= day, InspectorUnavailability.last_day >= day)))


def plan_of(part: VisitTask, moment: datetime | None = None) -> WorkPlan | None:
    """The work plan of a visit's task that is in force, or was at a moment."""
    return tasks.work_plan_at(part.task_id, moment) if moment else tasks.work_plan_in_force(part.task_id)


def task_readiness(visit: Visit, plans_at: datetime | None = None) -> list[rules.TaskReadiness]:
    """For each task of the visit whether its work plan is in force, and which members have not read it."""
    ready = []
    for part in visit.visit_tasks:
        plan = plan_of(part, plans_at)
        known = tasks.have_read(plan) if plan else set()
        unread = [one.inspector.name for one in members(visit) if one.inspector.person_id not in known] if plan else []
        ready.append(rules.TaskReadiness(part.task.name, plan is not None, unread))
    return ready


def numbers_for(visit: Visit) -> RuleSet:
    """The rule set that the visit follows: that of its slot's day."""
    return policy.rule_set_on(day_of(visit))


def days_off(first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which nobody works, by the calendar, weekends where it has no entry."""
    entries, days = policy.entries_between(first, last), [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if not is_workday(entries[day].kind if day in entries else ordinary_kind(day))]


def is_working_day(moment: datetime) -> bool:
    """Whether the day of a moment is a working day by the calendar, Monday to Friday where it has no entry."""
    day = clock.local(moment).date()
    entry = policy.entries_between(day, day).get(day)
    return is_workday(entry.kind if entry else ordinary_kind(day))
