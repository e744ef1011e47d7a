"""What a plan must say, and who may say it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from fieldapp.planning import rules
from fieldapp.planning.rules import ItemTerms, LineValues, PlanState
from fieldapp.policy.rules import RuleSet
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role

RULES = RuleSet("现行", date(2023, 1, 1))
ORDINARY = ItemTerms("孵化器检查", 500, False, ">=", 1)
STATUTORY = ItemTerms("实验动物检查", 2000, True, ">=", 1)
VALUES = LineValues(500, ">=", 1, ("on_site",), date(2026, 3, 1), date(2026, 11, 30))


@pytest.mark.article("6", "12")
@pytest.mark.parametrize(("ratio", "size", "quota"), [(500, 41, 3), (2000, 86, 18), (500, 1, 1), (500, 0, 0)])
def test_the_planned_count_is_the_ratio_of_the_directory_rounded_up(ratio: int, size: int, quota: int) -> None:
    assert rules.planned_count(ratio, size) == quota


@pytest.mark.article("6")
def test_the_floor_is_five_per_cent_unless_the_law_fixes_the_ratio() -> None:
    assert rules.least_ratio(replace(ORDINARY, ratio_basis_points=300), RULES) == 500
    assert rules.least_ratio(replace(ORDINARY, ratio_basis_points=800), RULES) == 800
    assert rules.least_ratio(STATUTORY, RULES) == 2000
    assert rules.least_ratio(replace(STATUTORY, ratio_basis_points=100), RULES) == 100


@pytest.mark.article("6", "12")
@pytest.mark.parametrize(("item", "change"), [
    (ORDINARY, {"ratio_basis_points": 499}), (STATUTORY, {"ratio_basis_points": 1999}),
    (replace(ORDINARY, frequency=2), {}), (replace(ORDINARY, frequency_operator="=", frequency=2), {}),
])
def test_a_line_that_falls_short_needs_a_reason(item: ItemTerms, change: dict[str, int]) -> None:
    values = replace(VALUES, **{"ratio_basis_points": 2000} | change)
    with pytest.raises(Refusal, match="override_needs_a_reason") as refused:
        rules.check_line(values, item, RULES, 2026)
    assert refused.value.field == "override_reason"
    rules.check_line(replace(values, override_reason="厅务会同意"), item, RULES, 2026)


@pytest.mark.article("12")
@pytest.mark.parametrize(("change", "code"), [
    ({"ratio_basis_points": 0}, "ratio_out_of_bounds"), ({"ratio_basis_points": 10_001}, "ratio_out_of_bounds"),
    ({"methods": ()}, "method_missing"), ({"last_day": date(2026, 2, 1)}, "window_reversed"),
    ({"last_day": date(2027, 1, 1)}, "window_outside_year"), ({"first_day": date(2025, 12, 31)}, "window_outside_year"),
])
def test_a_line_names_ratio_method_and_days_of_its_year(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        rules.check_line(replace(VALUES, **change), ORDINARY, RULES, 2026)  # type: ignore[arg-type]


@pytest.mark.article("12")
def test_a_plan_covers_every_item_of_the_list() -> None:
    items = {"A": "甲", "B": "乙"}
    rules.check_covers_all(items, {"A", "B", "C"})
    with pytest.raises(Refusal, match="items_missing") as refused:
        rules.check_covers_all(items, {"A"})
    assert refused.value.facts["names"] == "乙"


@pytest.mark.article("11", "13")
def test_a_year_has_one_draft_and_an_issued_plan_is_changed_with_a_reason() -> None:
    rules.check_may_draft(2026, [], "")
    rules.check_may_draft(2026, [PlanState.ISSUED], "法规修订")
    with pytest.raises(Refusal, match="adjustment_needs_a_reason"):
        rules.check_may_draft(2026, [PlanState.ISSUED], " ")
    with pytest.raises(Conflict, match="draft_exists"):
        rules.check_may_draft(2026, [PlanState.DRAFT], "法规修订")
    with pytest.raises(Refusal, match="no_such_year"):
        rules.check_may_draft(1999, [], "")


@pytest.mark.article("11")
def test_a_plan_is_issued_once_and_not_empty() -> None:
    with pytest.raises(Conflict):
        rules.check_may_issue(PlanState.ISSUED, 7)
    with pytest.raises(Refusal, match="plan_is_empty"):
        rules.check_may_issue(PlanState.DRAFT, 0)


@pytest.mark.article("11")
def test_lines_are_settled_by_legal_affairs_and_by_the_items_own_division() -> None:
    own, other = uuid4(), uuid4()
    officer = Officer(uuid4(), "吴", own, frozenset({Role.DIVISION_OFFICER}))
    assert rules.may_edit_line(officer, own)
    assert not rules.may_edit_line(officer, other)
    assert rules.may_edit_line(replace(officer, roles=frozenset({Role.LEGAL_AFFAIRS})), other)
    assert not rules.may_edit_line(replace(officer, roles=frozenset({Role.INSPECTOR})), own)
    with pytest.raises(Forbidden):
        rules.check_may_edit_line(officer, other, PlanState.DRAFT)
    with pytest.raises(Conflict):
        rules.check_may_edit_line(officer, own, PlanState.ISSUED)
