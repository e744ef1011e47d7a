"""The directory of agencies and experts."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request, send_file

from fieldapp import clock
from fieldapp.entrusting import actions, forms, queries, rules
from fieldapp.entrusting.rules import PartyKind, State
from fieldapp.evidence import rules as evidence
from fieldapp.evidence import store
from fieldapp.evidence.store import Shelf
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.roles import OF_DIVISION, OVERSEERS, Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import choices, keep_form, render, see_other
from fieldapp.web.transactions import prepared

entrusting = Blueprint("entrusting", __name__)

READERS = OVERSEERS | OF_DIVISION
KEEPERS = (Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER)
SANDBOX = "default-src 'none'; sandbox"


@entrusting.get("/entrusted-parties")
@allowed(*READERS)
def list_parties() -> Response:
    return render("entrusting/list.html", **_list())


@entrusting.get("/entrusted-parties/new")
@allowed(*KEEPERS)
def new_party() -> Response:
    return render("entrusting/new.html", kinds=choices(PartyKind))


@entrusting.post("/entrusted-parties")
@allowed(*KEEPERS)
def add_party() -> Response:
    try:
        row = actions.add_party(forms.party(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "entrusting/new.html", kinds=choices(PartyKind))
    return see_other("entrusting.show_party", party_id=row.id)


@entrusting.get("/entrusted-parties/<uuid:party_id>")
@allowed(*READERS)
def show_party(party_id: UUID) -> Response:
    return render("entrusting/party.html", **_party(party_id))


@entrusting.post("/entrusted-parties/<uuid:party_id>/certificates")
@allowed(*KEEPERS)
@prepared(forms.read_file)
def add_certificate(party_id: UUID) -> Response:
    try:
        actions.add_certificate(party_id, forms.qualification(request.form), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, party_id)
    return see_other("entrusting.show_party", party_id=party_id)


@entrusting.post("/entrusted-parties/<uuid:party_id>/interests")
@allowed(*KEEPERS)
def declare_interest(party_id: UUID) -> Response:
    try:
        actions.declare_interest(party_id, *forms.interest(request.form), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, party_id)
    return see_other("entrusting.show_party", party_id=party_id)


@entrusting.post("/entrusted-parties/<uuid:party_id>/ending")
@allowed(*KEEPERS)
def end_party(party_id: UUID) -> Response:
    try:
        actions.end_party(party_id, text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, party_id)
    return see_other("entrusting.show_party", party_id=party_id)


@entrusting.get("/entrusted-certificates/<uuid:certificate_id>")
@allowed(*READERS)
def show_certificate(certificate_id: UUID) -> Response:
    row = queries.certificate(certificate_id)
    return original_of(row.original, row.file_name)


def original_of(original: Any, name: str) -> Response:
    """An original as a download in which nothing runs."""
    response = send_file(store.path(Shelf.ORIGINALS, original.sha256), mimetype=original.media_type, etag=original.sha256)
    response.headers.update({"Content-Disposition": evidence.attachment(name, original.media_type),
                             "Content-Security-Policy": SANDBOX, "Cache-Control": "private, no-cache",
                             "X-Content-Type-Options": "nosniff"})
    return response


def _list() -> dict[str, Any]:
    kind, search = request.args.get("kind", ""), request.args.get("q", "")[:60]
    chosen = kind if kind in set(PartyKind) else ""
    return {"parties": queries.parties(chosen, search), "kind": chosen, "q": search, "Kind": PartyKind,
            "may_add": g.officer.is_any(*KEEPERS), "valid": _valid, "day": clock.today()}


def _party(party_id: UUID) -> dict[str, Any]:
    row = queries.party(party_id)
    keeps = rules.may_keep(g.officer, row.division_id)
    return _list() | {
        "party": row, "keeps": keeps and row.ended_on is None, "entrustments": queries.of_party(g.officer, row.id),
        "state_of": queries.state_of, "State": State, "steps": timeline(row.id),
        "inspectors": [(str(one.id), f"{one.name}（{one.division.name}）") for one in queries.inspectors()] if keeps else []}


def _valid(one: Any) -> Any:
    """The qualification of today, if there is one."""
    return rules.covering(queries.held(one), clock.today())


def _keep(refusal: Refusal, party_id: UUID) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "entrusting/party.html", **_party(party_id))
