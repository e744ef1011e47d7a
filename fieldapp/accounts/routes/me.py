"""My page: who I am here, where I am signed in, my password."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_login import current_user

from fieldapp.accounts import actions, forms, queries, signing_in
from fieldapp.accounts.routes.door import BY_ADDRESS, accounts
from fieldapp.accounts.rules import device_name, secret_hash
from fieldapp.refusals import Refusal
from fieldapp.web.access import allowed
from fieldapp.web.limits import Limit, limited
from fieldapp.web.pages import keep_form, render, see_other

BY_SESSION = Limit("password-session", 10, 600, lambda: secret_hash(_secret())[:32])


def _secret() -> str:
    return request.cookies.get(signing_in.cookie_name(), "")


def _my_page() -> dict[str, Any]:
    return {"person": queries.person(g.officer.person_id), "sessions": queries.sessions_of(g.officer.person_id),
            "session_id": current_user.session_id, "device_name": device_name}


@accounts.get("/me")
@allowed()
def show_me() -> Response:
    return render("accounts/me.html", **_my_page())


@accounts.post("/me/password")
@allowed()
@limited(BY_SESSION, BY_ADDRESS)
def change_password() -> Response:
    try:
        actions.change_password(g.officer.person_id, request.form.get("old_password", "")[:1000],
                                forms.passwords(request.form), by=g.officer, session_id=current_user.session_id)
    except Refusal as refusal:
        return keep_form(refusal, "accounts/me.html", **_my_page())
    return see_other("accounts.show_me", _anchor="password-set")


@accounts.post("/sessions/<uuid:session_id>/end")
@allowed()
def end_session(session_id: UUID) -> Response:
    actions.end_session(session_id, by=g.officer)
    return see_other("accounts.show_me")


@accounts.post("/me/sessions/end")
@allowed()
def end_my_sessions() -> Response:
    actions.end_all_sessions(g.officer.person_id, by=g.officer, but=current_user.session_id)
    return see_other("accounts.show_me")
