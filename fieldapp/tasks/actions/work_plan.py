"""The work plan: written by the division, approved by its head, read by every member of the teams."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts import queries as waiting
from fieldapp.jobs import actions as jobs
from fieldapp.refusals import Conflict
from fieldapp.roles import Officer, Role
from fieldapp.tasks import queries, rules
from fieldapp.tasks.actions.issuing import issue_work_plan
from fieldapp.tasks.models import Task, TaskMember, WorkPlan, WorkPlanReading
from fieldapp.tasks.rules import Decision, WorkPlanState, WorkPlanTexts
from fieldapp.words import N_

APPROVAL = "work_plan"
READING = "work_plan_reading"
RETURNED = "work_plan_returned"


def write_work_plan(task_id: UUID, texts: WorkPlanTexts, *, by: Officer) -> WorkPlan:
    """Write the next version of a task's work plan and put it before the head; one that waits is withdrawn by it."""
    task = queries.task(task_id, lock=True)
    rules.check_may_write_work_plan(by, task.division_id, task.state)
    rules.check_texts(texts)
    earlier = queries.work_plans(task_id)
    rules.check_change_is_explained(texts, was_in_force=any(rules.was_approved(plan.state, plan.decided_at) for plan in earlier))
    for plan in earlier:
        if plan.state == WorkPlanState.SUBMITTED:
            plan.state = WorkPlanState.SUPERSEDED.value
            accounts.answered(APPROVAL, plan.id, by=by)
        accounts.answered(RETURNED, plan.id, by=by)
    plan = WorkPlan(task_id=task.id, version=len(earlier) + 1, author_id=by.person_id, methods_text=texts.methods,
                    standard_text=texts.standard, workflow_text=texts.workflow, guidance_text=texts.guidance,
                    reason=texts.reason.strip(), state=WorkPlanState.SUBMITTED.value, written_at=clock.now())
    db.session.add(plan)
    ledger.record(by, "tasks.work_plan_written", plan, reason=plan.reason or None, facts={"version": plan.version})
    accounts.ask(APPROVAL, plan.id, role=Role.DIVISION_HEAD, division_id=task.division_id,
                 not_person_ids=[by.person_id], title=f"{task.name}（{task.number}）",
                 endpoint="tasks.show_work_plan", arguments={"task_id": task.id})
    return plan


def decide_work_plan(work_plan_id: UUID, decision: Decision, opinion: str, *, by: Officer) -> WorkPlan:
    """Approve a version, which then replaces the one before and goes to the members, or return it with remarks."""
    plan = queries.work_plan(work_plan_id)
    task = queries.task(plan.task_id, lock=True)
    db.session.refresh(plan)
    rules.check_may_decide_work_plan(by, task.division_id, plan.author_id, plan.state)
    rules.check_opinion(decision, opinion)
    plan.decided_by, plan.decided_at, plan.opinion = by.person_id, clock.now(), opinion.strip()
    if decision is Decision.AGREE:
        _put_in_force(plan, task, by)
    else:
        plan.state = WorkPlanState.RETURNED.value
        accounts.ask(RETURNED, plan.id, role=Role.DIVISION_OFFICER, person_id=plan.author_id,
                     title=f"{task.name}（{task.number}）", endpoint="tasks.show_work_plan", arguments={"task_id": task.id})
    accounts.answered(APPROVAL, plan.id, by=by)
    ledger.record(by, f"tasks.work_plan_{plan.state}", plan, reason=plan.opinion or None)
    return plan


def name_members(task: Task, person_ids: Collection[UUID], *, by: Officer) -> None:
    """Say who is in the task's teams now; whoever is new is asked to read the work plan."""
    known = queries.member_rows(task.id)
    for person_id in person_ids:
        if person_id not in known:
            db.session.add(TaskMember(task_id=task.id, person_id=person_id, named_at=clock.now()))
    for person_id, row in known.items():
        if person_id not in person_ids:
            db.session.delete(row)
            _ask_no_longer(task, person_id, by)
    ledger.record(by, "tasks.members_named", task, facts={"members": len(set(person_ids))})
    _ask_members(task)


def read_work_plan(work_plan_id: UUID, *, by: Officer) -> WorkPlanReading:
    """A member confirms having read the version in force."""
    plan = queries.work_plan(work_plan_id)
    rules.check_may_be_read(plan.state, is_member=by.person_id in queries.members(plan.task_id))
    already = queries.readers(plan.id).get(by.person_id)
    if already is not None:
        return already
    reading = WorkPlanReading(work_plan_id=plan.id, person_id=by.person_id, read_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(reading)
    except IntegrityError as error:
        raise Conflict("tasks.already_read", N_("您已确认阅读")) from error
    accounts.answered(READING, rules.reading_id(plan.id, by.person_id), by=by)
    ledger.record(by, "tasks.work_plan_read", reading, case=plan.task_id)
    jobs.ask("tasks.work_plan_read", task_id=str(plan.task_id))
    return reading


def _put_in_force(plan: WorkPlan, task: Task, by: Officer) -> None:
    before = queries.work_plan_in_force(task.id)
    if before is not None:
        before.state = WorkPlanState.SUPERSEDED.value
        for person_id in queries.members(task.id):
            accounts.answered(READING, rules.reading_id(before.id, person_id), by=by)
    plan.state = WorkPlanState.APPROVED.value
    db.session.flush()
    issue_work_plan(plan, task, by=by)
    _ask_members(task)


def _ask_no_longer(task: Task, person_id: UUID, by: Officer) -> None:
    plan = queries.work_plan_in_force(task.id)
    if plan is not None:
        accounts.answered(READING, rules.reading_id(plan.id, person_id), by=by)


def _ask_members(task: Task) -> None:
    """Ask each member who has not read the version in force, once."""
    plan = queries.work_plan_in_force(task.id)
    if plan is None:
        return
    db.session.flush()
    for person_id in queries.unread_members(task.id, queries.members(task.id)):
        thing = rules.reading_id(plan.id, person_id)
        if not waiting.open_rows(READING, thing):
            accounts.ask(READING, thing, role=Role.INSPECTOR, person_id=person_id, title=f"{task.name}（{task.number}）",
                         endpoint="tasks.show_work_plan", arguments={"task_id": task.id})
