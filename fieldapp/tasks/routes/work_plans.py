"""The work plan of a task: written, decided, read."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.accounts import queries as accounts
from fieldapp.refusals import Refusal, passes
from fieldapp.roles import HEADS, Role
from fieldapp.tasks import actions, forms, prefill, queries, rules
from fieldapp.tasks.routes.blueprint import READERS, tasks
from fieldapp.tasks.rules import WorkPlanState
from fieldapp.web.access import allowed
from fieldapp.web.pages import keep_form, render, see_other


@tasks.get("/tasks/<uuid:task_id>/work-plan")
@allowed(*READERS)
def show_work_plan(task_id: UUID) -> Response:
    return render("tasks/work_plan.html", **_page(task_id))


@tasks.get("/tasks/<uuid:task_id>/work-plan/new")
@allowed(Role.DIVISION_OFFICER)
def new_work_plan(task_id: UUID) -> Response:
    return render("tasks/write_work_plan.html", **_form(task_id))


@tasks.post("/tasks/<uuid:task_id>/work-plan")
@allowed(Role.DIVISION_OFFICER)
def write_work_plan(task_id: UUID) -> Response:
    page = _form(task_id)
    try:
        actions.write_work_plan(task_id, forms.read_work_plan(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "tasks/write_work_plan.html", **page)
    return see_other("tasks.show_work_plan", task_id=task_id)


@tasks.post("/work-plans/<uuid:work_plan_id>/decision")
@allowed(*HEADS)
def decide_work_plan(work_plan_id: UUID) -> Response:
    task_id = queries.work_plan(work_plan_id).task_id
    queries.task_for(g.officer, task_id)
    try:
        actions.decide_work_plan(work_plan_id, *forms.read_decision(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "tasks/work_plan.html", **_page(task_id))
    return see_other("tasks.show_work_plan", task_id=task_id)


@tasks.post("/work-plans/<uuid:work_plan_id>/reading")
@allowed(*READERS)
def read_work_plan(work_plan_id: UUID) -> Response:
    reading = actions.read_work_plan(work_plan_id, by=g.officer)
    return see_other("tasks.show_work_plan", task_id=queries.work_plan(reading.work_plan_id).task_id)


def _page(task_id: UUID) -> dict[str, Any]:
    task = queries.task_for(g.officer, task_id)
    plans, members = queries.work_plans(task_id), queries.members(task_id)
    plan = queries.work_plan_in_force(task_id)
    readers = queries.readers(plan.id) if plan else {}
    waiting = next((each for each in plans if each.state == WorkPlanState.SUBMITTED), None)
    return {
        "task": task, "plans": plans, "plan": plan, "waiting": waiting, "WorkPlanState": WorkPlanState,
        "members": [(accounts.person(person_id).name, readers.get(person_id)) for person_id in members],
        "may_read": plan is not None and g.officer.person_id in members and g.officer.person_id not in readers,
        "may_decide": waiting is not None and passes(
            rules.check_may_decide_work_plan, g.officer, task.division_id, waiting.author_id, waiting.state),
        "may_write": passes(rules.check_may_write_work_plan, g.officer, task.division_id, task.state),
    }


def _form(task_id: UUID) -> dict[str, Any]:
    task = queries.task_for(g.officer, task_id)
    rules.check_may_write_work_plan(g.officer, task.division_id, task.state)
    plans = queries.work_plans(task_id)
    newest, example = next(iter(plans), None), queries.last_plan_of_item(task)
    begin = newest or example
    return {"task": task, "texts": prefill.texts_of(begin) if begin else prefill.first_texts(task),
            "is_change": any(rules.was_approved(one.state, one.decided_at) for one in plans),
            "example": queries.task(example.task_id).number if example and not newest else "",
            "remarks": newest.opinion if newest and newest.state == WorkPlanState.RETURNED else ""}
