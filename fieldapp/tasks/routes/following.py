"""The list of tasks, one task, and what is decided about it."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, g, request
from flask_babel import gettext

from fieldapp.accounts import queries as accounts
from fieldapp.ledger.timeline import timeline
from fieldapp.policy.rules import CreditGrade, ratio_text
from fieldapp.refusals import Refusal, passes
from fieldapp.registry.rules import InspectionMethod
from fieldapp.roles import HEADS, Role
from fieldapp.tasks import actions, forms, queries, rules
from fieldapp.tasks.routes.blueprint import READERS, tasks
from fieldapp.tasks.rules import DrawMode, MatchCondition, MatchMode, TaskState, WorkPlanState
from fieldapp.web.access import access_of, allowed
from fieldapp.web.pages import keep_form, page_number, render, see_other
from fieldapp.words import N_

PAST_APPROVAL = (TaskState.APPROVED, TaskState.OBJECTS_DRAWN, TaskState.GENERATED, TaskState.IN_PROGRESS,
                 TaskState.COMPLETED)
STEPS = (
    (N_("设置"), (TaskState.DRAFT, TaskState.RETURNED)),
    (N_("审批"), (TaskState.SUBMITTED,)),
    (N_("抽取"), (TaskState.APPROVED, TaskState.OBJECTS_DRAWN)),
    (N_("检查"), (TaskState.GENERATED, TaskState.IN_PROGRESS)),
)
# Where the task goes on, in areas above this one.
DRAWING = (N_("抽取与匹配"), "draw.prepare_draw")
CAPPED = (N_("已达检查次数上限的对象"), "draw.show_capped")
VISITING = (N_("任务的检查"), "visits.show_task_visits")


@tasks.get("/tasks")
@allowed(*READERS)
def list_tasks() -> Response:
    return render("tasks/list.html", **_list())


@tasks.get("/tasks/<uuid:task_id>")
@allowed(*READERS)
def show_task(task_id: UUID) -> Response:
    return render("tasks/task.html", **_page(task_id))


@tasks.post("/tasks/<uuid:task_id>/submission")
@allowed(Role.DIVISION_OFFICER)
def submit_task(task_id: UUID) -> Response:
    actions.submit_task(task_id, by=g.officer)
    return see_other("tasks.show_task", task_id=task_id)


@tasks.post("/tasks/<uuid:task_id>/decision")
@allowed(*HEADS)
def decide_task(task_id: UUID) -> Response:
    queries.task_for(g.officer, task_id)
    try:
        actions.decide_task(task_id, *forms.read_decision(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "tasks/task.html", **_page(task_id))
    return see_other("tasks.show_task", task_id=task_id)


@tasks.post("/tasks/<uuid:task_id>/cancellation")
@allowed(Role.DIVISION_OFFICER, *HEADS)
def cancel_task(task_id: UUID) -> Response:
    queries.task_for(g.officer, task_id)
    try:
        actions.cancel_task(task_id, request.form.get("reason", ""), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "tasks/task.html", **_page(task_id))
    return see_other("tasks.show_task", task_id=task_id)


def _page(task_id: UUID) -> dict[str, Any]:
    task = queries.task_for(g.officer, task_id)
    plan = queries.work_plan_in_force(task_id)
    unread = queries.unread_members(task_id, queries.members(task_id)) if plan else []
    return {
        "task": task, "steps": timeline(task_id), "stages": _stages(task.state), "plan": plan,
        "newest_plan": next(iter(queries.work_plans(task_id)), None), "returned": queries.last_return(task_id),
        "unread": [accounts.person(person_id).name for person_id in unread],
        "may": _may(task, queries.author_ids(task)), "goes_on": _goes_on(task.state), **_words(), **_list()}


def _list() -> dict[str, Any]:
    filters = forms.read_filters(request.args)
    return {"page": queries.tasks_for(g.officer, filters, page_number()), "filters": filters, "TaskState": TaskState,
            "DrawMode": DrawMode}


def _words() -> dict[str, Any]:
    return {"Method": InspectionMethod, "MatchMode": MatchMode, "MatchCondition": MatchCondition,
            "WorkPlanState": WorkPlanState, "CreditGrade": CreditGrade, "ratio_text": ratio_text}


def _stages(state: str) -> list[tuple[str, str]]:
    """The way of a task with what is behind it, where it stands and what is ahead."""
    here = next((place for place, (_label, states) in enumerate(STEPS) if state in states), -1)
    marks = ["done" if place < here or state == TaskState.COMPLETED else "now" if place == here else ""
             for place in range(len(STEPS))]
    return [(gettext(label), mark) for (label, _states), mark in zip(STEPS, marks, strict=True)]


def _may(task: Any, author_ids: set[UUID]) -> dict[str, bool]:
    """What this officer can do about the task now."""
    by, division_id, state = g.officer, task.division_id, task.state
    return {
        "submit": passes(rules.check_may_submit, by, division_id, state),
        "decide": passes(rules.check_head_may_decide, by, division_id, author_ids, state),
        "cancel": passes(rules.check_may_cancel, by, division_id, state, reason="-"),
        "plan": state in PAST_APPROVAL,
    }


def _goes_on(state: str) -> list[tuple[str, str]]:
    """Where the task goes on for this officer, in the areas above this one: the words and the endpoint of each page."""
    wanted = {TaskState.SUBMITTED: [CAPPED], TaskState.APPROVED: [DRAWING, CAPPED],
              TaskState.OBJECTS_DRAWN: [DRAWING, VISITING],
              TaskState.GENERATED: [VISITING], TaskState.IN_PROGRESS: [VISITING], TaskState.COMPLETED: [VISITING]}
    return [(label, endpoint) for label, endpoint in wanted.get(TaskState(state), []) if _admits(endpoint)]


def _admits(endpoint: str) -> bool:
    view = current_app.view_functions.get(endpoint)
    access = access_of(view) if view else None
    return access is not None and access.admits(g.officer)
