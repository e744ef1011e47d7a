"""Finding visits to one object in the same time, and offering them to legal affairs as one."""

from collections.abc import Sequence

from fieldapp import clock, db, ledger
from fieldapp.policy import queries as policy
from fieldapp.roles import Officer
from fieldapp.visits import queries
from fieldapp.visits.actions.asking import ask_for_merge
from fieldapp.visits.models import MergeProposal, Visit


def propose_merges(visits: Sequence[Visit], *, by: Officer) -> int:
    """Offer each overlap of these visits with another as a merge (article 15); how many were found."""
    tolerance = policy.rule_set_on(clock.today()).merge_window_days
    found = 0
    for visit in visits:
        for other in queries.find_overlaps(visit, tolerance):
            found += _propose(other, visit, by=by)
    return found


def _propose(first: Visit, second: Visit, *, by: Officer) -> int:
    """One proposal for a pair of visits, ever: a declined one is not offered again."""
    if queries.pair(first.id, second.id) is not None:
        return 0
    proposal = MergeProposal(first_visit_id=first.id, second_visit_id=second.id, found_at=clock.now())
    db.session.add(proposal)
    ledger.record(by, "visits.merge_proposed", proposal, case=first.id)
    ask_for_merge(proposal)
    return 1
