"""Draft a year's plan from the item list, settle its lines, issue it."""

from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.planning import queries, rules
from fieldapp.planning.models import AnnualPlan, PlanLine
from fieldapp.planning.rules import LineValues, PlanState
from fieldapp.policy import queries as policy
from fieldapp.refusals import Conflict
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionItem
from fieldapp.roles import Officer
from fieldapp.words import N_

FIRST_DAY, LAST_DAY = (3, 1), (12, 31)


def draft_plan(year: int, reason: str = "", *, by: Officer) -> AnnualPlan:
    """Draft a year's plan with a line for every published item; after an issued one, its next version."""
    earlier = queries.versions(year)
    rules.check_may_draft(year, [plan.state for plan in earlier], reason)
    plan = AnnualPlan(year=year, version=len(earlier) + 1, name=f"{department_name()}{year}年度抽查工作计划",
                      state=PlanState.DRAFT.value, drafted_at=clock.now(), lines=[])
    try:
        with db.session.begin_nested():
            db.session.add(plan)
    except IntegrityError as error:
        raise Conflict("planning.draft_exists", N_("%(year)s 年度已有起草中的计划"), field="year", year=year) from error
    if earlier:
        _copy_lines(earlier[-1], plan)
    _align_lines(plan)
    ledger.record(by, "planning.plan_drafted", plan, reason=reason.strip() or None)
    return plan


def add_missing_lines(plan_id: UUID, *, by: Officer) -> AnnualPlan:
    """Bring a draft in line with the item list as it is now: new items in, new versions in place, repealed items out."""
    plan = queries.plan_for_change(plan_id)
    rules.check_may_issue(plan.state, 1)
    _align_lines(plan)
    ledger.record(by, "planning.lines_aligned", plan, facts={"lines": len(plan.lines)})
    return plan


def edit_line(line_id: UUID, values: LineValues, *, by: Officer) -> PlanLine:
    """Settle a line of a draft: ratio, frequency, methods and days, and a reason where it falls short."""
    line = queries.line(line_id)
    plan = queries.plan_for_change(line.plan_id)
    rules.check_may_edit_line(by, line.item.division_id, plan.state)
    rules.check_line(values, queries.terms(line.item), policy.rule_set_on(clock.today()), plan.year)
    line.ratio_basis_points = values.ratio_basis_points
    line.frequency_operator, line.frequency = values.frequency_operator, values.frequency
    line.inspection_methods = list(values.methods)
    line.first_day, line.last_day = values.first_day, values.last_day
    line.override_reason = values.override_reason.strip() or None
    _count(line)
    ledger.record(by, "planning.line_edited", line, reason=line.override_reason, facts={"item": line.item.name})
    return line


def issue_plan(plan_id: UUID, *, by: Officer) -> AnnualPlan:
    """Issue and publish the plan under its number, once it covers every item and every line holds."""
    plan = queries.plan_for_change(plan_id)
    rules.check_may_issue(plan.state, len(plan.lines))
    rules.check_covers_all(queries.published_names(), queries.planned_codes(plan.lines))
    rule_set = policy.rule_set_on(clock.today())
    for line in plan.lines:
        rules.check_line(values_of(line), queries.terms(line.item), rule_set, plan.year)
        _count(line)
    now = clock.now()
    plan.number = documents.take_number(DocumentKind.PLAN, plan.year)
    plan.state, plan.issued_at, plan.issued_by = PlanState.ISSUED.value, now, by.person_id
    plan.published_at = now
    ledger.record(by, "planning.plan_issued", plan, facts={"number": plan.number, "lines": len(plan.lines)})
    return plan


def values_of(line: PlanLine) -> LineValues:
    """What a line says, as its rules judge it."""
    return LineValues(line.ratio_basis_points, line.frequency_operator, line.frequency,
                      tuple(line.inspection_methods), line.first_day, line.last_day, line.override_reason or "")


def _align_lines(plan: AnnualPlan) -> None:
    published = {item.code: item for item in registry.items_published()}
    for line in list(plan.lines):
        if line.item.code not in published:
            plan.lines.remove(line)
            db.session.delete(line)
        elif line.item_id != published[line.item.code].id:
            line.item = published[line.item.code]
    covered = queries.planned_codes(plan.lines)
    for code, item in published.items():
        if code not in covered:
            plan.lines.append(_line_for(item, plan.year))
    for position, line in enumerate(plan.lines, start=1):
        line.position = position
        _count(line)
    db.session.flush()


def _line_for(item: InspectionItem, year: int) -> PlanLine:
    least = rules.least_ratio(queries.terms(item), policy.rule_set_on(clock.today()))
    return PlanLine(item=item, position=0, ratio_basis_points=least, frequency_operator=item.frequency_operator,
                    frequency=item.frequency, inspection_methods=list(item.inspection_methods),
                    first_day=date(year, *FIRST_DAY), last_day=date(year, *LAST_DAY), directory_size=0, quota=0)


def _copy_lines(source: AnnualPlan, plan: AnnualPlan) -> None:
    kept = ("item_id", "position", "ratio_basis_points", "frequency_operator", "frequency", "inspection_methods",
            "first_day", "last_day", "directory_size", "quota", "override_reason")
    plan.lines.extend(PlanLine(**{name: getattr(line, name) for name in kept}) for line in source.lines)
    db.session.flush()


def _count(line: PlanLine) -> None:
    """Set the line's quota from the item's directory as it is today."""
    line.directory_size = registry.directory_size(line.item.object_category)
    line.quota = rules.planned_count(line.ratio_basis_points, line.directory_size)
