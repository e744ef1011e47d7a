"""Sign in and out."""

from uuid import UUID

from flask import Response, g, make_response, redirect, request
from flask_login import current_user

from fieldapp.accounts import actions, second_factor, signing_in
from fieldapp.accounts.routes.door import BY_ACCOUNT, BY_ADDRESS, BY_EVERYBODY, accounts
from fieldapp.refusals import Refusal
from fieldapp.web.access import allowed, public
from fieldapp.web.limits import address, limited
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.web.preferences import local_path
from fieldapp.web.transactions import prepared


def whose_password() -> UUID | None:
    """Who signs in, found out before the request's transaction opens: hashing takes long."""
    return actions.identify(request.form.get("user_name", "")[:200], request.form.get("password", "")[:1000])


@accounts.get("/sign-in")
@public
def show_sign_in() -> Response:
    return render("accounts/sign_in.html", next=local_path(request.args.get("next")), factor=second_factor.registered())


@accounts.post("/sign-in")
@public
@limited(BY_ACCOUNT, BY_ADDRESS, BY_EVERYBODY)
@prepared(whose_password)
def sign_in() -> Response:
    onward = local_path(request.form.get("next"))
    try:
        secret = actions.sign_in(g.prepared, address=address(), device=str(request.user_agent),
                                 answer=request.form.get("answer", "")[:40])
    except Refusal as refusal:
        return keep_form(refusal, "accounts/sign_in.html", next=onward, factor=second_factor.registered())
    return signing_in.keep(make_response(redirect(onward, 303)), secret)


@accounts.post("/sign-out")
@allowed()
def sign_out() -> Response:
    actions.sign_out(current_user.session_id, by=g.officer)
    return signing_in.forget(see_other("accounts.show_sign_in"))
