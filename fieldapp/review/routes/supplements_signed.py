"""A 补充笔录 at the link that was served to the entity: read, signed, or not signed in the entity's own words."""

from hashlib import sha256
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from fieldapp.accounts.rules import secret_hash
from fieldapp.refusals import Refusal
from fieldapp.review import actions, forms, queries
from fieldapp.review.routes.door import review
from fieldapp.review.routes.supplements import signing_page
from fieldapp.web.access import public
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, render, see_other


def _of_link() -> str:
    """Each link counts for itself."""
    return sha256(str((request.view_args or {}).get("link", ""))[:100].encode()).hexdigest()[:32]


READING = Limit("supplement", 120, 60, address)
SAYING = (Limit("supplement-say-from", 240, 600, address), Limit("supplement-say", 40, 600, _of_link))


@review.get("/supplements/<link>")
@limited(READING)
@public
def show_served_supplement(link: str) -> Response:
    return render("review/supplement/entity.html", **_page(link))


@review.post("/supplements/<link>/signature")
@limited(*SAYING)
@public
def sign_by_link(link: str) -> Response:
    try:
        signer, opinion, words = forms.entity_signing(request.form)
        actions.sign_by_link(link, signer, opinion, words)
    except Refusal as refusal:
        return keep_form(refusal, "review/supplement/entity.html", **_page(link))
    return see_other("review.show_served_supplement", link=link)


@review.get("/supplements/<link>/refusal")
@limited(READING)
@public
def show_decline(link: str) -> Response:
    return render("sync/own/refusal.html", **_declining(link))


@review.post("/supplements/<link>/refusal")
@limited(*SAYING)
@public
def decline_by_link(link: str) -> Response:
    try:
        actions.decline_by_link(link, text(request.form, "words", forms.OPINION), request.form.get("digest", ""))
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/refusal.html", **_declining(link))
    return see_other("review.show_served_supplement", link=link)


def _page(link: str) -> dict[str, Any]:
    row = queries.served_by_secret(secret_hash(link))
    return {**signing_page(row), "is_served": True, "post_url": url_for("review.sign_by_link", link=link),
            "refuse_url": url_for("review.show_decline", link=link), "back_url": ""}


def _declining(link: str) -> dict[str, Any]:
    row = queries.served_by_secret(secret_hash(link))
    return {"what": _("补充笔录"), "digest": row.digest, "back_url": url_for("review.show_served_supplement", link=link)}
