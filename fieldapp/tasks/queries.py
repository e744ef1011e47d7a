"""Reading tasks, their pools, decisions, work plans and reports."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from fieldapp import clock, db
from fieldapp.db import Page, containing, page_of
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import grade_of
from fieldapp.refusals import NotFound
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionItem, InspectionObject, ObjectCategory, ObjectVisitCount
from fieldapp.roles import OF_DIVISION, OVERSEERS, Officer
from fieldapp.tasks import rules
from fieldapp.tasks.models import GenerationReport, Task, TaskDecision, TaskMember, WorkPlan, WorkPlanReading
from fieldapp.tasks.rules import Conditions, DecisionKind, Pool, WorkPlanState
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """Which tasks to show; empty means all that may be seen."""

    mine: bool = False
    state: str = ""
    text: str = ""


def task(task_id: UUID, *, lock: bool = False) -> Task:
    """One task; locked against others where it is about to change."""
    asked = sa.select(Task).where(Task.id == task_id)
    found = db.session.scalar(db.held(asked, Task) if lock else asked)
    if found is None:
        raise _no_task()
    return found


def tasks_held(task_ids: Collection[UUID]) -> list[Task]:
    """Some tasks, held always in the same order; rows that only point at them can still be written meanwhile."""
    held = sa.select(Task).where(Task.id.in_(task_ids)).order_by(Task.id).with_for_update(of=Task, key_share=True)
    return db.scalars(held.execution_options(populate_existing=True))


def task_for(officer: Officer, task_id: UUID) -> Task:
    """A task that this officer may see: the division's officers and heads, its teams, those who oversee."""
    found = db.session.scalar(sa.select(Task).where(Task.id == task_id, _visible(officer)))
    if found is None:
        raise _no_task()
    return found


def task_of_plan_for(officer: Officer, work_plan_id: UUID) -> Task:
    """The task of a work plan, if this officer may see it."""
    return task_for(officer, work_plan(work_plan_id).task_id)


def task_of_own_division(officer: Officer, task_id: UUID) -> Task:
    """A task of the officer's own division; any other is hidden."""
    found = task(task_id)
    if found.division_id != officer.division_id:
        raise _no_task()
    return found


def tasks_for(officer: Officer, filters: TaskFilters, page: int = 1, per_page: int = 30) -> Page[Task]:
    """One page of the tasks that this officer may see, the newest first."""
    found = sa.select(Task).where(_visible(officer))
    if filters.mine:
        found = found.where(Task.author_id == officer.person_id)
    if filters.state:
        found = found.where(Task.state == filters.state)
    if filters.text:
        found = found.where(sa.or_(containing(Task.name, filters.text), containing(Task.number, filters.text)))
    return page_of(found.order_by(Task.id.desc()), page, per_page)


def task_with_external_ref(reference: str) -> Task | None:
    """The task that was taken in under another platform's number."""
    return db.session.scalar(sa.select(Task).where(Task.external_ref == reference).limit(1))


def pool_for(category: str, conditions: Conditions, on: date) -> Pool:
    """How many objects of a category meet the conditions, and how many of those the draw leaves out, as the freeze does:
    closed, under key supervision, or at the cap of the year of day `on`, in which the visits will count."""
    pools = pools_by_grade(category, conditions, on).values()
    return Pool(sum(one.found for one in pools), sum(one.closed for one in pools), sum(one.at_cap for one in pools),
                sum(one.certain for one in pools))


def pools_by_grade(category: str, conditions: Conditions, on: date) -> dict[str, Pool]:
    """The same for each credit-risk grade that any of these objects bears."""
    most = policy.rule_set_on(on).max_visits_per_year
    graded = registry.directory_grades(category, conditions={name: list(wanted) for name, wanted in conditions.items()})
    focus = registry.certain_objects(category, clock.today())
    why: Counter[tuple[str, str]] = Counter()
    for row in _left_out(category, focus, on.year, most):
        if _meets(row, conditions):
            reason = "closed" if row.status != "active" else "certain" if row.id in focus else "at_cap"
            why[grade_of(row.credit_risk_grade), reason] += 1
    found: Counter[str] = Counter()
    for written, count in graded.items():
        found[grade_of(written)] += count
    return {grade: Pool(count, why[grade, "closed"], why[grade, "at_cap"], why[grade, "certain"])
            for grade, count in found.items()}


def choices(category: str) -> dict[str, list[Any]]:
    """What the objects of a category differ in: sizes, cities, regions (with their city), other categories."""
    within = sa.select(ObjectCategory.object_id).where(ObjectCategory.category == category)
    of = InspectionObject.id.in_(within)
    regions = sa.select(InspectionObject.region_code, InspectionObject.region_name, InspectionObject.city).where(
        of, InspectionObject.region_code != "").distinct()
    types = sa.select(ObjectCategory.category).where(
        ObjectCategory.object_id.in_(within), ObjectCategory.category != category).distinct()
    return {
        "sizes": db.scalars(sa.select(InspectionObject.size).where(of, InspectionObject.size != "").distinct()),
        "cities": db.scalars(sa.select(InspectionObject.city).where(of, InspectionObject.city != "").distinct().order_by(
            InspectionObject.city)),
        "region_codes": sorted(tuple(row) for row in db.session.execute(regions)),
        "types": db.scalars(types.order_by(ObjectCategory.category)),
    }


def specialities() -> list[str]:
    """The specialities that inspectors have."""
    return sorted({word for inspector in registry.inspectors_all() for word in inspector.specialities})


def decisions(task_id: UUID) -> list[TaskDecision]:
    """What was decided about a task, the first first."""
    return db.scalars(sa.select(TaskDecision).where(TaskDecision.task_id == task_id).order_by(TaskDecision.id))


def last_return(task_id: UUID) -> TaskDecision | None:
    """The remarks with which a task came back last."""
    returned = [row for row in decisions(task_id) if row.kind == DecisionKind.RETURNED]
    return returned[-1] if returned else None


def author_ids(task: Task) -> set[UUID]:
    """Those who wrote or submitted a task."""
    submitted = {row.person_id for row in decisions(task.id) if row.kind == DecisionKind.SUBMITTED}
    return {task.author_id} | submitted


def submitter_id(task: Task) -> UUID:
    """Who submitted a task last; its author where nobody has."""
    submitted = [row.person_id for row in decisions(task.id) if row.kind == DecisionKind.SUBMITTED]
    return submitted[-1] if submitted else task.author_id


def members(task_id: UUID) -> list[UUID]:
    """The people of a task's teams."""
    return db.scalars(sa.select(TaskMember.person_id).where(TaskMember.task_id == task_id).order_by(TaskMember.person_id))


def member_rows(task_id: UUID) -> dict[UUID, TaskMember]:
    """The rows of a task's members by person."""
    return {row.person_id: row for row in db.scalars(sa.select(TaskMember).where(TaskMember.task_id == task_id))}


def work_plan(work_plan_id: UUID) -> WorkPlan:
    """One version of a work plan."""
    found = db.session.get(WorkPlan, work_plan_id)
    if found is None:
        raise NotFound("tasks.no_work_plan", N_("没有这份工作方案"))
    return found


def work_plans(task_id: UUID) -> list[WorkPlan]:
    """All versions of a task's work plan, the newest first."""
    return db.scalars(sa.select(WorkPlan).where(WorkPlan.task_id == task_id).order_by(WorkPlan.version.desc()))


def work_plan_in_force(task_id: UUID) -> WorkPlan | None:
    """The approved version of a task's work plan."""
    return next((plan for plan in work_plans(task_id) if plan.state == WorkPlanState.APPROVED), None)


def work_plan_at(task_id: UUID, moment: datetime) -> WorkPlan | None:
    """The version that was in force at a moment."""
    return next((plan for plan in work_plans(task_id) if plan.decided_at is not None
                 and rules.was_approved(plan.state, plan.decided_at) and plan.decided_at <= moment), None)


def last_plan_of_item(task: Task) -> WorkPlan | None:
    """The last approved plan of another task about the same item: with it the next may begin."""
    of_item = sa.select(WorkPlan).join(Task, Task.id == WorkPlan.task_id).join(
        InspectionItem, InspectionItem.id == Task.item_id).where(
        InspectionItem.code == task.item.code, Task.division_id == task.division_id, Task.id != task.id,
        WorkPlan.state == WorkPlanState.APPROVED)
    return db.session.scalar(of_item.order_by(WorkPlan.decided_at.desc()).limit(1))


def have_read(plan: WorkPlan) -> set[UUID]:
    """Who has read this version of a plan, or a later one."""
    later = sa.select(WorkPlan.id).where(WorkPlan.task_id == plan.task_id, WorkPlan.version >= plan.version)
    return set(db.scalars(sa.select(WorkPlanReading.person_id).where(WorkPlanReading.work_plan_id.in_(later))))


def readers(work_plan_id: UUID) -> dict[UUID, WorkPlanReading]:
    """Who has read a version of a work plan, and when."""
    rows = db.scalars(sa.select(WorkPlanReading).where(WorkPlanReading.work_plan_id == work_plan_id))
    return {row.person_id: row for row in rows}


def unread_members(task_id: UUID, person_ids: Iterable[UUID]) -> list[UUID]:
    """Which of these people have not read the work plan in force; all of them while there is none."""
    plan = work_plan_in_force(task_id)
    return rules.unread(person_ids, readers(plan.id) if plan else {})


def report(report_id: UUID) -> GenerationReport:
    """One report of a generation."""
    found = db.session.get(GenerationReport, report_id)
    if found is None:
        raise NotFound("tasks.no_report", N_("没有这份任务生成情况"))
    return found


def reports_page(page: int = 1, per_page: int = 30) -> Page[Any]:
    """One page of the generations reported to legal affairs with their tasks: those not noted first, then the newest."""
    found = page_of(sa.select(GenerationReport).order_by(
        GenerationReport.noted_at.is_not(None), GenerationReport.id.desc()), page, per_page)
    return found.each(lambda row: (row, task(row.task_id)))


def _visible(officer: Officer) -> sa.ColumnElement[bool]:
    if officer.is_any(*OVERSEERS):
        return sa.true()
    in_team = Task.id.in_(sa.select(TaskMember.task_id).where(TaskMember.person_id == officer.person_id))
    if officer.roles.isdisjoint(OF_DIVISION):
        return in_team
    return sa.or_(Task.division_id == officer.division_id, in_team)


def _left_out(category: str, focus: set[UUID], year: int, most: int) -> list[InspectionObject]:
    """The objects of a category that are closed, certain or at the cap: few, so that they are judged one by one."""
    capped = sa.select(ObjectVisitCount.object_id).where(ObjectVisitCount.year == year, ObjectVisitCount.visits >= most)
    statement = sa.select(InspectionObject).join(ObjectCategory).where(
        ObjectCategory.category == category, ObjectCategory.valid_to.is_(None),
        sa.or_(InspectionObject.status != "active", InspectionObject.id.in_(capped), InspectionObject.id.in_(focus)))
    return db.scalars(statement.options(selectinload(InspectionObject.categories)))


def _meets(row: InspectionObject, conditions: Conditions) -> bool:
    types = [link.category for link in row.categories if link.valid_to is None]
    return rules.meets_conditions(size=row.size, city=row.city, region_code=row.region_code, types=types,
                                  conditions=conditions)


def _no_task() -> NotFound:
    return NotFound("tasks.no_task", N_("没有这个任务"))
