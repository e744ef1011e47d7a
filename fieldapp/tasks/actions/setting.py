"""Set a task up from a line of the plan, and change it while it is not submitted."""

from collections.abc import Mapping
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.planning import queries as planning
from fieldapp.planning.models import PlanLine
from fieldapp.planning.rules import PlanState
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import grade_ratios, most_of_a_grade
from fieldapp.refusals import NotFound
from fieldapp.registry import queries as registry
from fieldapp.registry.rules import EnterpriseSize
from fieldapp.roles import Officer, Role
from fieldapp.tasks import queries, rules
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import Conditions, DrawMode, Stratum, TaskOrigin, TaskSettings, TaskState
from fieldapp.words import N_


def set_up_task(settings: TaskSettings, *, by: Officer) -> Task:
    """Set a task up from a line of the plan: the pool, the number, the matching, the days; it starts as a draft."""
    line = line_of_own_division(settings.plan_line_id, by)
    now = clock.now()
    task = Task(number=documents.take_number(DocumentKind.TASK, clock.local(now).year), plan_line_id=line.id,
                item_id=line.item_id, division_id=line.item.division_id, author_id=by.person_id,
                origin=TaskOrigin.PLAN.value, state=TaskState.DRAFT.value, created_at=now)
    _settle(task, settings, line)
    db.session.add(task)
    ledger.record(by, "tasks.task_set_up", task, facts={"number": task.number})
    return task


def change_task(task_id: UUID, settings: TaskSettings, *, by: Officer) -> Task:
    """Change a task that was not submitted yet, or that came back."""
    task = queries.task(task_id, lock=True)
    line = line_of_own_division(line_id_of(task), by)
    rules.check_may_be_edited(task.state)
    _settle(task, settings, line)
    ledger.record(by, "tasks.task_changed", task)
    return task


def line_id_of(task: Task) -> UUID:
    """The plan's line that a task carries out; a task taken in from outside has none."""
    if task.plan_line_id is None:
        raise NotFound("planning.no_line", N_("没有这一计划事项"))
    return task.plan_line_id


def line_of_own_division(line_id: UUID, officer: Officer) -> PlanLine:
    """A line of the plan in force whose item is the officer's own division's."""
    line = planning.line(line_id)
    if line.item.division_id != officer.division_id or not officer.is_any(Role.DIVISION_OFFICER):
        raise NotFound("planning.no_line", N_("没有这一计划事项"))
    in_force = planning.plan_in_force(line.plan.year)
    rules.check_plan_line(
        is_issued=line.plan.state == PlanState.ISSUED, is_latest=in_force is not None and in_force.id == line.plan_id,
        item_is_published=line.item.code in {item.code for item in registry.items_published()})
    return line


def quota_of(line: PlanLine, mode: DrawMode, conditions: Conditions) -> int:
    """How many objects the line's ratio asks for under these conditions."""
    category = line.item.object_category
    return rules.quota_for(mode, line.ratio_basis_points, directory_size=registry.directory_size(category),
                           pool=queries.pool_for(category, conditions, line.last_day), planned=line.quota)


def strata_of(line: PlanLine, mode: DrawMode, conditions: Conditions, ratios: Mapping[str, int]) -> list[Stratum]:
    """The strata by credit-risk grade of a line's objects under these conditions, at these ratios or the usual ones.

    The usual ones are the rule set's, raised together to what the line asks unless the rule set lets them stay below.
    """
    rule_set, asked = policy.rule_set_on(clock.today()), quota_of(line, mode, conditions)
    pools = queries.pools_by_grade(line.item.object_category, conditions, line.last_day)
    usual = grade_ratios(rule_set, line.ratio_basis_points)
    if not rule_set.strata_below_floor:
        usual = rules.raised(usual, pools, asked, most_of_a_grade(line.ratio_basis_points))
    return rules.strata_of(pools, usual, ratios)


def _settle(task: Task, settings: TaskSettings, line: PlanLine) -> None:
    rule_set = policy.rule_set_on(clock.today())
    asked = quota_of(line, settings.draw_mode, settings.conditions)
    rules.check_draw(settings, queries.pool_for(line.item.object_category, settings.conditions, line.last_day), asked)
    strata = strata_of(line, settings.draw_mode, settings.conditions, settings.ratios) if settings.by_grade else []
    rules.check_strata(settings, strata, asked, rule_set)
    rules.check_matching(settings, rule_set)
    rules.check_window(settings, line.first_day, line.last_day, clock.today())
    checklist = registry.checklist_for(line.item.code)
    task.name, task.draw_mode, task.match_mode = settings.name, settings.draw_mode.value, settings.match_mode.value
    task.conditions = dict(settings.conditions)
    task.condition_text = rules.condition_text(settings.conditions, _words())
    task.quota = settings.quota if settings.quota and settings.draw_mode is DrawMode.DIRECTED else asked
    task.strata, task.ratio_reason = rules.kept(strata) if strata else None, settings.ratio_reason if strata else ""
    if strata:
        task.quota = sum(one.quota for one in strata)
    task.match_conditions = settings.matching()
    task.inspectors_per_object = settings.inspectors_per_object
    task.inspection_methods = list(settings.methods)
    task.takes_reserve = settings.takes_reserve
    task.first_day, task.last_day = settings.first_day, settings.last_day
    task.checklist_id = checklist.id if checklist else None


def _words() -> dict[str, str]:
    regions = {region.code: f"{region.city}{region.name}" for region in registry.regions()}
    return regions | {size.value: size.label for size in EnterpriseSize}
