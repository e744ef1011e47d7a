"""The course of a visit: begun, paused, closed part by part, returned by review, cancelled."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from fieldapp import clock, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.roles import Officer
from fieldapp.tasks import actions as tasks
from fieldapp.tasks import queries as known_tasks
from fieldapp.tasks.rules import TaskState
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_no_longer, drop_applications
from fieldapp.visits.actions.counts import add_load, count_visit, give_back, remember_team
from fieldapp.visits.actions.team import leave, tell_tasks
from fieldapp.visits.actions.withdrawing import void_documents
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.rules import Step, VisitState
from fieldapp.words import N_


def start_visit(visit_id: UUID, at: datetime, *, by: Officer, plans_at: datetime | None = None) -> Visit:
    """The team has begun (again after a pause): from now on the visit counts for its object, its tasks are under way.

    It goes by the work plans that were in force at `plans_at` (now, if none is given): each record keeps which.
    """
    visit = queries.visit_held(visit_id)
    if visit.state in {VisitState.IN_PROGRESS, VisitState.RETURNED}:
        return visit
    rules.check_step(Step.START, visit.state)
    ready = queries.readiness(visit, clock.local(at).date(), plans_at=plans_at)
    rules.check_visit_may_start(
        certified=ready.certified, needed=ready.min_certified, has_leader=queries.leader(visit) is not None,
        approved=True, work_plan_read=all(task.has_work_plan and not task.unread for task in ready.tasks))
    visit.state = VisitState.IN_PROGRESS
    for part in visit.visit_tasks:
        part.work_plan = queries.plan_of(part, plans_at)
    if visit.started_at is None:
        visit.started_at = at
        count_visit(visit, clock.local(at).year)
        for part in visit.visit_tasks:
            if part.task.state == TaskState.GENERATED:
                tasks.mark_in_progress(part.task, by=by)
    versions = {part.task.number: part.work_plan.version for part in visit.visit_tasks if part.work_plan}
    ledger.record(by, "visits.visit_started", visit, facts={"work_plans": versions})
    drop_proposals(visit, N_("检查已开始"), by=by)
    return visit


def pause_visit(visit_id: UUID, reason: str, *, by: Officer) -> Visit:
    """Stop until another day, with the reason."""
    visit = queries.visit_held(visit_id)
    rules.check_step(Step.PAUSE, visit.state)
    rules.check_reason(reason)
    visit.state = VisitState.PAUSED
    ledger.record(by, "visits.visit_paused", visit, reason=reason.strip())
    return visit


def await_signature(visit_task_id: UUID, until: date, reason: str, *, by: Officer) -> VisitTask:
    """A record waits for the entity's seal or signer until a day; a visit with nothing else to do pauses."""
    part = queries.visit_task(visit_task_id)
    visit = queries.visit_held(part.visit_id)
    part.awaiting_until = until
    ledger.record(by, "visits.signature_awaited", part, reason=reason.strip(), facts={"until": until.isoformat()})
    if visit.state == VisitState.IN_PROGRESS and all(one.awaiting_until or one.closed_at for one in visit.visit_tasks):
        pause_visit(visit.id, reason, by=by)
    return part


def close_visit(visit_id: UUID, at: datetime, *, by: Officer) -> Visit:
    """The checks of all tasks are finished; a task whose last visit this was is complete."""
    visit = queries.visit_held(visit_id)
    rules.check_step(Step.CLOSE, visit.state)
    rules.check_is_led(queries.leader(visit) is not None)
    for part in visit.visit_tasks:
        part.closed_at = part.closed_at or at
    for remark in queries.remarks_open(visit.id):
        remark.answered_at, remark.answer = at, {"by": "closing"}
    return _closed(visit, at, by=by)


def close_part(visit_task_id: UUID, at: datetime, *, by: Officer) -> Visit:
    """The checks of one task of a merged visit are finished; with the last of them the visit closes (E33)."""
    part = queries.visit_task(visit_task_id)
    visit = queries.visit_held(part.visit_id)
    rules.check_step(Step.CLOSE, visit.state)
    rules.check_is_led(queries.leader(visit) is not None)
    part.closed_at = part.closed_at or at
    remarks = queries.remarks_open(visit.id)
    for remark in remarks:
        if remark.visit_task_id == part.id:
            remark.answered_at, remark.answer = at, {"by": "closing"}
    if all(one.closed_at for one in visit.visit_tasks) and all(remark.answered_at for remark in remarks):
        return _closed(visit, at, by=by)
    ledger.record(by, "visits.part_closed", part)
    complete_tasks([part.task_id], by=by)
    return visit


def cancel_visit(visit_id: UUID, reason: str, *, by: Officer) -> Visit:
    """The head of the leading division, or legal affairs, cancels a visit not begun: it no longer counts for its object."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CANCEL, visit.state)
    rules.check_may_cancel(by, visit.lead_division_id)
    rules.check_reason(reason)
    void_documents(visit, reason.strip(), by=by)
    for member in queries.members(visit):
        leave(visit, member, reason.strip())
    give_back(visit)
    visit.state, visit.closed_at = VisitState.CANCELLED, clock.now()
    ask_no_longer(visit, by=by)
    ledger.record(by, "visits.visit_cancelled", visit, reason=reason.strip())
    drop_proposals(visit, N_("检查已取消"), by=by)
    tell_tasks([visit], by=by)
    complete_tasks([part.task_id for part in visit.visit_tasks], by=by)
    return visit


def drop_proposals(visit: Visit, reason: str, *, by: Officer) -> None:
    """What was proposed about a visit no longer stands: it is cancelled or has begun."""
    for proposal in queries.undecided_of(visit.id):
        proposal.decision, proposal.decided_at = rules.MergeDecision.SUPERSEDED, clock.now()
        proposal.decided_by, proposal.reason = by.person_id, reason
        for kind in ("merge", "merge_consent"):
            accounts.answered(kind, proposal.id, by=by)
        ledger.record(by, "visits.merge_decided", proposal, case=visit.id, reason=proposal.reason)


def _closed(visit: Visit, at: datetime, *, by: Officer) -> Visit:
    """The visit is over: no more load on its inspectors; its tasks are complete where nothing else is open."""
    first_time = visit.closed_at is None
    visit.state, visit.closed_at = VisitState.CLOSED, visit.closed_at or at
    if first_time:
        for member in queries.members(visit):
            add_load(member.inspector_id, -1)
        remember_team(visit)
    drop_applications(visit, (), by=by, keep_party=True)
    ledger.record(by, "visits.visit_closed", visit)
    complete_tasks([part.task_id for part in visit.visit_tasks], by=by)
    return visit


def complete_tasks(task_ids: Collection[UUID], *, by: Officer) -> None:
    """Complete each task whose part in every visit is closed, on the day of the last of them.

    The visit is held first, then its tasks: of two visits that end at once the second sees the first.
    """
    for task in known_tasks.tasks_held(task_ids):
        ends = queries.ends_of_task(task.id)
        finished = [end for end in ends if end is not None]
        if finished and len(finished) == len(ends) and task.state in {TaskState.GENERATED, TaskState.IN_PROGRESS}:
            tasks.complete_task(task, clock.local(max(finished)).date(), by=by)
