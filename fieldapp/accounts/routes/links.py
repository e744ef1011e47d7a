"""One-time links: the secret stands behind the #, so that no log holds it; spent only by the form with the new password."""

from flask import Response, request

from fieldapp.accounts import actions, forms, queries
from fieldapp.accounts.routes.door import LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY, accounts
from fieldapp.refusals import Refusal
from fieldapp.web.access import public
from fieldapp.web.limits import limited
from fieldapp.web.pages import keep_form, render, see_other


@accounts.get("/links")
@public
def show_link_door() -> Response:
    return render("accounts/link_door.html")


@accounts.post("/links")
@public
@limited(LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY)
def open_link() -> Response:
    return render("accounts/link.html", link=queries.link_with(_secret()), secret=_secret())


@accounts.post("/links/password")
@public
@limited(LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY)
def use_link() -> Response:
    link = queries.link_with(_secret())
    try:
        person = actions.use_link(_secret(), forms.passwords(request.form))
    except Refusal as refusal:
        return keep_form(refusal, "accounts/link.html", link=link, secret=_secret())
    return render("accounts/link_used.html", person=person)


@accounts.get("/links/<secret>")
@public
@limited(LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY)
def show_link(secret: str) -> Response:
    """The address as it was given out before: it works until it ends, and leads to the door."""
    queries.link_with(secret)
    return see_other("accounts.show_link_door", _anchor=secret)


def _secret() -> str:
    """What stood behind the #, also where somebody pastes the whole address by hand."""
    return request.form.get("secret", "").strip()[-100:].rpartition("#")[2]
