"""Rules and calendar: read by everybody who has signed in, entered by legal affairs."""

from typing import Any

from flask import Blueprint, Response, g, request

from fieldapp import clock
from fieldapp.ledger.timeline import timeline
from fieldapp.policy import actions, forms, queries
from fieldapp.policy.rules import NUMBERS, SWITCHES, DayKind, is_workday
from fieldapp.refusals import NotFound, Refusal
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_text
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.words import N_

policy = Blueprint("policy", __name__)
MONTHS = range(1, 13)


@policy.get("/policy")
@allowed()
def show_policy() -> Response:
    today = clock.today()
    rules = queries.rule_set_on(today)
    rows = queries.rule_set_rows()
    steps = sorted((step for row in rows for step in timeline(row.id)), key=lambda step: step.at, reverse=True)
    return render("policy/policy.html", rules=rules, rows=rows, steps=steps, numbers=NUMBERS, switches=SWITCHES,
                  years=queries.years(), provisional=queries.provisional_years(),
                  due=queries.due(today, rules.publish_workdays))


@policy.get("/policy/rule-sets/new")
@allowed(Role.LEGAL_AFFAIRS)
def new_rule_set() -> Response:
    return render("policy/new_rule_set.html", **_rule_set_form())


@policy.post("/policy/rule-sets")
@allowed(Role.LEGAL_AFFAIRS)
def enter_rule_set() -> Response:
    try:
        actions.enter_rule_set(forms.read_rule_set(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "policy/new_rule_set.html", **_rule_set_form())
    return see_other("policy.show_policy")


@policy.get("/policy/calendar/<int(min=2000, max=9999):year>")
@allowed()
def show_calendar(year: int) -> Response:
    return render("policy/calendar.html", **_calendar(year))


@policy.post("/policy/calendar/<int(min=2000, max=9999):year>")
@allowed(Role.LEGAL_AFFAIRS)
def enter_days(year: int) -> Response:
    try:
        actions.enter_days(*forms.read_days(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "policy/calendar.html", **_calendar(year))
    return see_other("policy.show_calendar", year=year)


@policy.post("/policy/calendar/<int(min=2000, max=9999):year>/confirmation")
@allowed(Role.LEGAL_AFFAIRS)
def confirm_year(year: int) -> Response:
    try:
        actions.confirm_year(year, needed_text(request.form, "confirmation_source", 120), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "policy/calendar.html", **_calendar(year))
    return see_other("policy.show_calendar", year=year)


def _rule_set_form() -> dict[str, Any]:
    return {"rules": queries.rule_set_on(clock.today()), "numbers": NUMBERS, "switches": SWITCHES}


def _calendar(year: int) -> dict[str, Any]:
    days = queries.days_of_year(year)
    if not days:
        raise NotFound("policy.no_such_year", N_("日历中没有这一年"))
    months = [(month, [day for day in days if day.date.month == month]) for month in MONTHS]
    return {"year": year, "years": queries.years(), "kinds": DayKind, "notices": queries.notices(year),
            "months": [(month, _workdays(rows), queries.special_spans(rows)) for month, rows in months],
            "provisional": any(day.provisional for day in days), "workdays": _workdays(days)}


def _workdays(days: list[Any]) -> int:
    return sum(is_workday(DayKind(day.kind)) for day in days)
