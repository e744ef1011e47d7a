"""What the inspected say of an inspection: on its copy's page; counts for the divisions, complaints for legal affairs."""

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
from fieldapp.web.pages import keep_form, render, see_other

READING = Limit("voice-page", 60, 60, address)
SAYING = Limit("voice", 10, 3600, address)
WORDS, CONTACT = 1000, 120


@oversight.get("/copies/<secret>/rating")
@limited(READING)
@public
def show_rating(secret: str) -> Response:
    return render("oversight/voices/say.html", **_page(secret))


@oversight.post("/copies/<secret>/rating")
@limited(SAYING)
@public
def rate_visit(secret: str) -> Response:
    try:
        actions.rate_visit(secret, request.form.get("score", 0, type=int), text(request.form, "words", WORDS))
    except Refusal as refusal:
        return _again(secret, refusal)
    return see_other("oversight.show_rating", secret=secret)


@oversight.post("/copies/<secret>/complaint")
@limited(SAYING)
@public
def complain(secret: str) -> Response:
    try:
        actions.complain(secret, text(request.form, "text", WORDS), text(request.form, "contact", CONTACT))
    except Refusal as refusal:
        return _again(secret, refusal)
    return see_other("oversight.show_rating", secret=secret)


@oversight.get("/oversight/ratings")
@allowed(*READERS)
def list_ratings() -> Response:
    sees_all = g.officer.is_any(*OVERSEERS)
    handles = g.officer.is_any(Role.LEGAL_AFFAIRS)
    return render("oversight/voices/list.html", fewest=rules.FEWEST, handles=handles, back_url=url_for(".show_deadlines"),
                  rated=rules.rated(queries.scores(queries.scope(g.officer)), sees_all=sees_all),
                  complaints=queries.complaints() if handles else [])


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


def _page(secret: str) -> dict[str, Any]:
    visit = fieldwork.copy_by_secret(secret).visit
    return {"secret": secret, "object_name": visit.object.name, "has_begun": visit.started_at is not None,
            "rating": queries.rating_of(visit.id), "complaints": queries.complaints(visit.id),
            "scores": [(str(one), f"{one} {'★' * one}") for one in reversed(rules.SCORES)],
            "back_url": url_for("fieldwork.show_copy", secret=secret)}


def _again(secret: str, refusal: Refusal) -> Response:
    """The page with the sentence at its place; where there is no such copy, the refusal itself."""
    if refusal.status == 404:
        raise refusal
    return keep_form(refusal, "oversight/voices/say.html", **_page(secret))
