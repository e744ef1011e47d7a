"""Reading plans and their lines."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.planning.models import AnnualPlan, PlanLine
from fieldapp.planning.rules import ItemTerms, PlanState, uncovered
from fieldapp.refusals import NotFound
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionItem
from fieldapp.roles import HEADS, Officer, Role
from fieldapp.words import N_

DRAFTING = HEADS | {Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER, Role.DEPARTMENT_HEAD}


def plan(plan_id: UUID) -> AnnualPlan:
    """One version of a plan."""
    found = db.session.get(AnnualPlan, plan_id)
    if found is None:
        raise _no_plan()
    return found


def plan_for(officer: Officer, plan_id: UUID) -> AnnualPlan:
    """A plan as this officer may see it: an issued one, and a draft by those who take part in it."""
    found = plan(plan_id)
    if found.state == PlanState.DRAFT and officer.roles.isdisjoint(DRAFTING):
        raise _no_plan()
    return found


def plan_for_change(plan_id: UUID) -> AnnualPlan:
    """A plan, held against others who would issue it at the same moment."""
    found = db.session.scalar(db.held(sa.select(AnnualPlan).where(AnnualPlan.id == plan_id), AnnualPlan))
    if found is None:
        raise _no_plan()
    return found


def plans_for(officer: Officer) -> list[AnnualPlan]:
    """The plans that this officer may see, the newest first."""
    statement = sa.select(AnnualPlan).order_by(AnnualPlan.year.desc(), AnnualPlan.version.desc())
    if officer.roles.isdisjoint(DRAFTING):
        statement = statement.where(AnnualPlan.state == PlanState.ISSUED.value)
    return db.scalars(statement)


def versions(year: int) -> list[AnnualPlan]:
    """All versions of a year's plan, the first first."""
    return db.scalars(sa.select(AnnualPlan).where(AnnualPlan.year == year).order_by(AnnualPlan.version))


def plan_in_force(year: int) -> AnnualPlan | None:
    """The latest issued version of a year's plan."""
    issued = sa.select(AnnualPlan).where(AnnualPlan.year == year, AnnualPlan.state == PlanState.ISSUED.value)
    return db.session.scalar(issued.order_by(AnnualPlan.version.desc()).limit(1))


def issued_years() -> list[int]:
    """The years with an issued plan, the newest first."""
    years = sa.select(AnnualPlan.year).where(AnnualPlan.state == PlanState.ISSUED.value).distinct()
    return db.scalars(years.order_by(AnnualPlan.year.desc()))


def line(line_id: UUID) -> PlanLine:
    """One line of a plan."""
    found = db.session.get(PlanLine, line_id)
    if found is None:
        raise NotFound("planning.no_line", N_("没有这一计划事项"))
    return found


def line_for(officer: Officer, plan_id: UUID, line_id: UUID) -> PlanLine:
    """A line of a plan that this officer may see."""
    found = line(line_id)
    if found.plan_id != plan_for(officer, plan_id).id:
        raise NotFound("planning.no_line", N_("没有这一计划事项"))
    return found


def lines_for_division(plan: AnnualPlan, division_id: UUID) -> list[PlanLine]:
    """The lines of a plan whose items are a division's."""
    return [line for line in plan.lines if line.item.division_id == division_id]


def missing_items(plan: AnnualPlan) -> list[str]:
    """The published items that a plan does not cover."""
    return uncovered(published_names(), planned_codes(plan.lines))


def published_names() -> dict[str, str]:
    """The published items: their names by their codes."""
    return {item.code: item.name for item in registry.items_published()}


def planned_codes(lines: Sequence[PlanLine]) -> set[str]:
    """The codes of the items that lines speak of."""
    return {line.item.code for line in lines}


def terms(item: InspectionItem) -> ItemTerms:
    """What the item list says about an item."""
    return ItemTerms(item.name, item.ratio_basis_points, item.ratio_is_statutory, item.frequency_operator,
                     item.frequency)


def _no_plan() -> NotFound:
    return NotFound("planning.no_plan", N_("没有这份计划"))
