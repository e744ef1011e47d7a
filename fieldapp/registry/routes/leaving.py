"""Leaving the directories: what divisions propose, and what legal affairs says."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.registry import actions, forms, queries
from fieldapp.registry.routes.blueprint import registry
from fieldapp.registry.routes.inspectors import inspector_page
from fieldapp.registry.routes.objects import object_page
from fieldapp.registry.routes.sifting import address, filter_by
from fieldapp.registry.rules.deciding import LeavingDecision, LeavingGround
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_identifier, text, word
from fieldapp.web.pages import keep_form, page_number, render, see_other


@registry.post("/objects/<uuid:object_id>/removals")
@allowed(Role.DIVISION_OFFICER)
def propose_object_leaving(object_id: UUID) -> Response:
    try:
        actions.propose_object_leaving(object_id, needed_identifier(request.form, "category"),
                                       word(request.form, "ground", LeavingGround), text(request.form, "reason", 1000),
                                       by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/objects/show.html", **object_page(object_id))
    return see_other("registry.show_object", object_id=object_id)


@registry.post("/inspectors/<uuid:inspector_id>/removals")
@allowed(Role.DIVISION_OFFICER)
def propose_inspector_leaving(inspector_id: UUID) -> Response:
    try:
        actions.propose_inspector_leaving(inspector_id, word(request.form, "ground", LeavingGround),
                                          text(request.form, "reason", 1000), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/inspectors/show.html", **inspector_page(inspector_id))
    return see_other("registry.show_inspector", inspector_id=inspector_id)


@registry.get("/removals")
@allowed(Role.LEGAL_AFFAIRS)
def list_removals() -> Response:
    page = queries.removals_page(request.args.get("state", ""), page_number())
    states = filter_by("registry.list_removals", "state", _("状态"), [("open", _("待审核"))])
    return render("registry/leaving/list.html", page=page, states=states.choices, url=address("registry.list_removals"),
                  Ground=LeavingGround, Decision=LeavingDecision)


@registry.get("/removals/<uuid:removal_id>")
@allowed(Role.LEGAL_AFFAIRS)
def show_removal(removal_id: UUID) -> Response:
    return render("registry/leaving/show.html", **_removal(removal_id))


@registry.post("/removals/<uuid:removal_id>/decision")
@allowed(Role.LEGAL_AFFAIRS)
def decide_leaving(removal_id: UUID) -> Response:
    try:
        actions.decide_leaving(removal_id, forms.leaving_decision(request.form), text(request.form, "opinion", 1000),
                               by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/leaving/show.html", **_removal(removal_id))
    return see_other("registry.list_removals", state="open")


def _removal(removal_id: UUID) -> dict[str, Any]:
    proposal = queries.removal(removal_id)
    load = queries.loads().get(proposal.inspector.id, 0) if proposal.inspector else 0
    return {"proposal": proposal, "load": load, "steps": timeline(proposal.case_id),
            "Ground": LeavingGround, "Decision": LeavingDecision}
