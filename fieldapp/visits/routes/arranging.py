"""Slot, submission, approval, cancellation."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.refusals import Refusal, passes
from fieldapp.roles import HEADS, OF_DIVISION, Role
from fieldapp.visits import actions, forms, queries, rules
from fieldapp.visits.routes.visits import the_visit, visits
from fieldapp.visits.rules import VisitState
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_identifier, text
from fieldapp.web.pages import keep_form, render, see_other


@visits.post("/visits/<uuid:visit_id>/slot")
@allowed(*OF_DIVISION)
def agree_slot(visit_id: UUID) -> Response:
    try:
        actions.agree_slot(visit_id, forms.slot(request.form), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, visit_id)
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.post("/visits/<uuid:visit_id>/submission")
@allowed(*OF_DIVISION)
def submit_visit(visit_id: UUID) -> Response:
    actions.submit_visit(visit_id, by=g.officer)
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.post("/visits/<uuid:visit_id>/approval")
@allowed(Role.DEPARTMENT_HEAD, *HEADS)
def decide_visit(visit_id: UUID) -> Response:
    try:
        actions.decide_visit(visit_id, request.form.get("decision", ""),
                             text(request.form, "opinion", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, visit_id)
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.get("/visits/<uuid:visit_id>/cancellation")
@allowed(Role.LEGAL_AFFAIRS, *HEADS)
def show_cancellation(visit_id: UUID) -> Response:
    return render("visits/cancel.html", **_cancellation(visit_id))


@visits.post("/visits/<uuid:visit_id>/cancellation")
@allowed(Role.LEGAL_AFFAIRS, *HEADS)
def cancel_visit(visit_id: UUID) -> Response:
    try:
        actions.cancel_visit(visit_id, text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "visits/cancel.html", **_cancellation(visit_id))
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.post("/visits/<uuid:visit_id>/replacement")
@allowed(Role.LEGAL_AFFAIRS)
def take_reserve(visit_id: UUID) -> Response:
    try:
        row = actions.take_reserve(visit_id, text(request.form, "gone_reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        refusal.field = "gone_reason" if refusal.field == "reason" else refusal.field
        return keep_form(refusal, "visits/cancel.html", **_cancellation(visit_id))
    return see_other("visits.show_visit", visit_id=row.visit_id)


@visits.post("/visits/<uuid:visit_id>/recognition")
@allowed(Role.LEGAL_AFFAIRS)
def recognise_result(visit_id: UUID) -> Response:
    try:
        actions.recognise_result(visit_id, needed_identifier(request.form, "recognised"),
                                 text(request.form, "recognition_reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep_cancellation(refusal, visit_id)
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.post("/visits/<uuid:visit_id>/parting")
@allowed(Role.LEGAL_AFFAIRS, *HEADS)
def take_out_task(visit_id: UUID) -> Response:
    try:
        actions.take_out_task(visit_id, needed_identifier(request.form, "part"), text(request.form, "out_reason", forms.LONG),
                              by=g.officer)
    except Refusal as refusal:
        return _keep_cancellation(refusal, visit_id)
    return see_other("visits.show_visit", visit_id=visit_id)


def _cancellation(visit_id: UUID) -> dict[str, Any]:
    """The ways out of a visit: cancelled, one task taken out, a result recognised, the reserve."""
    visit = queries.visit_for(g.officer, visit_id)
    others = [(str(one.id), f"{one.lead_division.name} · {'、'.join(part.task.item.name for part in one.visit_tasks)}")
              for one in queries.recognisable(visit) if one.state == VisitState.CLOSED]
    mine = [(str(part.id), part.task.item.name) for part in visit.visit_tasks
            if rules.may_call_off(g.officer, part.task.division_id)]
    may_cancel = passes(rules.check_may_cancel, g.officer, visit.lead_division_id)
    return {"visit": visit, "may_cancel": may_cancel, "others": others if may_cancel else [],
            "may_recognise": g.officer.is_any(Role.LEGAL_AFFAIRS),
            "tasks": mine if len(visit.visit_tasks) > 1 else []}


def _keep_cancellation(refusal: Refusal, visit_id: UUID) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "visits/cancel.html", **_cancellation(visit_id))


def _keep(refusal: Refusal, visit_id: UUID) -> Response:
    """The visit's page with what was typed, for a refusal of a field; a refusal of the step itself goes to its own page."""
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "visits/show.html", **the_visit(visit_id))
