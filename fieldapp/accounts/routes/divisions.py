"""Divisions: the system administrator's page."""

from uuid import UUID

from flask import Response, g, request

from fieldapp.accounts import actions, queries
from fieldapp.accounts.routes.door import accounts
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import keep_form, render, see_other


@accounts.get("/divisions")
@allowed(Role.SYSTEM_ADMIN)
def list_divisions() -> Response:
    return render("accounts/divisions/list.html", divisions=queries.divisions())


@accounts.post("/divisions")
@allowed(Role.SYSTEM_ADMIN)
def add_division() -> Response:
    try:
        actions.add_division(text(request.form, "name", 60), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "accounts/divisions/list.html", divisions=queries.divisions())
    return see_other("accounts.list_divisions")


@accounts.get("/divisions/<uuid:division_id>")
@allowed(Role.SYSTEM_ADMIN)
def show_division(division_id: UUID) -> Response:
    return render("accounts/divisions/division.html", division=queries.division(division_id), divisions=queries.divisions())


@accounts.post("/divisions/<uuid:division_id>/name")
@allowed(Role.SYSTEM_ADMIN)
def rename_division(division_id: UUID) -> Response:
    try:
        actions.rename_division(division_id, text(request.form, "name", 60), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "accounts/divisions/division.html", division=queries.division(division_id),
                         divisions=queries.divisions())
    return see_other("accounts.list_divisions")
