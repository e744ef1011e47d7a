"""People, their roles, links and portraits: the security administrator's pages."""

from typing import Any
from uuid import UUID

from flask import Response, g, make_response, request, url_for

from fieldapp.accounts import actions, forms, queries
from fieldapp.accounts.routes.door import accounts
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_day
from fieldapp.web.pages import keep_form, public_address, render, see_other
from fieldapp.web.transactions import prepared


def _person_page(person_id: UUID) -> dict[str, Any]:
    return {"person": queries.person(person_id), "sessions": queries.sessions_of(person_id),
            "links": queries.links_of(person_id), "steps": timeline(person_id),
            "roles": Role, "search": "", "people": queries.people()}


@accounts.get("/people")
@allowed(Role.SECURITY_ADMIN)
def list_people() -> Response:
    search = request.args.get("q", "").strip()[:60]
    return render("accounts/people/list.html", people=queries.people(search), search=search, roles=Role)


@accounts.get("/people/new")
@allowed(Role.SECURITY_ADMIN)
def new_person() -> Response:
    return render("accounts/people/new.html", divisions=queries.divisions(), roles=Role)


@accounts.post("/people")
@allowed(Role.SECURITY_ADMIN)
def add_person() -> Response:
    try:
        person = actions.add_person(**forms.new_person(request.form).facts(), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "accounts/people/new.html", divisions=queries.divisions(), roles=Role)
    return see_other("accounts.show_person", person_id=person.id)


@accounts.get("/people/<uuid:person_id>")
@allowed(Role.SECURITY_ADMIN)
def show_person(person_id: UUID) -> Response:
    return render("accounts/people/person.html", **_person_page(person_id))


@accounts.post("/people/<uuid:person_id>/roles")
@allowed(Role.SECURITY_ADMIN)
def change_roles(person_id: UUID) -> Response:
    try:
        actions.change_roles(person_id, forms.roles(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "accounts/people/person.html", **_person_page(person_id))
    return see_other("accounts.show_person", person_id=person_id)


@accounts.post("/people/<uuid:person_id>/links")
@allowed(Role.SECURITY_ADMIN)
def issue_link(person_id: UUID) -> Response:
    secret = actions.issue_link(person_id, by=g.officer)
    address = public_address(url_for("accounts.show_link_door", _anchor=secret))
    return render("accounts/people/link_issued.html", person=queries.person(person_id), address=address)


@accounts.post("/people/<uuid:person_id>/sessions/end")
@allowed(Role.SECURITY_ADMIN)
def end_all_sessions(person_id: UUID) -> Response:
    actions.end_all_sessions(person_id, by=g.officer)
    return see_other("accounts.show_person", person_id=person_id)


@accounts.post("/people/<uuid:person_id>/departure")
@allowed(Role.SECURITY_ADMIN)
def record_departure(person_id: UUID) -> Response:
    try:
        actions.record_departure(person_id, needed_day(request.form, "left_on"), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "accounts/people/person.html", **_person_page(person_id))
    return see_other("accounts.show_person", person_id=person_id)


@accounts.get("/people/<uuid:person_id>/portrait")
@allowed()
def show_portrait(person_id: UUID) -> Response:
    response = make_response(queries.portrait(person_id), {"Content-Type": "image/jpeg"})
    response.headers.update({"Cache-Control": "private, no-cache", "Content-Security-Policy": "sandbox"})
    response.add_etag()
    response.make_conditional(request)
    return response


@accounts.post("/people/<uuid:person_id>/portrait")
@allowed(Role.SECURITY_ADMIN)
@prepared(lambda: actions.read_portrait(forms.portrait()))
def set_portrait(person_id: UUID) -> Response:
    actions.set_portrait(person_id, g.prepared, by=g.officer)
    return see_other("accounts.show_person", person_id=person_id)
