"""The entity's form at its secret address; intake, re-examination and decision inside."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request

from fieldapp import clock
from fieldapp.ledger.timeline import timeline
from fieldapp.objections import actions, forms, queries, rules
from fieldapp.objections.rules import Channel, ObjectionDecision, ObjectionState
from fieldapp.publication import queries as results
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Refusal, passes
from fieldapp.review import queries as review
from fieldapp.roles import Role
from fieldapp.web.access import allowed, public
from fieldapp.web.fields import day, text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, page_number, render, see_other

objections = Blueprint("objections", __name__)
READERS = (Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.DEPARTMENT_HEAD)
WORDS: dict[str, Any] = {"states": ObjectionState, "decisions": ObjectionDecision, "categories": ResultCategory,
                         "channels": Channel}


@objections.get("/copies/<secret>/objection")
@limited(Limit("copy_objection", 120, 60, address))
@public
def new_objection(secret: str) -> Response:
    return render("objections/copy.html", secret=secret, copy=queries.copy(secret), **WORDS)


@objections.post("/copies/<secret>/objection")
@limited(Limit("objection", 5, 3600, address))
@public
def file_objection(secret: str) -> Response:
    try:
        actions.file_objection(secret, forms.result_id(request.form), forms.application(request.form))
    except Refusal as refusal:
        return keep_form(refusal, "objections/copy.html", secret=secret, copy=queries.copy(secret), **WORDS)
    return see_other("objections.new_objection", secret=secret)


@objections.get("/objections")
@allowed(*READERS)
def list_objections() -> Response:
    state = request.args.get("state", "")
    page = queries.objections_for(g.officer, state, page_number())
    return render("objections/list.html", page=page, state=state, today=clock.today(), **WORDS)


@objections.get("/objections/new")
@allowed(Role.DIVISION_OFFICER)
def new_paper_objection() -> Response:
    result = results.result_for(g.officer, forms.result_id(request.args))
    return render("objections/new.html", result=result, today=clock.today(), **WORDS)


@objections.post("/objections")
@allowed(Role.DIVISION_OFFICER)
def take_in_objection() -> Response:
    result = results.result_for(g.officer, forms.result_id(request.form))
    try:
        objection = actions.take_in_objection(result.id, day(request.form, "received_on") or clock.today(),
                                              forms.application(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "objections/new.html", result=result, today=clock.today(), **WORDS)
    return see_other("objections.show_objection", objection_id=objection.id)


@objections.get("/objections/<uuid:objection_id>")
@allowed(*READERS)
def show_objection(objection_id: UUID) -> Response:
    return render("objections/show.html", **_page(objection_id))


@objections.post("/objections/<uuid:objection_id>/examiner")
@allowed(Role.DIVISION_OFFICER)
def take_objection(objection_id: UUID) -> Response:
    queries.objection_for(g.officer, objection_id)
    actions.take_objection(objection_id, by=g.officer)
    return see_other("objections.show_objection", objection_id=objection_id)


@objections.post("/objections/<uuid:objection_id>/examination")
@allowed(Role.DIVISION_OFFICER)
def examine_objection(objection_id: UUID) -> Response:
    queries.objection_for(g.officer, objection_id)
    try:
        actions.examine_objection(objection_id, text(request.form, "examination", forms.TEXT),
                                  forms.outcome(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "objections/show.html", **_page(objection_id))
    return see_other("objections.show_objection", objection_id=objection_id)


@objections.post("/objections/<uuid:objection_id>/decision")
@allowed(Role.DIVISION_HEAD, Role.DEPUTY_HEAD)
def decide_objection(objection_id: UUID) -> Response:
    queries.objection_for(g.officer, objection_id)
    try:
        actions.decide_objection(objection_id, forms.outcome(request.form),
                                 text(request.form, "answer", forms.TEXT), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "objections/show.html", **_page(objection_id))
    return see_other("objections.show_objection", objection_id=objection_id)


def _page(objection_id: UUID) -> dict[str, Any]:
    found = queries.objection_for(g.officer, objection_id)
    part = found.result.visit_task
    return {"objection": found, "part": part, "steps": timeline(found.case_id, area="objections"),
            "reviewed": review.review_of(part.id), "today": clock.today(),
            "may_take": passes(rules.check_may_examine, g.officer, part.task.division_id, review.team_ids(part.visit)),
            "may_decide": g.officer.heads(part.task.division_id), **WORDS}
