"""Items, objects and plans for tests of planning and of what stands on it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.planning import actions, queries
from fieldapp.planning.models import AnnualPlan
from fieldapp.registry.models import InspectionItem, InspectionObject, ObjectCategory
from tests.people import Cast

ANIMALS, HIGH_TECH_FIRMS = "实验动物单位", "高新技术企业"
YEAR = 2026


def item(code: str, division_id: UUID, category: str = ANIMALS, **changes: Any) -> InspectionItem:
    """A published item."""
    facts: dict[str, Any] = {
        "version": 1, "name": f"{category}检查", "legal_basis": "《实验动物管理条例》", "inspection_content": "饲养环境",
        "inspection_methods": ["on_site"], "ratio_basis_points": 2000, "ratio_is_statutory": True,
        "frequency_operator": ">=", "frequency": 1, "required_specialities": [], "state": "published",
        "published_at": clock.now(), "valid_from": date(2024, 1, 1)}
    row = InspectionItem(code=code, division_id=division_id, object_category=category, **(facts | changes))
    db.session.add(row)
    db.session.flush()
    return row


def objects(count: int, division_id: UUID, category: str = ANIMALS, *, start: int = 0,
            **changes: Any) -> list[InspectionObject]:
    """So many objects of a category."""
    facts: dict[str, Any] = {"city": "济南市", "size": "small", "region_code": "370102", "region_name": "历下区"}
    rows = [InspectionObject(uscc=f"91370102MA{number:08}", name=f"示例单位{number}", added_at=clock.now(),
                             categories=[ObjectCategory(category=category, division_id=division_id,
                                                        valid_from=date(2024, 1, 1))], **(facts | changes))
            for number in range(start, start + count)]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def also(rows: Sequence[InspectionObject], category: str, division_id: UUID) -> None:
    """Give objects another category."""
    for row in rows:
        row.categories.append(ObjectCategory(category=category, division_id=division_id, valid_from=date(2024, 1, 1)))
    db.session.flush()


def registry(cast: Cast, count: int = 86) -> None:
    """Two items of two divisions with their directories."""
    item("A01", cast.division)
    item("B01", cast.other_division, HIGH_TECH_FIRMS, ratio_basis_points=500, ratio_is_statutory=False)
    objects(count, cast.division)
    objects(41, cast.other_division, HIGH_TECH_FIRMS, start=1000, city="青岛市", size="medium", region_code="370202",
            region_name="市南区")


def issued_plan(cast: Cast, year: int = YEAR) -> AnnualPlan:
    """A year's plan, issued."""
    plan = actions.draft_plan(year, by=cast.legal.officer)
    return actions.issue_plan(plan.id, by=cast.legal.officer)


def line_of(cast: Cast, year: int = YEAR) -> UUID:
    """The line of the plan in force whose item is the division's."""
    plan = queries.plan_in_force(year)
    assert plan is not None
    return queries.lines_for_division(plan, cast.division)[0].id


def in_february(cast: Cast) -> None:
    """It is February, the directories are there and the year's plan is issued."""
    clock.set_source(lambda: datetime(2026, 2, 24, 1, 0, tzinfo=UTC))
    with db.transaction(write=True):
        registry(cast)
        issued_plan(cast)
