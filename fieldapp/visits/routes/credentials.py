"""人员核验: what the QR code on an inspector's phone leads to."""

from flask import Response, make_response

from fieldapp import clock
from fieldapp.accounts import queries as accounts
from fieldapp.refusals import NotFound
from fieldapp.visits import queries
from fieldapp.visits.routes.visits import visits
from fieldapp.visits.rules import Verdict, VisitState
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import render
from fieldapp.words import N_

BY_ADDRESS = Limit("credential", 120, 60, address)


@visits.get("/credentials/<secret>")
@limited(BY_ADDRESS)
@public
def show_credential(secret: str) -> Response:
    credential = queries.credential_by_secret(secret, clock.today())
    return render("visits/credential.html", credential=credential, secret=secret, now=clock.now(), Verdict=Verdict,
                  VisitState=VisitState)


@visits.get("/credentials/<secret>/portrait")
@limited(BY_ADDRESS)
@public
def show_portrait(secret: str) -> Response:
    credential = queries.credential_by_secret(secret, clock.today())
    if not credential.has_portrait or credential.inspector.person_id is None:
        raise NotFound("visits.no_portrait", N_("没有照片"))
    picture = accounts.portrait(credential.inspector.person_id)
    return make_response(picture, {"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=600"})
