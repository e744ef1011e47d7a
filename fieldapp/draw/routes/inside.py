"""The pages of a draw for those who make it."""

import json
from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.config import beacon
from fieldapp.draw import actions, forms, queries, rules
from fieldapp.draw.beacon import check_signature
from fieldapp.draw.routes.blueprint import draw
from fieldapp.draw.rules import DrawState, RowStatus, SecondReason
from fieldapp.ledger.timeline import timeline
from fieldapp.policy.rules import CreditGrade, ratio_text
from fieldapp.refusals import NotFound, Refusal, passes
from fieldapp.roles import Role
from fieldapp.tasks import queries as tasks
from fieldapp.web.access import allowed
from fieldapp.web.fields import identifiers
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.web.transactions import aside, prepared
from fieldapp.words import N_

STRATA = {"CreditGrade": CreditGrade, "ratio_text": ratio_text}
PEOPLE = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.LEGAL_AFFAIRS)


@draw.get("/tasks/<uuid:task_id>/draw")
@allowed(*PEOPLE, Role.DEPARTMENT_HEAD)
def prepare_draw(task_id: UUID) -> Response:
    task, frozen = tasks.task_for(g.officer, task_id), queries.draw_of_task(task_id)
    if frozen is not None:
        return see_other("draw.show_draw", draw_id=frozen.id)
    if not g.officer.is_any(Role.DIVISION_OFFICER):
        raise NotFound("draw.not_frozen", N_("这个任务还没有抽取"))
    return render("draw/new.html", **_new(task, foresees=True))


@draw.post("/tasks/<uuid:task_id>/draw")
@allowed(Role.DIVISION_OFFICER)
def freeze_task(task_id: UUID) -> Response:
    try:
        chosen = identifiers(request.form, "contributors")
        frozen = actions.freeze_task(task_id, chosen, with_beacon="beacon" in request.form, by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/new.html", **_new(tasks.task_for(g.officer, task_id)))
    return see_other("draw.show_draw", draw_id=frozen.id)


@draw.post("/tasks/<uuid:task_id>/narrow-request")
@allowed(Role.DIVISION_OFFICER)
def ask_narrow_approval(task_id: UUID) -> Response:
    actions.ask_narrow_approval(task_id, by=g.officer)
    return see_other("tasks.show_task", task_id=task_id)


@draw.get("/tasks/<uuid:task_id>/narrow-approval")
@allowed(Role.LEGAL_AFFAIRS)
def show_narrow_draw(task_id: UUID) -> Response:
    return render("draw/narrow.html", **_narrow(task_id))


@draw.post("/tasks/<uuid:task_id>/narrow-approval")
@allowed(Role.LEGAL_AFFAIRS)
def approve_narrow_draw(task_id: UUID) -> Response:
    try:
        if request.form.get("decision") == "disagree":
            actions.decline_narrow_draw(task_id, forms.opinion(request.form), by=g.officer)
        else:
            actions.approve_narrow_draw(task_id, forms.opinion(request.form), request.form.getlist("reasons"), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/narrow.html", **_narrow(task_id))
    return see_other("tasks.show_task", task_id=task_id)


def note_view() -> None:
    draw_id = (request.view_args or {})["draw_id"]
    with aside():
        if queries.drawn_is_visible(g.officer, draw_id):
            actions.note_view(draw_id, by=g.officer)


@draw.get("/draws/<uuid:draw_id>")
@allowed(*PEOPLE, Role.DEPARTMENT_HEAD)
@prepared(note_view)
def show_draw(draw_id: UUID) -> Response:
    return render("draw/show.html", **_page(draw_id, foresees=True))


@draw.post("/draws/<uuid:draw_id>/commitments")
@allowed(*PEOPLE)
def commit(draw_id: UUID) -> Response:
    try:
        actions.commit(draw_id, forms.commitment(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/show.html", **_page(draw_id))
    return see_other("draw.show_draw", draw_id=draw_id)


@draw.post("/draws/<uuid:draw_id>/reveals")
@allowed(*PEOPLE)
def reveal(draw_id: UUID) -> Response:
    try:
        actions.reveal(draw_id, forms.nonce(request.form), forms.value(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/show.html", **_page(draw_id))
    return see_other("draw.show_draw", draw_id=draw_id)


def prove_signature() -> None:
    with aside(write=False):
        named = queries.draw((request.view_args or {})["draw_id"]).beacon
        number = named.round if named else 0
    with suppress(Refusal):
        check_signature(number, forms.signature(request.form))


@draw.post("/draws/<uuid:draw_id>/beacon")
@allowed(Role.DIVISION_OFFICER)
@prepared(prove_signature)
def take_beacon(draw_id: UUID) -> Response:
    queries.draw_of_own_division(g.officer, draw_id)
    try:
        actions.take_beacon(draw_id, forms.signature(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/show.html", **_page(draw_id))
    return see_other("draw.show_draw", draw_id=draw_id)


@draw.post("/draws/<uuid:draw_id>/objects")
@allowed(Role.DIVISION_OFFICER)
def draw_objects(draw_id: UUID) -> Response:
    queries.draw_of_own_division(g.officer, draw_id)
    actions.draw_objects(draw_id, by=g.officer)
    return see_other("draw.show_draw", draw_id=draw_id)


@draw.post("/draws/<uuid:draw_id>/matching")
@allowed(Role.DIVISION_OFFICER)
def match_inspectors(draw_id: UUID) -> Response:
    queries.draw_of_own_division(g.officer, draw_id)
    try:
        actions.match_inspectors(draw_id, by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/show.html", **_page(draw_id))
    return see_other("draw.show_draw", draw_id=draw_id)


@draw.post("/draws/<uuid:draw_id>/void-request")
@allowed(Role.DIVISION_OFFICER)
def ask_void(draw_id: UUID) -> Response:
    queries.draw_of_own_division(g.officer, draw_id)
    try:
        actions.ask_void(draw_id, forms.reason(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/show.html", **_page(draw_id))
    return see_other("draw.show_draw", draw_id=draw_id)


@draw.post("/draws/<uuid:draw_id>/void")
@allowed(Role.LEGAL_AFFAIRS)
def decide_void(draw_id: UUID) -> Response:
    try:
        actions.decide_void(draw_id, forms.agrees(request.form), forms.opinion(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/show.html", **_page(draw_id))
    return see_other("draw.show_draw", draw_id=draw_id)


def _narrow(task_id: UUID) -> dict[str, Any]:
    task = tasks.task_for(g.officer, task_id)
    rows = queries.directory_of(task)
    return {"task": task, "wanting": queries.why_second_approval(task), "size": len(rows),
            "pool": sum(status is RowStatus.OK for _, status, _ in rows), **STRATA}


def _new(task: Any, *, foresees: bool = False) -> dict[str, Any]:
    """The page before the freeze; with the odds only where nothing is written: they take long, and a refusal holds the lock."""
    return {"task": task, "options": queries.contributor_choices(), "wanting": queries.why_second_approval(task),
            "may_be_below_floor": queries.may_be_below_floor(), "BELOW_FLOOR": SecondReason.BELOW_FLOOR,
            "voided": queries.voided_draws(task.id), "declined": queries.last_decline(task.id),
            "foreseen": actions.foresee_task(task) if foresees else None, "offers_beacon": bool(beacon()), **STRATA}


def _page(draw_id: UUID, *, foresees: bool = False) -> dict[str, Any]:
    """A draw's page; with the odds only where nothing is written."""
    found = queries.draw_for(g.officer, draw_id)
    sees = queries.drawn_is_visible(g.officer, draw_id)
    may_act = g.officer.division_id == found.task.division_id and g.officer.is_any(Role.DIVISION_OFFICER)
    waits = found.matched_at is None and found.voided_at is None
    return {
        "foreseen": actions.foresee_draw(found) if foresees and may_act and waits else None,
        "draw": found, "steps": timeline(found.task_id, area="draw"), "task": found.task,
        "manifest": json.loads(found.manifest), "sees": sees,
        **_own_part(found),
        "drawn": queries.drawn_objects(draw_id) if sees else [], "reserve": queries.reserve_size(draw_id),
        "may_act": may_act,
        "DrawState": DrawState, **STRATA, "step": found.steps_done, "voided": queries.voided_draws(found.task_id),
        "names": {one.id: one.name for one in queries.people([found.void_asked_by, found.voided_by])},
        "views": queries.views(draw_id) if g.officer.is_any(Role.LEGAL_AFFAIRS) else []}


def _own_part(found: Any) -> dict[str, Any]:
    """What the reader gives of the seed, and whether it is the time to commit or to reveal."""
    part, seeding = queries.contribution_of(found, g.officer.person_id), queries.seeding(found)
    goes_on = part is not None and passes(rules.check_draw_stands, voided=found.voided_at is not None)
    name = part.person.name if part else ""
    may_commit = goes_on and passes(rules.check_may_commit, name, seeding)
    return {"part": part, "may_commit": may_commit,
            "may_reveal": goes_on and not may_commit and passes(rules.check_may_reveal, name, seeding)}
