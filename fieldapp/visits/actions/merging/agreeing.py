"""Legal affairs proposes that two visits become one; each division concerned consents, or declines with its reason."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_divisions
from fieldapp.visits.actions.merging.deciding import merge, settle
from fieldapp.visits.models import MergeConsent, MergeProposal
from fieldapp.visits.rules import Decision, MergeDecision, Step


def propose_merge(proposal_id: UUID, lead_division_id: UUID | None, reason: str = "", *, by: Officer) -> MergeProposal:
    """Legal affairs proposes a merge under a leading division, for the first time or anew: every division concerned is asked."""
    proposal = _held(proposal_id, by)
    sides = proposal.first_visit, proposal.second_visit
    rules.check_may_propose_merge(by, decision=proposal.decision, lead_division_id=lead_division_id,
                                  divisions=[visit.lead_division_id for visit in sides])
    for visit in sides:
        rules.check_step(Step.MERGE, visit.state)
    for kind in ("merge", "merge_consent"):
        accounts.answered(kind, proposal.id, by=by)
    proposal.round += 1
    proposal.proposed_by, proposal.proposed_at, proposal.lead_division_id = by.person_id, clock.now(), lead_division_id
    proposal.decision, proposal.decided_by, proposal.decided_at, proposal.reason = None, None, None, reason.strip()
    ledger.record(by, "visits.merge_laid_before", proposal, reason=reason.strip() or None)
    ask_divisions(proposal)
    return proposal


def decline_merge(proposal_id: UUID, reason: str, *, by: Officer) -> MergeProposal:
    """Legal affairs does not propose a merge, or takes its proposal back: both visits go on by themselves."""
    proposal = _held(proposal_id, by)
    rules.check_may_decline_merge(by, decision=proposal.decision, reason=reason)
    proposal.reason = reason.strip()
    settle(proposal, MergeDecision.DECLINED, by=by, reason=proposal.reason)
    return proposal


def answer_merge(proposal_id: UUID, decision: str, opinion: str, *, by: Officer) -> MergeProposal:
    """A division's head consents, and with the last consent the visits are one; or declines, which ends the proposal."""
    proposal = _held(proposal_id, by)
    rules.check_may_answer_merge(by, decision=proposal.decision, asked=queries.asked_of(proposal))
    rules.check_opinion(decision, opinion)
    agreed = decision == "agree"
    db.session.add(MergeConsent(
        id=ids.uuid7(), proposal_id=proposal.id, division_id=by.division_id, round=proposal.round, opinion=opinion.strip(),
        decision=str(Decision.AGREED if agreed else Decision.DECLINED), person_id=by.person_id, at=clock.now()))
    db.session.flush()
    accounts.answered("merge_consent", proposal.id, by=by, division_id=by.division_id)
    ledger.record(by, "visits.merge_consented" if agreed else "visits.merge_refused", proposal, reason=opinion.strip() or None)
    if not agreed:
        settle(proposal, MergeDecision.DECLINED, by=by)
    elif not queries.asked_of(proposal):
        _unite(proposal, by=by)
    return proposal


def _unite(proposal: MergeProposal, *, by: Officer) -> None:
    """All have consented: the visit of the leading division takes the other's tasks in."""
    first, second = proposal.first_visit, proposal.second_visit
    rules.check_has_lead(proposal.lead_division_id, divisions=[first.lead_division_id, second.lead_division_id])
    kept, other = (first, second) if first.lead_division_id == proposal.lead_division_id else (second, first)
    merge(kept, other, proposal.reason, by=by)
    settle(proposal, MergeDecision.MERGED, by=by)


def _held(proposal_id: UUID, by: Officer) -> MergeProposal:
    """The visits first, then the proposal, as everybody holds them."""
    seen = queries.proposal_for(by, proposal_id)
    for visit_id in sorted((seen.first_visit_id, seen.second_visit_id)):
        queries.visit_held(visit_id)
    return queries.proposal_held(proposal_id)
