"""Today's visits of the demonstration, held another way: two tasks in one visit, in writing, on the net."""

from typing import Any

from fieldapp import clock, db
from fieldapp.documents import actions as documents
from fieldapp.tasks.models import Task, WorkPlan, WorkPlanReading
from fieldapp.visits.models import Visit, VisitTask


def go_other_ways() -> None:
    """The visit of 9:30 is held in writing, that of 14:00 has two records, that of 16:00 is held on the net."""
    with db.transaction(write=True):
        visit_at(9).method, visit_at(16).method = "written", "online"
    merge_at(14)


def visit_at(hour: int) -> Visit:
    """The visit of today that begins in that hour."""
    [visit] = [one for one in db.session.query(Visit).filter_by(state="approved") if clock.local(one.slot_start).hour == hour]
    return visit


def merge_at(hour: int) -> str:
    """A second task in the visit of that hour: two records for one team; gives the object's name."""
    with db.transaction(write=True):
        visit = visit_at(hour)
        first = visit.visit_tasks[0].task
        columns = {name: getattr(first, name) for name in _columns(Task) if name not in {"id", "number", "external_ref"}}
        task = Task(**{**columns, "number": "鲁科抽〔2026〕777号", "name": "合并的任务"})
        db.session.add(task)
        db.session.flush()
        plan = db.session.query(WorkPlan).filter_by(task_id=first.id, state="approved").first()
        copied = {name: getattr(plan, name) for name in _columns(WorkPlan) if name not in {"id", "task_id"}}
        mine = WorkPlan(task_id=task.id, **copied)
        db.session.add(mine)
        db.session.flush()
        people = [member.inspector.person for member in visit.members]
        db.session.add_all(WorkPlanReading(work_plan_id=mine.id, person_id=one.id, read_at=clock.now()) for one in people)
        part = VisitTask(visit_id=visit.id, task_id=task.id, object_id=visit.object_id)
        db.session.add(part)
        db.session.flush()
        part.record_number_id = documents.reserve("record", "visit_task", part.id, by=people[0].officer).id
        name = visit.object.name
    db.session.remove()
    return name


def _columns(model: Any) -> list[str]:
    return [column.name for column in model.__table__.columns]
