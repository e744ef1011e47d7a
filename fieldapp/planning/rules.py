"""The annual plan: every item, with enough of a ratio, in time of its year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldapp.law import article
from fieldapp.policy.rules import WHOLE, RuleSet, quota, ratio_text
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_

FIRST_YEAR, LAST_YEAR = 2021, 2099
AT_LEAST = frozenset({"=", ">="})


class PlanState(Labelled):
    """What has become of a plan."""

    DRAFT = "draft", N_("起草中")
    ISSUED = "issued", N_("已印发")


@dataclass(frozen=True, slots=True)
class LineValues:
    """What may be settled about a line: ratio in basis points, frequency with its operator, methods, window, reason."""

    ratio_basis_points: int
    frequency_operator: str
    frequency: int
    methods: tuple[str, ...]
    first_day: date
    last_day: date
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """What the item list says about an item: its ratio, whether the law fixes it, its frequency."""

    name: str
    ratio_basis_points: int
    ratio_is_statutory: bool
    frequency_operator: str
    frequency: int


@article("12")
def planned_count(ratio_basis_points: int, directory_size: int) -> int:
    """How many objects a line means: ratio × directory, rounded up; none while the directory is empty."""
    return quota(ratio_basis_points, directory_size)


@article("6")
def least_ratio(item: ItemTerms, rule_set: RuleSet) -> int:
    """The ratio that a line must reach: what the law fixes, else the item's, never under the floor, in basis points."""
    if item.ratio_is_statutory:
        return item.ratio_basis_points
    return max(item.ratio_basis_points, rule_set.min_ratio_basis_points)


@article("6")
def falls_short(values: LineValues, item: ItemTerms, rule_set: RuleSet) -> bool:
    """Whether a line stays under the ratio or the frequency that is asked of it."""
    least = max(rule_set.min_frequency, item.frequency if item.frequency_operator in AT_LEAST else 1)
    return values.ratio_basis_points < least_ratio(item, rule_set) or values.frequency < least


@article("6", "12")
def check_line(values: LineValues, item: ItemTerms, rule_set: RuleSet, year: int) -> None:
    """A line names a ratio, a frequency, a method and days of its year; less than is asked needs a reason."""
    if not 0 < values.ratio_basis_points <= WHOLE:
        raise Refusal("planning.ratio_out_of_bounds", N_("抽查比例应大于 0、不超过 100"), field="ratio")
    if not values.methods:
        raise Refusal("planning.method_missing", N_("请至少选择一种抽查方式"), field="methods")
    check_window(values.first_day, values.last_day, year)
    if falls_short(values, item, rule_set) and not values.override_reason.strip():
        raise Refusal("planning.override_needs_a_reason",
                      N_("低于该事项应达到的比例 %(least)s 或频次，须写明理由"), field="override_reason",
                      least=ratio_text(least_ratio(item, rule_set)))


@article("12")
def check_window(first_day: date, last_day: date, year: int) -> None:
    """The inspections of a plan lie within its year."""
    if last_day < first_day:
        raise Refusal("planning.window_reversed", N_("结束日期不能早于开始日期"), field="last_day")
    if first_day.year != year or last_day.year != year:
        raise Refusal("planning.window_outside_year", N_("抽查时间应在 %(year)s 年之内"), field="first_day", year=year)


@article("12")
def uncovered(items: Mapping[str, str], planned_codes: Collection[str]) -> list[str]:
    """The names of the published items (by code) that the plan leaves out."""
    return [name for code, name in items.items() if code not in planned_codes]


@article("12")
def check_covers_all(items: Mapping[str, str], planned_codes: Collection[str]) -> None:
    """The plan covers every item of the list."""
    missing = uncovered(items, planned_codes)
    if missing:
        raise Refusal("planning.items_missing", N_("计划应涵盖清单全部事项，还缺 %(count)s 项：%(names)s"),
                      count=len(missing), names="、".join(missing[:5]))


@article("11")
def check_may_issue(state: str, line_count: int) -> None:
    """A plan is issued once, and only one that says something."""
    if state != PlanState.DRAFT:
        raise Conflict("planning.already_issued", N_("该计划已印发"))
    if not line_count:
        raise Refusal("planning.plan_is_empty", N_("计划还没有任何事项，请先从事项清单生成"))


@article("11", "13")
def check_may_draft(year: int, states: Sequence[str], reason: str) -> None:
    """A year has one draft at a time; changing an issued plan needs a reason and gives its next version."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal("planning.no_such_year", N_("年度应在 %(first)s 到 %(last)s 之间"), field="year",
                      first=FIRST_YEAR, last=LAST_YEAR)
    if PlanState.DRAFT in states:
        raise Conflict("planning.draft_exists", N_("%(year)s 年度已有起草中的计划"), field="year", year=year)
    if states and not reason.strip():
        raise Refusal("planning.adjustment_needs_a_reason", N_("调整已印发的计划须写明理由"), field="reason")


@article("11")
def may_edit_line(officer: Officer, item_division_id: object) -> bool:
    """Legal affairs settles every line, a division's officers the lines of their own items."""
    own = officer.division_id == item_division_id
    return officer.is_any(Role.LEGAL_AFFAIRS) or (own and officer.is_any(Role.DIVISION_OFFICER))


@article("11")
def check_may_edit_line(officer: Officer, item_division_id: object, state: str) -> None:
    """A line is edited while the plan is a draft, by those whose item it is or by legal affairs."""
    if state != PlanState.DRAFT:
        raise Conflict("planning.issued_is_frozen", N_("已印发的计划不再改动，需要时请调整计划"))
    if not may_edit_line(officer, item_division_id):
        raise Forbidden("planning.not_your_item", N_("这一行由承担该事项的处室或法规处填写"))
