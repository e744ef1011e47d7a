"""Merge proposals, for legal affairs."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.visits import actions, forms, queries
from fieldapp.visits.routes.visits import visits
from fieldapp.visits.rules import MergeDecision
from fieldapp.web.access import allowed
from fieldapp.web.fields import identifier, text
from fieldapp.web.pages import keep_form, render, see_other


@visits.get("/merges")
@allowed(Role.LEGAL_AFFAIRS)
def list_merges() -> Response:
    return render("visits/merges.html", proposals=queries.proposals(), MergeDecision=MergeDecision)


@visits.get("/merges/<uuid:proposal_id>")
@allowed(Role.LEGAL_AFFAIRS)
def show_merge(proposal_id: UUID) -> Response:
    return render("visits/merge.html", **_merge(proposal_id))


@visits.post("/merges/<uuid:proposal_id>/decision")
@allowed(Role.LEGAL_AFFAIRS)
def decide_merge(proposal_id: UUID) -> Response:
    try:
        actions.decide_merge(proposal_id, request.form.get("decision", ""),
                             identifier(request.form, "lead_division"),
                             text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return keep_form(refusal, "visits/merge.html", **_merge(proposal_id))
    return see_other("visits.show_merge", proposal_id=proposal_id)


def _merge(proposal_id: UUID) -> dict[str, Any]:
    proposal = queries.proposal(proposal_id)
    sides = [proposal.first_visit, proposal.second_visit]
    return {"proposal": proposal, "steps": timeline(proposal.first_visit_id, about=proposal.id), "MergeDecision": MergeDecision,
            "sides": [(visit, queries.window(visit), queries.members(visit)) for visit in sides]}
