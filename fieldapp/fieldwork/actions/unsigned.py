"""The division's head decides what is done where an inspector does not sign (E15)."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.models import UnsignedDecision
from fieldapp.fieldwork.rules import UnsignedChoice
from fieldapp.roles import Officer, Role
from fieldapp.visits import actions as visit_actions
from fieldapp.visits import queries as visits
from fieldapp.visits.models import VisitTask
from fieldapp.visits.rules import VisitState


def decide_unsigned(visit_task_id: UUID, choice: str, opinion: str, *, by: Officer) -> UnsignedDecision:
    """Somebody else who is there signs, or the team comes again on another day, for which the visit pauses."""
    part = visits.visit_task(visit_task_id)
    visit = visits.visit_held(visits.visit_for(by, part.visit_id).id)
    unsigned = queries.not_signing(part)
    is_head = rules.is_deciding_head(by, part.task.division_id, queries.team(visit))
    chosen = rules.check_unsigned_decision(
        choice, opinion, is_head=is_head, is_stated=bool(unsigned), is_closed=queries.is_over(part),
        others_present=rules.others_present(queries.certified_here(part), unsigned))
    row = UnsignedDecision(visit_task_id=part.id, choice=chosen.value, opinion=opinion.strip(), at=clock.now(),
                           person_id=by.person_id)
    db.session.add(row)
    ledger.record(by, "fieldwork.unsigned_decided", row, case=visit.id, reason=row.opinion)
    if chosen is UnsignedChoice.REVISIT and visit.state == VisitState.IN_PROGRESS:
        visit_actions.pause_visit(visit.id, row.opinion, by=by)
    _tell_leader(part, by)
    return row


def _tell_leader(part: VisitTask, by: Officer) -> None:
    accounts.answered("inspector_unsigned", part.id, by=by)
    accounts.answered("unsigned_decided", part.id, by=by)
    leader = visits.leader(part.visit)
    if leader is not None and leader.inspector.person_id is not None:
        accounts.ask("unsigned_decided", part.id, role=Role.INSPECTOR, person_id=leader.inspector.person_id,
                     title=part.visit.object.name, endpoint="fieldwork.show_unsigned", arguments={"visit_id": part.visit_id})
