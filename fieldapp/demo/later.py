"""A later start: what nobody has touched is due today again, in the year of today."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from fieldapp import clock, db
from fieldapp.demo import course, directories
from fieldapp.demo.cases.platform import team_of, window_around
from fieldapp.demo.course import approve_work_plan, prepare_visit, visits_of
from fieldapp.demo.people import SUPERVISION
from fieldapp.demo.stage import acting, moment
from fieldapp.demo.today import SHORT, SLOTS, TASK, objects_for, take_in, two_inspectors
from fieldapp.draw import queries as drawn
from fieldapp.planning import queries as plans
from fieldapp.sync.models import Op
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import TaskState
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as known_visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import VisitState

TEAM = 2
IS_OVER = "任务时间已过，由新任务接续（演示数据）"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit of the platform's tasks that nobody has touched; `slot` is None where a start broke off before it."""

    visit_id: UUID
    object_id: UUID
    slot: datetime | None
    is_in_time: bool


def start_later() -> None:
    """Untouched visits of an earlier day are due today; what ran out with its year or its days begins anew."""
    with db.transaction(write=False):
        has_plan = bool(plans.versions(clock.today().year))
        waiting = _untouched()
        has_teams = all(len(team_of(division)) == TEAM for division in SUPERVISION)
    if not has_teams:
        directories.load_inspectors()  # certificates have run out since
    if not has_plan:
        course.issue_plan(clock.today().year)
    for one in waiting:
        if one.is_in_time and one.slot:
            prepare_visit(one.visit_id, SHORT, clock.today(), one.slot.hour, one.slot.minute)
    over = [one for one in waiting if not one.is_in_time]
    if over:
        _draw_again(over)
    for ready in course.READY:
        _set_up_again(ready)


def _untouched() -> list[Waiting]:
    """What waits since an earlier day: approved visits without a phone's operation, and such as never had a slot."""
    today = clock.today()
    touched = set(db.session.scalars(select(Op.visit_id)))
    found = []
    for task_id in db.session.scalars(select(Task.id).where(Task.name == TASK).order_by(Task.id)).all():
        for visit in known_visits.visits_of_task(task_id):
            slot, window = visit.slot_start and clock.local(visit.slot_start), known_visits.window(visit)
            waits = slot.date() < today and visit.state == VisitState.APPROVED if slot else _has_no_slot(visit)
            if waits and visit.id not in touched:
                is_in_time = bool(slot) and window.first_day <= today <= window.last_day
                found.append(Waiting(visit.id, visit.object_id, slot, is_in_time))
    return found


def _has_no_slot(visit: Visit) -> bool:
    return visit.state == VisitState.PROPOSED


def _draw_again(over: list[Waiting]) -> None:
    """The platform draws a task of today's year, with the same objects; the visits whose days are over are cancelled."""
    today = clock.today()
    wanted = {one.object_id for one in over}
    with acting("fagui") as legal:
        for one in over:
            visits.cancel_visit(one.visit_id, IS_OVER, by=legal)
        objects = sorted(objects_for(two_inspectors()), key=lambda one: one.id not in wanted)[:len(over)]
        (task_id,) = take_in([(one, window_around(today, today)) for one in objects], by=legal)
    approve_work_plan(task_id, SHORT)
    for visit_id, one, (hour, minute) in zip(visits_of(task_id), over, SLOTS, strict=False):
        slot = one.slot or moment(today, hour, minute)
        prepare_visit(visit_id, SHORT, today, slot.hour, slot.minute)


def _set_up_again(ready: course.Ready) -> None:
    """A task that nobody drew while its days lasted is cancelled, and set up anew from the plan in force."""
    with db.transaction(write=False):
        task = db.session.scalars(select(Task).where(Task.name == ready.name).order_by(Task.id.desc())).first()
        waits = task is not None and task.state in {TaskState.APPROVED, TaskState.SUBMITTED}
        if task is None or not waits or task.last_day >= clock.today() or drawn.draw_of_task(task.id):
            return
        task_id, has_plan = task.id, plans.plan_in_force(clock.today().year) is not None
    with acting(f"{ready.division}-chuzhang") as head:
        tasks.cancel_task(task_id, IS_OVER, by=head)
    if has_plan:
        course.set_up(ready.item, ready.name, ready.division, approve=ready.is_approved, by_grade=ready.by_grade)
