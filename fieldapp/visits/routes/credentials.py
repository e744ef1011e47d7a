"""人员核验: what the code on an inspector's phone leads to, who was sent, and where a doubt is told."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, g, make_response, request, url_for

from fieldapp import clock
from fieldapp.accounts import queries as accounts
from fieldapp.refusals import NotFound, Refusal
from fieldapp.roles import Role
from fieldapp.visits import actions, queries, rules
from fieldapp.visits.queries import Credential
from fieldapp.visits.routes.visits import visits
from fieldapp.visits.rules import VisitState
from fieldapp.web.access import allowed, public
from fieldapp.web.fields import needed_text, text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, render, see_other, sentence
from fieldapp.words import N_

BY_ADDRESS = Limit("credential", 120, 60, address)
DOUBTS = Limit("credential_doubt", 5, 3600, address)
OF_ALL = Limit("credential_doubts", 200, 86400, lambda: "all")
TEXT, CONTACT, CODE = 2000, 120, 200
PAGE = "visits/credential/verify.html"


@visits.get("/verify/credential")
@limited(BY_ADDRESS)
@public
def show_verifier() -> Response:
    return render(PAGE, **_facts(is_told="told" in request.args))


@visits.post("/verify/credential")
@limited(BY_ADDRESS)
@public
def verify_credential() -> Response:
    now = clock.now()
    try:
        found = queries.credential_by_code(_code(), now)
    except Refusal as refusal:
        return render(PAGE, 422, **_facts(now=now, why=sentence(refusal), at=refusal.facts.get("at")))
    token = rules.portrait_token(_key(), found.check_id, now) if found.has_portrait else ""
    portrait_url = url_for("visits.show_shown_portrait", token=token) if token else ""
    return render(PAGE, 200 if found.verdict.shows_person else 422,
                  **_facts(now=now, credential=found, portrait_url=portrait_url))


@visits.post("/verify/credential/doubts")
@limited(DOUBTS, OF_ALL)
@public
def report_doubt() -> Response:
    try:
        said = needed_text(request.form, "text", TEXT)
        actions.report_doubt(said, text(request.form, "contact", CONTACT), _code())
    except Refusal as refusal:
        return keep_form(refusal, "visits/credential/verify.html", **_facts(doubts=True))
    return see_other("visits.show_verifier", told=1)


@visits.get("/credential-doubts/<uuid:doubt_id>")
@allowed(Role.LEGAL_AFFAIRS)
def show_doubt(doubt_id: UUID) -> Response:
    return render("visits/credential/doubt.html", **_doubt(doubt_id))


@visits.post("/credential-doubts/<uuid:doubt_id>/finding")
@allowed(Role.LEGAL_AFFAIRS)
def settle_doubt(doubt_id: UUID) -> Response:
    try:
        actions.settle_doubt(doubt_id, needed_text(request.form, "finding", TEXT), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "visits/credential/doubt.html", **_doubt(doubt_id))
    return see_other("visits.show_doubt", doubt_id=doubt_id)


@visits.get("/credentials/<secret>")
@limited(BY_ADDRESS)
@public
def show_credential(secret: str) -> Response:
    credential = queries.credential_by_secret(secret, clock.today())
    portrait_url = url_for("visits.show_portrait", secret=secret) if credential.has_portrait else ""
    return render("visits/credential/sent.html", credential=credential, portrait_url=portrait_url, now=clock.now(),
                  VisitState=VisitState)


@visits.get("/credentials/<secret>/portrait")
@limited(BY_ADDRESS)
@public
def show_portrait(secret: str) -> Response:
    return _portrait(queries.credential_by_secret(secret, clock.today()))


@visits.get("/verify/credential/portraits/<token>")
@limited(BY_ADDRESS)
@public
def show_shown_portrait(token: str) -> Response:
    """The portrait of a verified code, for some minutes: the address leads nowhere else."""
    check_id = rules.check_of_token(_key(), token, clock.now())
    return _portrait(queries.credential_by_check(check_id, clock.today()))


def _portrait(credential: Credential) -> Response:
    if not credential.has_portrait or credential.inspector.person_id is None:
        raise NotFound("visits.no_portrait", N_("没有照片"))
    picture = accounts.portrait(credential.inspector.person_id)
    return make_response(picture, {"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=600"})


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()


def _code() -> str:
    """What stood behind the # of the address that was scanned."""
    return request.form.get("code", "")[:CODE]


def _facts(**said: Any) -> dict[str, Any]:
    """What the page of a check is made of, with nothing where there is nothing to say."""
    nothing = {"now": None, "why": "", "at": None, "credential": None, "is_told": False, "doubts": False, "portrait_url": ""}
    return {**nothing, **said, "code": _code(), "oldest": rules.OLDEST, "turn": rules.TURN, "VisitState": VisitState}


def _doubt(doubt_id: UUID) -> dict[str, Any]:
    found = queries.doubt(doubt_id)
    return {"doubt": found, "told": queries.told_of_doubt(found)}
