"""Entrustments of a visit: asked, decided, reported on, ended."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.entrusting import actions, forms, queries, rules
from fieldapp.entrusting.routes.directory import entrusting, original_of
from fieldapp.entrusting.rules import Decision, Ending, PartyKind, SaidBy, State, Work
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal, passes
from fieldapp.roles import HEADS, OF_DIVISION, Role
from fieldapp.visits import queries as visits
from fieldapp.visits.routes.visits import READERS
from fieldapp.visits.rules import BEFORE_START
from fieldapp.web.access import allowed
from fieldapp.web.fields import text, word
from fieldapp.web.pages import choices, keep_form, render, see_other
from fieldapp.web.transactions import prepared


@entrusting.get("/visits/<uuid:visit_id>/entrustments/new")
@allowed(Role.DIVISION_OFFICER)
def new_entrustment(visit_id: UUID) -> Response:
    return render("entrusting/entrust.html", **_form(visit_id))


@entrusting.post("/visits/<uuid:visit_id>/entrustments")
@allowed(Role.DIVISION_OFFICER)
def ask_entrustment(visit_id: UUID) -> Response:
    page = _form(visit_id)
    try:
        row = actions.ask_entrustment(visit_id, forms.terms(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "entrusting/entrust.html", **page)
    return see_other("entrusting.show_entrustment", entrustment_id=row.id)


@entrusting.get("/entrustments/<uuid:entrustment_id>")
@allowed(*READERS)
def show_entrustment(entrustment_id: UUID) -> Response:
    return render("entrusting/entrustment.html", **_entrustment(entrustment_id))


@entrusting.post("/entrustments/<uuid:entrustment_id>/decision")
@allowed(*HEADS)
def decide_entrustment(entrustment_id: UUID) -> Response:
    try:
        actions.decide_entrustment(entrustment_id, request.form.get("decision", ""),
                                   text(request.form, "opinion", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, entrustment_id)
    return see_other("entrusting.show_entrustment", entrustment_id=entrustment_id)


@entrusting.post("/entrustments/<uuid:entrustment_id>/recusals")
@allowed(Role.INSPECTOR, *OF_DIVISION)
def note_recusal(entrustment_id: UUID) -> Response:
    try:
        actions.note_recusal(entrustment_id, word(request.form, "said_by", SaidBy), text(request.form, "text", forms.LONG),
                             by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, entrustment_id)
    return see_other("entrusting.show_entrustment", entrustment_id=entrustment_id)


@entrusting.post("/entrustments/<uuid:entrustment_id>/recusals/decision")
@allowed(Role.DEPARTMENT_HEAD, *HEADS)
def decide_recusal(entrustment_id: UUID) -> Response:
    try:
        actions.decide_recusal(entrustment_id, request.form.get("decision", ""), text(request.form, "opinion", forms.LONG),
                               by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, entrustment_id)
    return see_other("entrusting.show_entrustment", entrustment_id=entrustment_id)


@entrusting.post("/entrustments/<uuid:entrustment_id>/reports")
@allowed(Role.DIVISION_OFFICER)
@prepared(forms.read_file)
def hand_in_report(entrustment_id: UUID) -> Response:
    try:
        actions.hand_in_report(entrustment_id, forms.report(request.form), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, entrustment_id)
    return see_other("entrusting.show_entrustment", entrustment_id=entrustment_id)


@entrusting.post("/entrustments/<uuid:entrustment_id>/ending")
@allowed(Role.DIVISION_OFFICER)
def end_entrustment(entrustment_id: UUID) -> Response:
    try:
        actions.end_entrustment(entrustment_id, word(request.form, "ending", Ending), text(request.form, "reason", forms.LONG),
                                by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, entrustment_id)
    return see_other("entrusting.show_entrustment", entrustment_id=entrustment_id)


@entrusting.get("/entrustment-reports/<uuid:entrustment_report_id>")
@allowed(*READERS)
def show_report(entrustment_report_id: UUID) -> Response:
    row = queries.report_for(g.officer, entrustment_report_id)
    return original_of(row.original, row.file_name)


def _form(visit_id: UUID) -> dict[str, Any]:
    visit = visits.visit_for(g.officer, visit_id)
    rules.check_may_entrust(g.officer, {visit.lead_division_id, *(part.task.division_id for part in visit.visit_tasks)})
    day = max(visits.day_of(visit), clock.today())
    found = [one for one in queries.parties() if one.ended_on is None and rules.covering(queries.held(one), day)]
    return {
        "visit": visit, "works": choices(Work), "may_come": visit.state in BEFORE_START,
        "parties": [(str(one.id), f"{one.name} · {_(PartyKind(one.kind).label)} · {one.fields_of_work}") for one in found],
        "items": [(str(part.id), part.task.item.name) for part in visit.visit_tasks]}


def _entrustment(entrustment_id: UUID) -> dict[str, Any]:
    row = queries.entrustment_for(g.officer, entrustment_id)
    now, recusal = queries.state_of(row), queries.open_recusal(row)
    owns, runs = rules.may_entrust(g.officer, {row.division_id}), passes(rules.check_is_running, now)
    return {
        "row": row, "steps": timeline(row.assistant.visit_id, about=row.id),
        "assistant": row.assistant, "visit": row.assistant.visit, "party": row.party, "now": now,
        "is_overdue": rules.is_overdue(now, row.assistant.due_on, clock.today()),
        "may_decide": now is State.ASKED and passes(rules.check_decides, g.officer, row.division_id, {row.asked_by}),
        "recusal": recusal, "may_recuse": recusal is not None and passes(
            rules.check_decides_recusal, g.officer, SaidBy(recusal.said_by), row.division_id),
        "may_note": runs and recusal is None and g.officer.is_any(Role.INSPECTOR, *OF_DIVISION),
        "may_report": runs and owns, "may_end": owns and (runs or now is State.ASKED),
        "late": lambda report: rules.days_late(row.assistant.due_on, clock.local(report.at).date()),
        "endings": choices([Ending.DONE, Ending.WITHDRAWN] if runs else [Ending.WITHDRAWN]),
        "speakers": choices(SaidBy), "State": State, "Work": Work, "Kind": PartyKind, "SaidBy": SaidBy, "Decision": Decision}


def _keep(refusal: Refusal, entrustment_id: UUID) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "entrusting/entrustment.html", **_entrustment(entrustment_id))
