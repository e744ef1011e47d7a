"""Entries leave the directories: a division proposes, legal affairs decides (articles 8–10)."""

from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.accounts import actions as accounts
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.models import DirectoryRemoval
from fieldapp.registry.rules.deciding import (
    OF_INSPECTORS,
    OF_OBJECTS,
    LeavingDecision,
    LeavingGround,
    check_leaving_decision,
    check_leaving_is_grounded,
    check_may_propose_leaving,
)
from fieldapp.roles import Officer, Role


def propose_object_leaving(object_id: UUID, object_category_id: UUID, ground: LeavingGround | None,
                           reason: str, *, by: Officer) -> DirectoryRemoval:
    """Propose that an object leave one of its categories."""
    link = queries.object_category(queries.object_for(object_id, by).id, object_category_id)
    check_may_propose_leaving(by, link.division_id, has_left=link.is_over_by(clock.today()),
                              is_proposed=queries.is_leaving_proposed(link.id))
    ground = check_leaving_is_grounded(ground, OF_OBJECTS, reason)
    return _propose(DirectoryRemoval(case_id=link.object_id, link=link, **_said(ground, reason, by)), by)


def propose_inspector_leaving(inspector_id: UUID, ground: LeavingGround | None, reason: str, *,
                              by: Officer) -> DirectoryRemoval:
    """Propose that an inspector leave the directory."""
    inspector = queries.inspector_for(by, inspector_id)
    check_may_propose_leaving(by, inspector.division_id, has_left=inspector.has_left_by(clock.today()),
                              is_proposed=queries.is_leaving_proposed(inspector.id))
    ground = check_leaving_is_grounded(ground, OF_INSPECTORS, reason)
    return _propose(DirectoryRemoval(case_id=inspector.id, inspector=inspector, **_said(ground, reason, by)), by)


def decide_leaving(removal_id: UUID, decision: LeavingDecision, opinion: str, *, by: Officer) -> DirectoryRemoval:
    """Agree, and from today the entry is in no draw and no matching; or decline with the reason. What is drawn stays."""
    proposal = queries.removal(removal_id, lock=True)
    check_leaving_decision(proposal.decision, decision, opinion, is_own=proposal.proposed_by == by.person_id)
    proposal.decision, proposal.opinion = decision.value, opinion
    proposal.decided_by, proposal.decided_at = by.person_id, clock.now()
    accounts.answered("leaving", proposal.id, by=by)
    if decision is LeavingDecision.DECLINED:
        ledger.record(by, "registry.leaving_declined", proposal, reason=opinion)
        return proposal
    ledger.record(by, "registry.leaving_agreed", proposal, reason=opinion)
    if proposal.link:
        proposal.link.valid_to = clock.today()
        ledger.record(by, "registry.object_left", proposal.link.object, facts={"category": proposal.link.category})
    elif proposal.inspector:
        proposal.inspector.left_on = clock.today()
        ledger.record(by, "registry.inspector_left", proposal.inspector)
    return proposal


def _said(ground: LeavingGround, reason: str, by: Officer) -> dict[str, Any]:
    return {"division_id": by.division_id, "ground": ground.value, "reason": reason, "proposed_by": by.person_id,
            "proposed_at": clock.now()}


def _propose(proposal: DirectoryRemoval, by: Officer) -> DirectoryRemoval:
    db.session.add(proposal)
    ledger.record(by, "registry.leaving_proposed", proposal)
    accounts.ask("leaving", proposal.id, role=Role.LEGAL_AFFAIRS, title=proposal.name, endpoint="registry.show_removal",
                 arguments={"removal_id": proposal.id})
    return proposal
