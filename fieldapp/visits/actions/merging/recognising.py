"""结果互认: no second visit where another division has just inspected (article 15, E6)."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.course import cancel_visit
from fieldapp.visits.models import MutualRecognition
from fieldapp.visits.rules import VisitState


def recognise_result(visit_id: UUID, recognised_id: UUID, reason: str, *, by: Officer) -> MutualRecognition:
    """Legal affairs approves that a visit is not made: the result of one that has ended stands for it; both stay visible."""
    visit = queries.visit_for_change(by, visit_id)
    other = next((one for one in queries.visits_of_object(visit) if one.id == recognised_id), None)
    rules.check_may_recognise(
        by, queries.scope_of(other) if other else None, queries.scope_of(visit), queries.numbers_for(visit).merge_window_days,
        is_finished=other is not None and other.state == VisitState.CLOSED, reason=reason)
    cancel_visit(visit_id, reason, by=by)
    row = MutualRecognition(id=ids.uuid7(), visit_id=visit_id, recognised_visit_id=recognised_id, reason=reason.strip(),
                            person_id=by.person_id, at=clock.now())
    db.session.add(row)
    ledger.record(by, "visits.result_recognised", row, reason=row.reason, facts={"of": str(recognised_id)})
    return row
