"""Merge proposals: legal affairs proposes, the divisions concerned answer."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.roles import HEADS, Role
from fieldapp.visits import actions, forms, queries, rules
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
@allowed(Role.LEGAL_AFFAIRS, *HEADS)
def show_merge(proposal_id: UUID) -> Response:
    return render("visits/merge.html", **_merge(proposal_id))


@visits.post("/merges/<uuid:proposal_id>/proposal")
@allowed(Role.LEGAL_AFFAIRS)
def propose_merge(proposal_id: UUID) -> Response:
    """Legal affairs lays the merge before the divisions."""
    try:
        actions.propose_merge(proposal_id, identifier(request.form, "lead_division"), text(request.form, "reason", forms.LONG),
                              by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, proposal_id)
    return see_other("visits.show_merge", proposal_id=proposal_id)


@visits.post("/merges/<uuid:proposal_id>/decline")
@allowed(Role.LEGAL_AFFAIRS)
def decline_merge(proposal_id: UUID) -> Response:
    """Legal affairs says why it does not propose the merge, or takes it back."""
    try:
        actions.decline_merge(proposal_id, text(request.form, "reason", forms.LONG), by=g.officer)
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
    """What the page of a proposal shows; slot and team of a visit only to those who may see it (embargo)."""
    officer, proposal = g.officer, queries.proposal_for(g.officer, proposal_id)
    sides = [proposal.first_visit, proposal.second_visit]
    asked = queries.asked_of(proposal) if proposal.decision is None else set()
    return {"proposal": proposal, "steps": timeline(proposal.first_visit_id, about=proposal.id), "MergeDecision": MergeDecision,
            "sides": [(visit, queries.window(visit), queries.members(visit), queries.sees(officer, visit.id)) for visit in sides],
            "leads": list({visit.lead_division_id: visit.lead_division.name for visit in sides}.items()),
            "waits": [name for division_id, name in queries.concerned(proposal).items() if division_id in asked],
            "consents": queries.consents_of(proposal.id), "Decision": rules.Decision,
            "is_legal": officer.is_any(Role.LEGAL_AFFAIRS),
            "may_propose": rules.may_propose_merge(officer, states=[visit.state for visit in sides], decision=proposal.decision),
            "may_decline": rules.may_decline_merge(officer, decision=proposal.decision),
            "may_answer": rules.may_answer_merge(officer, asked=asked, decision=proposal.decision)}


def _keep(refusal: Refusal, proposal_id: UUID) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "visits/merge.html", **_merge(proposal_id))
