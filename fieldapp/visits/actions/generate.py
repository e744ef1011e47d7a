"""生成任务: one visit for each drawn object, with the team that was matched to it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.draw.models import DrawnObject
from fieldapp.refusals import Conflict
from fieldapp.roles import Officer
from fieldapp.tasks import actions as task_actions
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import Task
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_leader
from fieldapp.visits.actions.counts import count_visit
from fieldapp.visits.actions.proposing import propose_merges
from fieldapp.visits.actions.team import seat, tell_tasks
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.rules import VisitState
from fieldapp.words import N_


def generate_task(task_id: UUID, *, by: Officer) -> Task:
    """Create the task's visits out of the draw, ask for leaders, offer merges, report to legal affairs (article 14)."""
    task = tasks.task(tasks.task_for(by, task_id).id, lock=True)
    rules.check_may_arrange(by, task.division_id)
    drawn = queries.matched_objects(task_id)
    rules.check_may_be_generated(task_state=task.state, is_matched=bool(drawn))
    visits = [_visit_of(task, one, by=by) for one in drawn]
    tell_tasks(visits, by=by)
    overlaps = propose_merges(visits, by=by)
    task_actions.mark_generated(task, summary(visits, overlaps), by=by)
    return task


def open_visit(task: Task, object_id: UUID, team: Sequence[tuple[UUID, str]], *, by: Officer) -> Visit:
    """One visit to one object for one task: its team in ticket order, its object counted as reserved this year."""
    visit = Visit(object_id=object_id, lead_division_id=task.division_id, state=VisitState.PROPOSED,
                  method=method_of(task), created_at=clock.now())
    db.session.add(visit)
    db.session.flush()
    db.session.add(VisitTask(visit_id=visit.id, task_id=task.id, object_id=object_id))
    try:
        db.session.flush()
    except IntegrityError as twice:
        raise Conflict("visits.already_generated", N_("该任务已经生成检查")) from twice
    seat(visit, team)
    count_visit(visit, task.last_day.year)
    ledger.record(by, "visits.visit_created", visit, facts={"task": task.number, "object": visit.object.name})
    return visit


def method_of(task: Task) -> str:
    """The method of a task's visits: on site where the task names it, else the first that it names."""
    return "on_site" if "on_site" in task.inspection_methods or not task.inspection_methods else task.inspection_methods[0]


def summary(visits: Sequence[Visit], overlaps: int) -> dict[str, int]:
    """What legal affairs is told of a generation: how many visits, how many inspectors, how many overlaps."""
    people = {member.inspector_id for visit in visits for member in queries.members(visit)}
    return {"visits": len(visits), "inspectors": len(people), "overlaps": overlaps}


def _visit_of(task: Task, drawn: DrawnObject, *, by: Officer) -> Visit:
    team = [(one.inspector_id, one.seat_type) for one in sorted(drawn.seats, key=lambda one: (one.ticket, one.seat))]
    visit = open_visit(task, drawn.object_id, team, by=by)
    ask_for_leader(visit)
    return visit
