"""One task leaves a merged visit; the others stay."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_leader, let_assistant_go
from fieldapp.visits.actions.course import complete_tasks
from fieldapp.visits.actions.merging.deciding import settle
from fieldapp.visits.actions.team import end_leadership, tell_tasks
from fieldapp.visits.actions.withdrawing import withdraw_approval
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.rules import MergeDecision, Step, VisitState
from fieldapp.words import N_

TASK_OUT = N_("一项任务退出合并检查")


def take_out_task(visit_id: UUID, visit_task_id: UUID, reason: str, *, by: Officer) -> Visit:
    """A task's check is cancelled before the merged visit begins: it keeps a visit of its own, cancelled with the reason."""
    visit = queries.visit_for_change(by, visit_id)
    part = queries.visit_task(visit_task_id)
    rules.check_step(Step.CANCEL, visit.state)
    if part.visit_id != visit.id:
        raise NotFound("visits.unknown_part", N_("没有这项检查内容"))
    rules.check_may_take_out(by, part.task.division_id, tasks=len(visit.visit_tasks), reason=reason)
    if visit.state in {VisitState.SUBMITTED, VisitState.APPROVED}:
        withdraw_approval(visit, TASK_OUT, by=by)
    gone = _apart(visit, part)
    _let_assistants_go(visit, gone, part, by=by)
    _lead_anew(visit, by)
    _ask_no_more(visit, by)
    _keep_slot(visit)
    ledger.record(by, "visits.task_taken_out", part, case=visit.id, reason=reason.strip())
    ledger.record(by, "visits.visit_cancelled", gone, reason=reason.strip())
    tell_tasks([visit, gone], by=by)
    complete_tasks([part.task_id], by=by)
    return gone


def _apart(visit: Visit, part: VisitTask) -> Visit:
    """The visit that this task would have made, cancelled."""
    gone = Visit(id=ids.uuid7(), object_id=visit.object_id, lead_division_id=part.task.division_id, method=visit.method,
                 state=VisitState.CANCELLED, created_at=clock.now(), closed_at=clock.now())
    db.session.add(gone)
    db.session.flush()
    part.visit_id = gone.id
    db.session.flush()
    for one in (visit, gone):
        db.session.expire(one, ["visit_tasks"])
    return gone


def _let_assistants_go(visit: Visit, gone: Visit, part: VisitTask, *, by: Officer) -> None:
    """Who assists for this task alone goes with it and assists no more."""
    for assistant in visit.assistants:
        if assistant.visit_task_id == part.id:
            assistant.visit_id = gone.id
            if assistant.left_at is None:
                let_assistant_go(assistant, TASK_OUT, by=by)
    db.session.flush()
    for one in (visit, gone):
        db.session.expire(one, ["assistants"])


def _lead_anew(visit: Visit, by: Officer) -> None:
    """Where the leading division's tasks are all out, another leads, and its head fixes the leader."""
    divisions = [part.task.division_id for part in visit.visit_tasks]
    if visit.lead_division_id not in divisions:
        visit.lead_division_id = divisions[0]
        end_leadership(visit)
        accounts.answered("leader_appointment", visit.id, by=by)
        db.session.flush()
        db.session.expire(visit, ["lead_division", "leader_rows"])
        ask_for_leader(visit)


def _ask_no_more(visit: Visit, by: Officer) -> None:
    """What the divisions were asked about is another visit now; what legal affairs has not proposed yet stays with it."""
    for proposal in queries.undecided_of(visit.id):
        if proposal.round:
            proposal.reason = TASK_OUT
            settle(proposal, MergeDecision.SUPERSEDED, by=by, reason=TASK_OUT)


def _keep_slot(visit: Visit) -> None:
    """A slot outside the time of the tasks that stay is agreed anew."""
    span = queries.window(visit)
    if visit.slot_start is not None and not span.first_day <= queries.day_of(visit) <= span.last_day:
        visit.state, visit.slot_start, visit.slot_end = VisitState.PROPOSED, None, None
