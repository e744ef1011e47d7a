"""A record on the entity's phone: read as it will be signed, said to be true or objected to, signed, or refused."""

from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from fieldapp import clock
from fieldapp.fieldwork import queries as records
from fieldapp.fieldwork import rules as words
from fieldapp.fieldwork.routes.paper import record_paper
from fieldapp.refusals import NotFound, Refusal
from fieldapp.sync import rules
from fieldapp.sync.routes.own.door import SAYING, TEXT, held, say, sign, signer_of, who_signs
from fieldapp.sync.routes.own.visit import frame, record_state
from fieldapp.sync.rules import Said
from fieldapp.web.access import public
from fieldapp.web.fields import text
from fieldapp.web.limits import limited
from fieldapp.web.pages import choices, keep_form, render, see_other
from fieldapp.words import N_


@sign.get("/records/<uuid:visit_task_id>")
@public
def show_record(visit_task_id: UUID) -> Response:
    return render("sync/own/record.html", **_page(_part(g.visit, visit_task_id)))


@sign.post("/records/<uuid:visit_task_id>/opinion")
@limited(*SAYING)
@public
def give_opinion(visit_task_id: UUID) -> Response:
    visit = held()
    part = _part(visit, visit_task_id)
    try:
        _check(part)
        form = request.form
        say(visit, rules.said_by_entity(part.id, form.get("opinion", ""), text(form, "words", TEXT), who_signs(),
                                        g.link.offered_by_id, clock.now()))
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/record.html", **_page(_part(g.visit, visit_task_id)))
    return see_other("sign.show_signature", visit_task_id=visit_task_id)


@sign.get("/records/<uuid:visit_task_id>/signature")
@public
def show_signature(visit_task_id: UUID) -> Response:
    return render("sync/own/signature.html", **_page(_part(g.visit, visit_task_id)))


@sign.post("/records/<uuid:visit_task_id>/signature")
@limited(*SAYING)
@public
def sign_record(visit_task_id: UUID) -> Response:
    visit = held()
    part = _part(visit, visit_task_id)
    try:
        view = _check(part)
        rules.check_has_opinion(view)
        signer = signer_of(view.digest, (view.entity_name, view.entity_capacity), view.attendance)
        say(visit, [Said("sign", f"r/{part.id}/record", rules.signature(signer), g.link.offered_by_id, clock.now())])
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/signature.html", **_page(_part(g.visit, visit_task_id)))
    return see_other("sign.show_visit")


@sign.get("/records/<uuid:visit_task_id>/refusal")
@public
def show_refusal(visit_task_id: UUID) -> Response:
    return render("sync/own/refusal.html", **_refusing(_part(g.visit, visit_task_id)))


@sign.post("/records/<uuid:visit_task_id>/refusal")
@limited(*SAYING)
@public
def refuse_record(visit_task_id: UUID) -> Response:
    visit = held()
    part = _part(visit, visit_task_id)
    try:
        value = rules.refusal("record", text(request.form, "words", TEXT), _check(part).digest)
        say(visit, [Said("refuse", f"r/{part.id}/refusal", value, g.link.offered_by_id, clock.now())])
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/refusal.html", **_refusing(_part(g.visit, visit_task_id)))
    return see_other("sign.show_visit")


def _part(visit: Any, visit_task_id: UUID) -> Any:
    """One of the records of this visit; no other is there for this phone."""
    part = records.visit_task_of(visit, visit_task_id)
    if part is None:
        raise NotFound("sync.no_record", N_("没有这份记录"))
    return part


def _check(part: Any) -> words.RecordView:
    """The record as it stands, which whoever answers has read, finished and unsettled."""
    view = records.record(part.id)
    rules.check_is_unsettled(is_settled=records.is_settled(part) or records.is_over(part))
    rules.check_what_was_read(request.form.get("digest", ""), view.digest)
    rules.check_is_ready(view)
    rules.check_is_served(is_awaited=view.is_awaited or not g.link.is_served)
    return view


def _page(part: Any) -> dict[str, Any]:
    view = records.record(part.id)
    said = {"opinion": view.opinion.value if view.opinion else "", "words": view.entity_words, "name": view.entity_name,
            "capacity": view.entity_capacity}
    back_url = url_for("sign.show_visit")
    return {**frame(), "record": record_paper(view, back_url=back_url), "apart": view, "ways": words.Way, "said": said,
            "state": record_state(part), "opinions": choices(words.EntityOpinion)}


def _refusing(part: Any) -> dict[str, Any]:
    page = _page(part)
    return {**page, "what": page["record"]["item"], "digest": page["record"]["digest"],
            "back_url": url_for("sign.show_record", visit_task_id=part.id)}
