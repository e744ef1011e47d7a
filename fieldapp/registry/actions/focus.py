"""Key supervision is proposed by divisions and decided by legal affairs (article 6)."""

from datetime import date
from uuid import UUID

from fieldapp import clock, db
from fieldapp.accounts import actions as accounts
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.models import FocusProposal
from fieldapp.registry.rules.deciding import FocusDecision, check_focus_decision
from fieldapp.roles import Officer


def decide_focus(proposal_id: UUID, decision: FocusDecision, opinion: str, expires_on: date | None, *,
                 by: Officer) -> FocusProposal:
    """Agree to a proposal with its basis and last day, or decline it with the reason; once."""
    proposal = queries.focus_proposal(proposal_id, lock=True)
    check_focus_decision(proposal.decision, decision, opinion, expires_on, clock.today())
    agreed = decision is FocusDecision.AGREED
    proposal.decision, proposal.opinion = decision.value, opinion
    proposal.expires_on = expires_on if agreed else None
    proposal.decided_by, proposal.decided_at = by.person_id, clock.now()
    ledger.record(by, "registry.focus_agreed" if agreed else "registry.focus_declined", proposal, reason=opinion)
    db.session.flush()
    if not queries.focus_page("open", division_id=proposal.division_id, per_page=1).total:
        accounts.answered("focus", proposal.division_id, by=by)
    return proposal
