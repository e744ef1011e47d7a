"""The object is gone before the visit: the next of the drawn reserve takes its place, where the task says so."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_leader
from fieldapp.visits.actions.course import cancel_visit
from fieldapp.visits.actions.generate import open_visit
from fieldapp.visits.actions.proposing import propose_merges
from fieldapp.visits.actions.replacing.substitute import replace_recused
from fieldapp.visits.actions.team import tell_tasks
from fieldapp.visits.models import ObjectReplacement
from fieldapp.visits.rules import Step
from fieldapp.words import N_


def take_reserve(visit_id: UUID, reason: str, *, by: Officer) -> ObjectReplacement:
    """Cancel the visit to an object that is deregistered or has moved out, and open one to the next in reserve (E21).

    Legal affairs decides that it is gone, not the division that knows who was drawn. The team goes along; whoever has an
    interest in the new object is replaced by a drawn substitute.
    """
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CANCEL, visit.state)
    rules.check_takes_reserve(by)
    rules.check_reason(reason)
    rules.check_may_take_reserve([part.task.takes_reserve for part in visit.visit_tasks])
    task = visit.visit_tasks[0].task
    drawn = queries.next_in_reserve(task, visit.object_id)
    new = open_visit(task, drawn.object_id, [(one.inspector_id, one.seat_type) for one in queries.members(visit)], by=by)
    row = ObjectReplacement(id=ids.uuid7(), gone_visit_id=visit.id, visit_id=new.id, drawn_object_id=drawn.id,
                            reason=reason.strip(), person_id=by.person_id, at=clock.now())
    drawn.stepped_in_at = row.at
    db.session.add(row)
    ledger.record(by, "visits.reserve_taken", row, reason=row.reason)
    cancel_visit(visit_id, reason, by=by)
    for member in queries.members(new):
        if queries.fitness(member.inspector, new).has_interest:
            replace_recused(new, member, None, N_("与替补的检查对象有利害关系"), by=by)
    ask_for_leader(new)
    tell_tasks([new], by=by)
    propose_merges([new], by=by)
    return row
