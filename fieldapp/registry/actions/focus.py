"""Key supervision is proposed by divisions, decided and lifted by legal affairs (article 6)."""

from datetime import date
from uuid import UUID

from fieldapp import clock, db
from fieldapp.accounts import actions as accounts
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.models import FocusProposal
from fieldapp.registry.rules.deciding import (
    FocusDecision,
    check_focus_decision,
    check_focus_may_be_lifted,
    check_may_propose_focus,
    is_in_force,
)
from fieldapp.roles import Officer, Role


def propose_focus(object_id: UUID, circumstance: str, evidence: str, *, by: Officer) -> FocusProposal:
    """Propose an object of the own division for key supervision, with what shows it; legal affairs decides."""
    found = queries.object_for(object_id, by)
    links = {link.division_id: link.division for link in found.categories if link.valid_to is None}
    check_may_propose_focus(by, links, circumstance, evidence)
    own = links[by.division_id]
    proposal = FocusProposal(object_id=found.id, division_id=own.id, circumstance=circumstance, evidence=evidence,
                             proposed_by=by.person_id, proposed_at=clock.now())
    db.session.add(proposal)
    ledger.record(by, "registry.focus_proposed", proposal)
    accounts.answered("focus", own.id, by=by)
    accounts.ask("focus", own.id, role=Role.LEGAL_AFFAIRS, title=own.name, endpoint="registry.list_focus",
                 arguments={"division": own.id})
    return proposal


def decide_focus(
        proposal_id: UUID, decision: FocusDecision, opinion: str, expires_on: date | None, evidence: str = "", *,
        by: Officer) -> FocusProposal:
    """Agree to a proposal with its basis, evidence and last day, or decline it with the reason; once."""
    proposal = queries.focus_proposal(proposal_id, lock=True)
    evidence = evidence or proposal.evidence
    check_focus_decision(proposal.decision, decision, opinion, expires_on, clock.today(), evidence=evidence,
                         is_own=proposal.proposed_by == by.person_id)
    agreed = decision is FocusDecision.AGREED
    proposal.decision, proposal.opinion, proposal.evidence = decision.value, opinion, evidence
    proposal.expires_on = expires_on if agreed else None
    proposal.decided_by, proposal.decided_at = by.person_id, clock.now()
    ledger.record(by, "registry.focus_agreed" if agreed else "registry.focus_declined", proposal, reason=opinion)
    db.session.flush()
    if not queries.focus_page("open", division_id=proposal.division_id, per_page=1).total:
        accounts.answered("focus", proposal.division_id, by=by)
    return proposal


def lift_focus(proposal_id: UUID, reason: str, *, by: Officer) -> FocusProposal:
    """Take an object off the list before its last day, because the circumstance is gone; it is an ordinary one again."""
    proposal = queries.focus_proposal(proposal_id, lock=True)
    check_focus_may_be_lifted(reason=reason, in_force=is_in_force(
        proposal.decision, proposal.expires_on, clock.today(), lifted=proposal.lifted_at is not None))
    proposal.lifted_at, proposal.lifted_by, proposal.lift_reason = clock.now(), by.person_id, reason
    ledger.record(by, "registry.focus_lifted", proposal, reason=reason)
    return proposal
