"""One-time links: opened by anybody who has one, spent only by the form on the page."""

from flask import Response, request

from fieldapp.accounts import actions, forms, queries
from fieldapp.accounts.routes.door import LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY, accounts
from fieldapp.refusals import Refusal
from fieldapp.web.access import public
from fieldapp.web.limits import limited
from fieldapp.web.pages import keep_form, render


@accounts.get("/links/<secret>")
@public
@limited(LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY)
def show_link(secret: str) -> Response:
    return render("accounts/link.html", link=queries.link_with(secret), secret=secret)


@accounts.post("/links/<secret>")
@public
@limited(LINKS_BY_ADDRESS, LINKS_BY_EVERYBODY)
def use_link(secret: str) -> Response:
    link = queries.link_with(secret)
    try:
        person = actions.use_link(secret, forms.passwords(request.form))
    except Refusal as refusal:
        return keep_form(refusal, "accounts/link.html", link=link, secret=secret)
    return render("accounts/link_used.html", person=person)
