"""What the inspected say of an inspection: counts for the divisions, complaints for legal affairs.

The inspectors know the copy's address too: what was said there is shown on no page of the copy. A complaint is read at its
own address; the entity's own phone has an address of its own for rating.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from fieldapp.fieldwork import queries as fieldwork
from fieldapp.oversight import actions, queries, rules
from fieldapp.oversight.routes.desk import READERS
from fieldapp.oversight.routes.door import oversight
from fieldapp.refusals import Refusal
from fieldapp.roles import OVERSEERS, Role
from fieldapp.web.access import allowed, public
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, public_address, render, see_other

READING = Limit("voice-page", 60, 60, address)
SAYING = Limit("voice", 10, 3600, address)
WORDS, CONTACT = 1000, 120
SAY, SLIP = "oversight/voices/say.html", "oversight/voices/slip.html"


@oversight.get("/copies/<secret>/rating")
@limited(READING)
@public
def show_rating(secret: str) -> Response:
    return render(SAY, **_page(secret), is_sent="sent" in request.args)


@oversight.post("/copies/<secret>/rating")
@limited(SAYING)
@public
def rate_visit(secret: str) -> Response:
    try:
        actions.rate_visit(secret, *_rating())
    except Refusal as refusal:
        return _again(refusal, SAY, lambda: _page(secret))
    return see_other("oversight.show_rating", secret=secret, sent=1)


@oversight.post("/copies/<secret>/complaint")
@limited(SAYING)
@public
def complain(secret: str) -> Response:
    try:
        made = actions.complain(secret, text(request.form, "text", WORDS), text(request.form, "contact", CONTACT))
    except Refusal as refusal:
        return _again(refusal, SAY, lambda: _page(secret))
    return see_other("oversight.show_own_complaint", own=made.secret)


@oversight.get("/complaints/<own>")
@limited(READING)
@public
def show_own_complaint(own: str) -> Response:
    complaint, answer = queries.complaint_by_secret(own)
    return render("oversight/voices/own.html", complaint=complaint, answer=answer,
                  address=public_address(request.path))


@oversight.get("/ratings/<slip>")
@limited(READING)
@public
def show_slip(slip: str) -> Response:
    return render(SLIP, **_slip(slip))


@oversight.post("/ratings/<slip>")
@limited(SAYING)
@public
def rate_by_slip(slip: str) -> Response:
    try:
        actions.rate_by_slip(slip, *_rating())
    except Refusal as refusal:
        return _again(refusal, SLIP, lambda: _slip(slip))
    return see_other("oversight.show_slip", slip=slip)


@oversight.get("/oversight/ratings")
@allowed(*READERS)
def list_ratings() -> Response:
    sees_all = g.officer.is_any(*OVERSEERS)
    handles = g.officer.is_any(Role.LEGAL_AFFAIRS)
    return render("oversight/voices/list.html", fewest=rules.FEWEST, handles=handles, back_url=url_for(".show_deadlines"),
                  rated=rules.rated(queries.scores(queries.scope(g.officer)), sees_all=sees_all), doors=rules.Door,
                  complaints=queries.complaints() if handles else [],
                  several=queries.rated_more_than_once() if handles else [])


@oversight.get("/oversight/complaints/<uuid:complaint_id>")
@allowed(Role.LEGAL_AFFAIRS)
def show_complaint(complaint_id: UUID) -> Response:
    complaint, answer = queries.complaint(complaint_id)
    return render("oversight/voices/complaint.html", complaint=complaint, answer=answer)


@oversight.post("/oversight/complaints/<uuid:complaint_id>/answer")
@allowed(Role.LEGAL_AFFAIRS)
def answer_complaint(complaint_id: UUID) -> Response:
    try:
        actions.answer_complaint(complaint_id, text(request.form, "text", WORDS), by=g.officer)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        complaint, answer = queries.complaint(complaint_id)
        return keep_form(refusal, "oversight/voices/complaint.html", complaint=complaint, answer=answer)
    return see_other("oversight.show_complaint", complaint_id=complaint_id)


def _rating() -> tuple[int, str]:
    return request.form.get("score", 0, type=int), text(request.form, "words", WORDS)


def _page(secret: str) -> dict[str, Any]:
    visit = fieldwork.copy_by_secret(secret).visit
    return {"secret": secret, "object_name": visit.object.name, "has_begun": visit.started_at is not None,
            "scores": _scores(), "back_url": url_for("fieldwork.show_copy", secret=secret)}


def _slip(slip: str) -> dict[str, Any]:
    visit = queries.visit_of_slip(slip)
    copy = fieldwork.copy_of(visit.id)
    rating = next((one for one in queries.ratings_of(visit.id) if one.door == rules.Door.OWN_PHONE), None)
    return {"object_name": visit.object.name, "rating": rating, "scores": _scores(), "slip": slip,
            "address": public_address(request.path),
            "back_url": url_for("fieldwork.show_copy", secret=copy.secret) if copy else "/"}


def _scores() -> list[tuple[str, str]]:
    return [(str(one), f"{one} {'★' * one}") for one in reversed(rules.SCORES)]


def _again(refusal: Refusal, template: str, page: Callable[[], dict[str, Any]]) -> Response:
    """The page with the sentence at its place; where there is no such page, the refusal itself."""
    if refusal.status == 404:
        raise refusal
    return keep_form(refusal, template, **page())
