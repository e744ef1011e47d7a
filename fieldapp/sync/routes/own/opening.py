"""The doors of an entity's phone, on site and by a served link: pages that say nothing and consume nothing, and the one
POST that opens."""

from hashlib import sha256

from flask import Response, g, request

from fieldapp.sync import actions
from fieldapp.sync.actions import Opened
from fieldapp.sync.routes.own.door import COOKIE, code_of, sign
from fieldapp.sync.rules import Opening
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import is_by_tls, render, see_other
from fieldapp.web.transactions import aside, prepared

BY_ADDRESS = Limit("sign-open", 120, 300, address)
BY_LINK = Limit("sign-link", 60, 300, lambda: sha256(_secret().encode()).hexdigest()[:32])
SERVED = Limit("sign-served", 20, 86_400, BY_LINK.key)


def _secret() -> str:
    return request.form.get("secret", "")[:100]


def _open() -> Opened:
    """A small transaction of its own: a wrong code counts though it is answered with a refusal."""
    with aside():
        return actions.open_link(_secret(), code_of())


@sign.get("")
@public
def show_door() -> Response:
    return render("sync/own/door.html", opened=None, secret="")


@sign.post("")
@limited(BY_ADDRESS, BY_LINK)
@prepared(_open)
@public
def open_link() -> Response:
    opened: Opened = g.prepared
    if opened.opening is Opening.OPENED:
        return _let_in(opened)
    is_wrong = opened.opening is Opening.WRONG_CODE
    return render("sync/own/door.html", 422 if is_wrong else 409, opened=opened, secret=_secret() if is_wrong else "")


@sign.get("/served")
@public
def show_served_door() -> Response:
    return render("sync/own/served.html", is_void=False)


@sign.post("/served")
@limited(BY_ADDRESS, BY_LINK, SERVED)
@public
def open_served_link() -> Response:
    opened = actions.open_served_link(_secret())
    if opened.opening is Opening.OPENED:
        return _let_in(opened)
    return render("sync/own/served.html", 409, is_void=True)


def _let_in(opened: Opened) -> Response:
    """To the first page, with the session's cookie, which ends with its link."""
    answer = see_other("sign.show_visit")
    answer.set_cookie(COOKIE, opened.session, max_age=opened.lasts, path="/sign", httponly=True,
                      secure=is_by_tls(), samesite="Lax")
    return answer
