"""Setting a task up, with the pool's size in sight, and changing it after it came back."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response, g, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from fieldapp import clock
from fieldapp.planning import queries as planning
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import CreditGrade, ratio_text
from fieldapp.refusals import Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.rules import EnterpriseSize
from fieldapp.roles import Role
from fieldapp.tasks import actions, forms, queries, rules
from fieldapp.tasks.routes.blueprint import tasks
from fieldapp.web.access import allowed
from fieldapp.web.pages import keep_form, render, see_other

if TYPE_CHECKING:
    from fieldapp.planning.models import PlanLine


@tasks.get("/tasks/new")
@allowed(Role.DIVISION_OFFICER)
def new_task() -> Response:
    if "line" not in request.args:
        plans = [planning.plan_in_force(year) for year in (clock.today().year, clock.today().year + 1)]
        lines = [line for plan in plans if plan for line in planning.lines_for_division(plan, g.officer.division_id)]
        return render("tasks/lines.html", lines=lines, ratio_text=ratio_text)
    line = actions.line_of_own_division(forms.read_line_id(request.args), g.officer)
    return render("tasks/setting.html", **_new(line, request.args))


@tasks.post("/tasks")
@allowed(Role.DIVISION_OFFICER)
def set_up_task() -> Response:
    line = actions.line_of_own_division(forms.read_line_id(request.form), g.officer)
    try:
        task = actions.set_up_task(forms.read_settings(request.form, line.id), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "tasks/setting.html", **_new(line, request.form))
    return see_other("tasks.show_task", task_id=task.id)


@tasks.get("/tasks/<uuid:task_id>/edit")
@allowed(Role.DIVISION_OFFICER)
def edit_task(task_id: UUID) -> Response:
    return render("tasks/setting.html", **_edited(task_id, request.args))


@tasks.post("/tasks/<uuid:task_id>")
@allowed(Role.DIVISION_OFFICER)
def change_task(task_id: UUID) -> Response:
    page = _edited(task_id, request.form)
    try:
        actions.change_task(task_id, forms.read_settings(request.form, page["line"].id), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "tasks/setting.html", **page)
    return see_other("tasks.show_task", task_id=task_id)


def _new(line: "PlanLine", typed: forms.Form) -> dict[str, Any]:
    return _page(line, typed) | {"action": url_for("tasks.set_up_task"), "here": url_for("tasks.new_task"),
                                 "back": url_for("tasks.list_tasks"), "task": None}


def _edited(task_id: UUID, typed: forms.Form) -> dict[str, Any]:
    task = queries.task_for(g.officer, task_id)
    rules.check_may_be_edited(task.state)
    line = actions.line_of_own_division(actions.line_id_of(task), g.officer)
    stands = typed if "name" in typed else forms.typed_task(task)
    back = url_for("tasks.show_task", task_id=task_id)
    return _page(line, stands) | {"action": url_for("tasks.change_task", task_id=task_id), "task": task, "back": back,
                                  "here": url_for("tasks.edit_task", task_id=task_id)}


def _page(line: "PlanLine", typed: forms.Form) -> dict[str, Any]:
    """Everything the form shows; the pool follows the conditions that are being chosen."""
    mode, conditions = forms.read_mode(typed), forms.read_conditions(typed)
    category, rule_set = line.item.object_category, policy.rule_set_on(clock.today())
    pool, asked = queries.pool_for(category, conditions, line.last_day), actions.quota_of(line, mode, conditions)
    begin = {"name": line.item.name, "draw_mode": "undirected", "match_mode": "automatic", "quota": "",
             "inspectors_per_object": str(rule_set.min_inspectors), "methods": line.inspection_methods, "ratio_reason": "",
             "first_day": max(line.first_day, clock.today()).isoformat(), "last_day": line.last_day.isoformat()}
    ratios = forms.readable_ratios(typed)
    strata = actions.strata_of(line, mode, conditions, ratios) if rule_set.strata_by_credit_grade else []
    drawn = strata if forms.read_by_grade(typed) else []
    narrow = rules.is_narrow(mode == rules.DrawMode.DIRECTED, pool.drawable, sum(one.quota for one in drawn) or asked,
                             [one.ratio for one in drawn if one.pool.found])
    return {"line": line, "strata": strata, "by_grade": bool(drawn), "ratio_text": ratio_text, "CreditGrade": CreditGrade,
            "shown": forms.shown(MultiDict(typed), begin), "options": _options(category), "pool": pool, "asked": asked,
            "rules": rule_set, "narrow": narrow, "ratio": ratio_text(line.ratio_basis_points),
            "size": registry.directory_size(category)}


def _options(category: str) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, as values and words: only what the category's objects and the inspectors have."""
    found = queries.choices(category)
    sizes = {size.value: gettext(size.label) for size in EnterpriseSize}
    return {
        "types": [(name, name) for name in found["types"]], "cities": [(name, name) for name in found["cities"]],
        "sizes": [(size, word) for size, word in sizes.items() if size in found["sizes"]],
        "region_codes": [(code, f"{city} {name}") for code, name, city in found["region_codes"]],
        "match_conditions": [(each.value, gettext(each.label)) for each in rules.MatchCondition],
        "specialities": [(word, word) for word in queries.specialities()],
    }
