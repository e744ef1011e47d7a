"""Slot, submission, approval, cancellation."""

from uuid import UUID

from flask import Response, g, request

from fieldapp.refusals import Refusal
from fieldapp.roles import HEADS, OF_DIVISION, Role
from fieldapp.visits import actions, forms, queries
from fieldapp.visits.routes.visits import the_visit, visits
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
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
    return render("visits/cancel.html", visit=queries.visit_for(g.officer, visit_id))


@visits.post("/visits/<uuid:visit_id>/cancellation")
@allowed(Role.LEGAL_AFFAIRS, *HEADS)
def cancel_visit(visit_id: UUID) -> Response:
    try:
        actions.cancel_visit(visit_id, text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        visit = queries.visit_for(g.officer, visit_id)
        return keep_form(refusal, "visits/cancel.html", visit=visit)
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.post("/visits/<uuid:visit_id>/replacement")
@allowed(Role.LEGAL_AFFAIRS)
def take_reserve(visit_id: UUID) -> Response:
    try:
        row = actions.take_reserve(visit_id, text(request.form, "gone_reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        refusal.field = "gone_reason" if refusal.field == "reason" else refusal.field
        return keep_form(refusal, "visits/cancel.html", visit=queries.visit_for(g.officer, visit_id))
    return see_other("visits.show_visit", visit_id=row.visit_id)


def _keep(refusal: Refusal, visit_id: UUID) -> Response:
    """The visit's page with what was typed, for a refusal of a field; a refusal of the step itself goes to its own page."""
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "visits/show.html", **the_visit(visit_id))
