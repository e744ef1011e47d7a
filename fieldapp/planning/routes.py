"""The annual plan: drafted and issued by legal affairs, lines by the divisions, read by everybody."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, Response, g, request

from fieldapp import clock
from fieldapp.ledger.timeline import timeline
from fieldapp.planning import actions, forms, queries, rules
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import plan_due, ratio_text
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.rules import InspectionMethod
from fieldapp.roles import Role
from fieldapp.web.access import allowed, own_division_or_404, public
from fieldapp.web.fields import text
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.words import N_

if TYPE_CHECKING:
    from fieldapp.planning.models import PlanLine

planning = Blueprint("planning", __name__)


@planning.get("/plans")
@allowed()
def list_plans() -> Response:
    return render("planning/plans.html", **_plans())


@planning.post("/plans")
@allowed(Role.LEGAL_AFFAIRS)
def draft_plan() -> Response:
    try:
        plan = actions.draft_plan(forms.read_year(request.form), text(request.form, "reason", forms.MOST_REASON), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "planning/plans.html", **_plans())
    return see_other("planning.show_plan", plan_id=plan.id)


@planning.get("/plans/<uuid:plan_id>")
@allowed()
def show_plan(plan_id: UUID) -> Response:
    plan = queries.plan_for(g.officer, plan_id)
    draft = plan.state == rules.PlanState.DRAFT
    return render("planning/plan.html", plan=plan, is_draft=draft, missing=queries.missing_items(plan) if draft else [],
                  may_edit=rules.may_edit_line, steps=timeline(plan.id), **_words())


@planning.post("/plans/<uuid:plan_id>/lines")
@allowed(Role.LEGAL_AFFAIRS)
def add_missing_lines(plan_id: UUID) -> Response:
    actions.add_missing_lines(plan_id, by=g.officer)
    return see_other("planning.show_plan", plan_id=plan_id)


@planning.post("/plans/<uuid:plan_id>/issue")
@allowed(Role.LEGAL_AFFAIRS)
def issue_plan(plan_id: UUID) -> Response:
    actions.issue_plan(plan_id, by=g.officer)
    return see_other("planning.show_plan", plan_id=plan_id)


@planning.get("/plans/<uuid:plan_id>/lines/<uuid:line_id>")
@allowed(Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER)
def show_line(plan_id: UUID, line_id: UUID) -> Response:
    line = queries.line_for(g.officer, plan_id, line_id)
    own_division_or_404(line.item.division_id, oversees=frozenset({Role.LEGAL_AFFAIRS}))
    rules.check_may_edit_line(g.officer, line.item.division_id, line.plan.state)
    return render("planning/line.html", **_line(line, request.args))


@planning.post("/plans/<uuid:plan_id>/lines/<uuid:line_id>")
@allowed(Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER)
def edit_line(plan_id: UUID, line_id: UUID) -> Response:
    line = queries.line_for(g.officer, plan_id, line_id)
    try:
        actions.edit_line(line.id, forms.read_line(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "planning/line.html", **_line(line, request.form))
    return see_other("planning.show_plan", plan_id=plan_id, _anchor=f"line-{line.position}")


@planning.get("/public/plans", defaults={"year": None})
@planning.get("/public/plans/<int(min=2000, max=9999):year>")
@public
def show_public_plan(year: int | None) -> Response:
    years = queries.issued_years()
    plan = queries.plan_in_force(year or (years[0] if years else clock.today().year))
    if plan is None and year is not None:
        raise NotFound("planning.no_public_plan", N_("这一年度的计划尚未公布"))
    return render("planning/public_plan.html", plan=plan, years=years, **_words())


def _plans() -> dict[str, Any]:
    rule_set, year = policy.rule_set_on(clock.today()), clock.today().year
    due = [plan_due(each, rule_set.plan_due_month, rule_set.plan_due_day) for each in (year, year + 1)]
    done = {plan.year for plan in queries.plans_for(g.officer) if plan.state == rules.PlanState.ISSUED}
    return {"plans": queries.plans_for(g.officer), "due": next((day for day in due if day.year not in done), None),
            "next_year": year if year not in done else year + 1, "PlanState": rules.PlanState}


def _line(line: "PlanLine", typed: forms.Form) -> dict[str, Any]:
    """The line's page; its quota follows the ratio that is being typed, and nothing typed is lost."""
    rule_set = policy.rule_set_on(clock.today())
    size = registry.directory_size(line.item.object_category)
    shown = forms.shown_line(actions.values_of(line), typed)
    try:
        ratio = forms.read_ratio(str(shown["ratio"]))
        planned: int | None = rules.planned_count(ratio, size)
    except (Refusal, ValueError):
        ratio, planned = line.ratio_basis_points, None
    return {"line": line, "size": size, "planned": planned, "ratio": ratio, "shown": shown,
            "least": rules.least_ratio(queries.terms(line.item), rule_set), **_words()}


def _words() -> dict[str, Any]:
    return {"ratio_text": ratio_text, "Method": InspectionMethod, "PlanState": rules.PlanState}
