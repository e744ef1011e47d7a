"""合并检查: one visit is made of two, and what becomes of the proposals about them."""

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_divisions, ask_no_longer, carry_applications
from fieldapp.visits.actions.counts import give_back
from fieldapp.visits.actions.proposing import propose_merges
from fieldapp.visits.actions.team import leave, seat, tell_tasks
from fieldapp.visits.actions.withdrawing import void_documents, withdraw_approval
from fieldapp.visits.models import MergeProposal, TeamMember, Visit
from fieldapp.visits.rules import MergeDecision, Step, VisitState
from fieldapp.words import N_

MERGED_AWAY = N_("并入另一次检查")


def settle(proposal: MergeProposal, decision: MergeDecision, *, by: Officer, reason: str | None = None) -> None:
    """What became of a proposal: nobody is asked about it any more."""
    proposal.decision, proposal.decided_by, proposal.decided_at = str(decision), by.person_id, clock.now()
    for kind in ("merge", "merge_consent"):
        accounts.answered(kind, proposal.id, by=by)
    ledger.record(by, "visits.merge_decided", proposal, reason=reason)


def merge(kept: Visit, other: Visit, reason: str, *, by: Officer) -> None:
    """Make one visit of two: one team, one notice to come, one record and one result per task, counted once."""
    for visit in (kept, other):
        rules.check_step(Step.MERGE, visit.state)
    if kept.state in {VisitState.SUBMITTED, VisitState.APPROVED}:
        withdraw_approval(kept, N_("合并检查"), by=by)
    if not _slot_still_fits(kept, other):
        kept.state, kept.slot_start, kept.slot_end = VisitState.PROPOSED, None, None
    needed = _needed_of(kept, other)
    void_documents(other, MERGED_AWAY, by=by)
    for part in list(other.visit_tasks):
        part.visit_id = kept.id
    for member in queries.members(other):
        leave(other, member, MERGED_AWAY)
    for assistant in other.assistants:
        assistant.visit_id = kept.id
    give_back(other)
    other.state, other.merged_into_id = VisitState.MERGED, kept.id
    db.session.flush()
    for visit in (kept, other):
        db.session.expire(visit, ["visit_tasks", "assistants"])
    seat(kept, [(member.inspector_id, member.seat_type) for member in needed])
    carry_applications(other, kept, by=by)
    ask_no_longer(other, by=by)
    tell_tasks([kept], by=by)
    ledger.record(by, "visits.visit_merged", other, reason=reason or None, facts={"into": str(kept.id)})
    _follow_up(kept, other, by=by)


def _needed_of(kept: Visit, other: Visit) -> list[TeamMember]:
    """Of the other team those whom an item of the merged visit still needs."""
    day = queries.day_of(kept)
    lead = [queries.qualified(member.inspector, day) for member in queries.members(kept)]
    out = queries.replaced(kept.id) | queries.replaced(other.id)
    coming = {member.inspector_id: member for member in queries.members(other) if member.inspector_id not in out}
    also = [queries.qualified(member.inspector, day) for member in coming.values()]
    team = rules.united_team(lead, also, [*queries.demands_of(kept), *queries.demands_of(other)])
    return [coming[member.inspector_id] for member in team[len(lead):]]


def _slot_still_fits(kept: Visit, other: Visit) -> bool:
    """Whether the slot agreed for the kept visit lies in the time of all tasks together."""
    if kept.slot_start is None:
        return True
    together = rules.windows_together([queries.window(kept), queries.window(other)])
    return together.first_day <= queries.day_of(kept) <= together.last_day


def _follow_up(kept: Visit, other: Visit, *, by: Officer) -> None:
    """Other proposals about the visit that is no more fall away; the kept one is looked at again (three-way merges)."""
    for proposal in queries.undecided_of(other.id):
        if kept.id not in {proposal.first_visit_id, proposal.second_visit_id}:
            proposal.reason = MERGED_AWAY
            settle(proposal, MergeDecision.SUPERSEDED, by=by, reason=MERGED_AWAY)
    for proposal in queries.undecided_of(kept.id):
        ask_divisions(proposal)
    propose_merges([kept], by=by)
