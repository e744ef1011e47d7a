"""Submit, approve or return, cancel."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.jobs import actions as jobs
from fieldapp.registry import queries as registry
from fieldapp.roles import Officer, Role
from fieldapp.tasks import queries, rules
from fieldapp.tasks.models import Task, TaskDecision
from fieldapp.tasks.rules import Decision, DecisionKind, TaskState

APPROVAL = "task_approval"
RETURNED = "task_returned"


def submit_task(task_id: UUID, *, by: Officer) -> Task:
    """Put a task before the head of its division."""
    task = queries.task(task_id, lock=True)
    rules.check_may_submit(by, task.division_id, task.state)
    checklist = registry.checklist_for(task.item.code)
    task.checklist_id = checklist.id if checklist else None
    _decide(task, TaskState.SUBMITTED, DecisionKind.SUBMITTED, "", by)
    accounts.answered(RETURNED, task.id, by=by)
    accounts.ask(APPROVAL, task.id, role=Role.DIVISION_HEAD, division_id=task.division_id,
                 not_person_ids=sorted(queries.author_ids(task)), title=f"{task.name}（{task.number}）",
                 endpoint="tasks.show_task", arguments={"task_id": task.id})
    return task


def decide_task(task_id: UUID, decision: Decision, opinion: str, *, by: Officer) -> Task:
    """Approve a task, or return it with remarks; never one's own."""
    task = queries.task(task_id, lock=True)
    rules.check_head_may_decide(by, task.division_id, queries.author_ids(task), task.state)
    rules.check_opinion(decision, opinion)
    if decision is Decision.AGREE:
        task.approved_at = clock.now()
        _decide(task, TaskState.APPROVED, DecisionKind.APPROVED, opinion.strip(), by)
    else:
        _decide(task, TaskState.RETURNED, DecisionKind.RETURNED, opinion.strip(), by)
        accounts.ask(RETURNED, task.id, role=Role.DIVISION_OFFICER, person_id=queries.submitter_id(task),
                     title=f"{task.name}（{task.number}）", endpoint="tasks.show_task", arguments={"task_id": task.id})
    accounts.answered(APPROVAL, task.id, by=by)
    return task


def cancel_task(task_id: UUID, reason: str, *, by: Officer) -> Task:
    """Cancel a task of which nothing is drawn yet; it stays in the list with the reason."""
    task = queries.task(task_id, lock=True)
    rules.check_may_cancel(by, task.division_id, task.state, reason)
    rules.check_opinion(Decision.DISAGREE, reason)
    _decide(task, TaskState.CANCELLED, DecisionKind.CANCELLED, reason.strip(), by)
    for kind in (APPROVAL, RETURNED):
        accounts.answered(kind, task.id, by=by)
    jobs.ask("tasks.task_cancelled", task_id=str(task.id), reason=reason.strip())
    return task


def _decide(task: Task, state: TaskState, kind: DecisionKind, opinion: str, by: Officer) -> None:
    task.state = state.value
    db.session.add(TaskDecision(task_id=task.id, kind=kind.value, person_id=by.person_id, opinion=opinion,
                                at=clock.now()))
    ledger.record(by, f"tasks.task_{kind.value}", task, reason=opinion or None)
