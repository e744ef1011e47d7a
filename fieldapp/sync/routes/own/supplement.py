"""A supplement to the notice on the entity's phone: who inspects from now on; received by signature, or not accepted."""

from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.refusals import NotFound, Refusal
from fieldapp.sync import rules
from fieldapp.sync.routes.own.door import SAYING, TEXT, held, say, sign, signer_of, who_signs
from fieldapp.sync.routes.own.visit import frame, supplement_state
from fieldapp.sync.rules import Said
from fieldapp.visits import queries as visits
from fieldapp.web.access import public
from fieldapp.web.fields import text
from fieldapp.web.limits import limited
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.words import N_


@sign.get("/supplements/<uuid:document_id>")
@public
def show_supplement(document_id: UUID) -> Response:
    return render("sync/own/supplement.html", **_page(document_id))


@sign.post("/supplements/<uuid:document_id>/signature")
@limited(*SAYING)
@public
def sign_supplement(document_id: UUID) -> Response:
    visit = held()
    try:
        state, digest = _checked(visit, document_id)
        handed = None if state["issued"] else {"number": state["number"], "sha256": digest}
        say(visit, rules.said_of_supplement(signer_of(digest, who_signs()), state["place"], handed, g.link.offered_by_id,
                                            clock.now()))
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/supplement.html", **_page(document_id))
    return see_other("sign.show_visit")


@sign.get("/supplements/<uuid:document_id>/refusal")
@public
def show_supplement_refusal(document_id: UUID) -> Response:
    return render("sync/own/refusal.html", **_refusing(document_id))


@sign.post("/supplements/<uuid:document_id>/refusal")
@limited(*SAYING)
@public
def refuse_supplement(document_id: UUID) -> Response:
    visit = held()
    try:
        state, digest = _checked(visit, document_id)
        value = rules.refusal("notice", text(request.form, "words", TEXT), digest)
        say(visit, [Said("refuse", f"{state['place']}/refusal", value, g.link.offered_by_id, clock.now())])
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/refusal.html", **_refusing(document_id))
    return see_other("sign.show_visit")


def _supplement(visit: Any, document_id: UUID) -> Any:
    """One of the supplements in force of this visit; no other is there for this phone."""
    for one in visits.supplements_of(visit):
        if one.id == document_id:
            return one
    raise NotFound("sync.no_supplement", N_("没有这份检查人员变更告知书"))


def _checked(visit: Any, document_id: UUID) -> tuple[dict[str, Any], str]:
    """What has been answered so far, and the digest, which whoever answers has read; unsettled."""
    found = _supplement(visit, document_id)
    state, digest = supplement_state(visit, found), found.content_hash or ""
    rules.check_is_unsettled(is_settled=bool(state["signed"] or state["refused"]))
    rules.check_what_was_read(request.form.get("digest", ""), digest)
    return state, digest


def _page(document_id: UUID) -> dict[str, Any]:
    found = _supplement(g.visit, document_id)
    return {**frame(), "supplement": supplement_state(g.visit, found), "digest": found.content_hash,
            "content": found.content or {}}


def _refusing(document_id: UUID) -> dict[str, Any]:
    return {**_page(document_id), "what": _("检查人员变更告知书"),
            "back_url": url_for("sign.show_supplement", document_id=document_id)}
