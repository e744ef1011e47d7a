"""Freeze: the whole directory, the inspectors and all parameters, in one transaction, before any seed exists."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.exc import IntegrityError

import fieldapp
from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.models import Person
from fieldapp.canonical import canonical
from fieldapp.config import beacon, department_name
from fieldapp.draw import queries, rules
from fieldapp.draw.actions.roll import matching_terms, roll_of
from fieldapp.draw.models import Contribution, Draw, DrawRow
from fieldapp.jobs import actions as jobs
from fieldapp.refusals import Conflict, Refusal
from fieldapp.registry.models import InspectionObject
from fieldapp.roles import Officer, Role
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import Task, TaskDecision
from fieldapp.tasks.rules import DrawMode, TaskState
from fieldapp.words import N_

NARROW_APPROVED, NARROW_DECLINED = "narrow_approved", "narrow_declined"
PLANNED_QUOTA = N_("按年度抽查工作计划确定的数量")
BY_GRADE = N_("按信用风险等级分层，各层按比例进位后的合计")

Directory = list[tuple[InspectionObject, rules.RowStatus, rules.RowReason]]


def freeze_task(task_id: UUID, contributor_ids: list[UUID], *, with_beacon: bool = False, by: Officer) -> Draw:
    """Freeze the directory of a task and name those who will give the seed; once for a task, whoever asks."""
    if with_beacon and not beacon():
        raise Refusal("draw.no_beacon_here", N_("本系统没有启用公共随机信标"), field="beacon")
    task = tasks.task(tasks.task_of_own_division(by, task_id).id, lock=True)
    already = queries.draw_of_task(task_id) is not None
    rules.check_task_may_be_drawn(approved=already or task.state == TaskState.APPROVED, already_drawn=already)
    people = queries.people(contributor_ids)
    draw_key = ids.random_bytes(32)
    directory = queries.directory_of(task)
    rows = _rows(task, directory, draw_key)
    snapshot = rules.freeze_directory(row for row, _ in rows.values())
    strata = _strata(task, directory)
    draw = _draw(task, snapshot, strata, people, draw_key, by, with_beacon=with_beacon)
    _save(draw)
    db.session.add_all(_frozen(draw, snapshot, rows))
    _ask_contributors(draw, people)
    jobs.ask("draw.seed_due", after=rules.PATIENCE, draw_id=str(draw.id))
    ledger.record(by, "draw.task_frozen", draw, facts={"root": draw.root, "manifest": draw.manifest_hash})
    return draw


def ask_narrow_approval(task_id: UUID, *, by: Officer) -> None:
    """Ask legal affairs for the second approval of a directed draw whose conditions are narrow."""
    task = tasks.task_of_own_division(by, task_id)
    _check_second_approval_is_wanted(task)
    _strata(task, queries.directory_of(task))
    accounts.answered("narrow_draw", task.id, by=by)
    accounts.ask("narrow_draw", task.id, role=Role.LEGAL_AFFAIRS, title=task.name, endpoint="draw.show_narrow_draw",
                 arguments={"task_id": str(task.id)})
    ledger.record(by, "draw.narrow_approval_asked", task)


def approve_narrow_draw(task_id: UUID, opinion: str, seen: Collection[str], *, by: Officer) -> None:
    """A second person approves a directed draw that leaves little to chance, for the reasons `seen` on the page."""
    task = tasks.task(task_id, lock=True)
    _check_second_approval_is_wanted(task)
    _strata(task, queries.directory_of(task))
    wanted = [str(one) for one in queries.why_second_approval(task)]
    rules.check_reasons_were_seen(wanted, seen)
    decision = _decide(task, NARROW_APPROVED, opinion, by, wanted)
    ledger.record(by, "draw.narrow_draw_approved", decision, reason=opinion, facts={"reasons": wanted})


def decline_narrow_draw(task_id: UUID, opinion: str, *, by: Officer) -> None:
    """A second person does not approve, and says why: the task waits until its division changes something or gives it up."""
    task = tasks.task(task_id, lock=True)
    _check_second_approval_is_wanted(task)
    decision = _decide(task, NARROW_DECLINED, opinion, by, [])
    ledger.record(by, "draw.narrow_draw_declined", decision, reason=opinion)


def _decide(task: Task, kind: str, opinion: str, by: Officer, reasons: list[str]) -> TaskDecision:
    first = queries.decider(task.id, "approved")
    rules.check_second_approver(approver=by.person_id, first_approver=first.id if first else None, opinion=opinion)
    decision = TaskDecision(
        task_id=task.id, kind=kind, person_id=by.person_id, opinion=opinion, reasons=reasons, at=clock.now())
    db.session.add(decision)
    accounts.answered("narrow_draw", task.id, by=by)
    return decision


def _check_second_approval_is_wanted(task: Task) -> None:
    rules.check_second_approval_is_wanted(
        approved=task.state == TaskState.APPROVED, already_drawn=queries.draw_of_task(task.id) is not None,
        lacking=bool(queries.why_second_approval(task)))


def _strata(task: Task, directory: Directory) -> dict[str, rules.StratumTerms]:
    """The terms of the strata as the grades are now; refused where the rule set does not let them be so few."""
    strata = rules.strata_terms(task.strata or {}, queries.counted(task, directory))
    ratio = (task.plan_line or task.item).ratio_basis_points
    rules.check_floor(strata, ratio, may_be_below=queries.may_be_below_floor())
    return strata


def _rows(task: Task, directory: Directory, draw_key: bytes) -> dict[str, tuple[rules.Row, InspectionObject]]:
    """The whole directory of the item, each object with its status, by credit code."""
    rows = {}
    for found, status, reason in directory:
        rows[found.uscc] = (rules.Row(
            found.uscc, found.region_code, task.item.object_category, found.size, str(status), str(reason),
            1 if status == rules.RowStatus.OK else 0, rules.salt(draw_key, found.uscc), queries.stratum_of(task, found)), found)
    return rows


def _draw(task: Task, snapshot: rules.Snapshot, strata: dict[str, rules.StratumTerms], people: list[Person],
          draw_key: bytes, by: Officer, *, with_beacon: bool) -> Draw:
    db.one_at_a_time("draw.number")
    now = clock.now()
    year = clock.local(now).year
    number = queries.next_number(year)
    quota = sum(one.quota for one in strata.values()) if strata else task.quota
    roll = roll_of(task, quota, salt=ids.random_bytes(16).hex())
    terms = rules.DrawTerms(
        department=department_name(), year=year, number=number,
        plan=task.plan_line.plan.number if task.plan_line else "", item=task.item.name, task=task.number,
        directed=task.draw_mode == DrawMode.DIRECTED, ratio=(task.plan_line or task.item).ratio_basis_points,
        quota=quota, strata=strata, quota_reason=_quota_reason(task), condition=task.condition_text,
        condition_filter=task.conditions, contributors=[_contributor(person) for person in people],
        matching=matching_terms(task, roll), substitutes=rules.chain_head(draw_key),
        takes_reserve=task.takes_reserve, beacon=with_beacon, code_version=fieldapp.__version__,
        frozen_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"), operator=by.name, approver=queries.decider_name(task.id, "approved"),
        second_approver=queries.decider_name(task.id, NARROW_APPROVED), second_approved=queries.second_approved(task.id))
    manifest = rules.manifest_of(terms, snapshot)
    return Draw(
        id=ids.uuid7(), task_id=task.id, year=year, number=number, state=rules.DrawState.FROZEN,
        manifest=canonical(manifest).decode(), manifest_hash=rules.manifest_hash(manifest).hex(),
        root=snapshot.root.hex(), draw_key=draw_key, roll=roll, directory_size=len(snapshot.leaves),
        pool_size=snapshot.pool, quota=quota, is_narrow=manifest["narrow"], frozen_at=now, frozen_by=by.person_id,
        contributions=[Contribution(position=place, person_id=person.id) for place, person in enumerate(people)])


def _quota_reason(task: Task) -> str:
    """Why so many are drawn: the strata with what was said about their ratios, the condition, or the plan."""
    return (task.ratio_reason or BY_GRADE) if task.strata else task.condition_text or PLANNED_QUOTA


def _contributor(person: Person) -> rules.Contributor:
    return rules.Contributor(person.name, person.division.name)


def _save(draw: Draw) -> None:
    """Insert the draw; the database lets one draw of a task stand that is not void."""
    try:
        with db.session.begin_nested():
            db.session.add(draw)
    except IntegrityError as error:
        raise Conflict("draw.already_drawn", N_("该任务已抽取过，结果不得更换")) from error


def _frozen(draw: Draw, snapshot: rules.Snapshot, rows: dict[str, tuple[rules.Row, InspectionObject]]) -> list[DrawRow]:
    frozen = []
    for line in snapshot.leaves:
        row, found = rows[line.object_id]
        described = row._asdict() | {"salt": row.salt.hex(), "name": found.name}
        frozen.append(DrawRow(
            draw_id=draw.id, object_id=found.id, row=described, status=row.status, reason=row.reason,
            tickets=line.tickets, blind=line.blind.hex(), leaf=line.leaf.hex()))
    return frozen


def _ask_contributors(draw: Draw, people: list[Person]) -> None:
    for person in people:
        accounts.ask("draw_contribution", draw.id, role=Role.DIVISION_OFFICER, person_id=person.id, title=draw.task.name,
                     endpoint="draw.show_draw", arguments={"draw_id": str(draw.id)})
