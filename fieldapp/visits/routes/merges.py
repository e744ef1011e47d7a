"""Merge proposals: legal affairs proposes, the divisions concerned answer."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.roles import HEADS, OF_DIVISION, Role
from fieldapp.visits import actions, forms, queries, rules
from fieldapp.visits.routes.visits import visits
from fieldapp.visits.rules import MergeDecision, Step
from fieldapp.web.access import allowed
from fieldapp.web.fields import identifier, text
from fieldapp.web.pages import keep_form, render, see_other


@visits.get("/merges")
@allowed(Role.LEGAL_AFFAIRS)
def list_merges() -> Response:
    return render("visits/merges.html", proposals=queries.proposals(), MergeDecision=MergeDecision)


@visits.get("/merges/<uuid:proposal_id>")
@allowed(Role.LEGAL_AFFAIRS, *OF_DIVISION)
def show_merge(proposal_id: UUID) -> Response:
    return render("visits/merge.html", **_merge(proposal_id))


@visits.post("/merges/<uuid:proposal_id>/decision")
@allowed(Role.LEGAL_AFFAIRS)
def propose_merge(proposal_id: UUID) -> Response:
    """Legal affairs lays the merge before the divisions, or says why it does not."""
    reason = text(request.form, "reason", forms.LONG)
    try:
        if request.form.get("decision") == "declined":
            actions.decline_merge(proposal_id, reason, by=g.officer)
        else:
            actions.propose_merge(proposal_id, identifier(request.form, "lead_division"), reason, by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, proposal_id)
    return see_other("visits.show_merge", proposal_id=proposal_id)


@visits.post("/merges/<uuid:proposal_id>/answer")
@allowed(*HEADS)
def answer_merge(proposal_id: UUID) -> Response:
    try:
        actions.answer_merge(proposal_id, request.form.get("decision", ""), text(request.form, "opinion", forms.LONG),
                             by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, proposal_id)
    return see_other("visits.show_merge", proposal_id=proposal_id)


def _merge(proposal_id: UUID) -> dict[str, Any]:
    proposal = queries.proposal_for(g.officer, proposal_id)
    sides, divisions, asked = [proposal.first_visit, proposal.second_visit], queries.concerned(proposal), set()
    if proposal.decision is None:
        asked = queries.asked_of(proposal)
    is_legal = g.officer.is_any(Role.LEGAL_AFFAIRS)
    may_propose = is_legal and proposal.decision != MergeDecision.MERGED and all(
        rules.may_take(Step.MERGE, visit.state) for visit in sides)
    return {"proposal": proposal, "steps": timeline(proposal.first_visit_id, about=proposal.id), "MergeDecision": MergeDecision,
            "sides": [(visit, queries.window(visit), queries.members(visit), queries.sees(g.officer, visit.id))
                      for visit in sides],
            "leads": list({visit.lead_division_id: visit.lead_division.name for visit in sides}.items()),
            "waits": [name for division_id, name in divisions.items() if division_id in asked],
            "consents": queries.consents_of(proposal.id), "Decision": rules.Decision, "is_legal": is_legal,
            "may_propose": may_propose, "may_decline": is_legal and proposal.decision is None,
            "may_answer": g.officer.is_any(*HEADS) and g.officer.division_id in asked}


def _keep(refusal: Refusal, proposal_id: UUID) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "visits/merge.html", **_merge(proposal_id))
