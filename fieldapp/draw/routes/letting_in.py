"""The objects of a task's directory that have reached the yearly cap: legal affairs alone sees who they are."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.draw import actions, forms, queries
from fieldapp.draw.routes.blueprint import draw
from fieldapp.draw.rules import RowReason
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.tasks import queries as tasks
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_identifier
from fieldapp.web.pages import keep_form, render, see_other


@draw.get("/tasks/<uuid:task_id>/cap-overrides")
@allowed(Role.LEGAL_AFFAIRS)
def show_capped(task_id: UUID) -> Response:
    return render("draw/capped.html", **_capped(task_id))


@draw.post("/tasks/<uuid:task_id>/cap-overrides")
@allowed(Role.LEGAL_AFFAIRS)
def let_in(task_id: UUID) -> Response:
    try:
        actions.let_in(task_id, needed_identifier(request.form, "object"), forms.reason(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/capped.html", **_capped(task_id))
    return see_other("draw.show_capped", task_id=task_id)


def _capped(task_id: UUID) -> dict[str, Any]:
    task = tasks.task_for(g.officer, task_id)
    rows = queries.directory_of(task)
    return {"task": task, "overrides": queries.cap_overrides(task_id), "frozen": queries.draw_of_task(task_id) is not None,
            "capped": [found for found, _, why in rows if why in {RowReason.CAP_REACHED, RowReason.CAP_OVERRIDDEN}]}
