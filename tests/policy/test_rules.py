"""The numbers of the law by date, the quota, the working days."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from fieldapp import clock
from fieldapp.policy import rules
from fieldapp.policy.rules import NUMBERS, DayKind, RuleSet
from fieldapp.refusals import Refusal


def published(year: int) -> dict[date, DayKind]:
    """A year of the calendar as the State Council published it."""
    kinds = {}
    for day in rules.provisional_year(year):
        made_up = DayKind.MAKEUP_WORKDAY if day in chinese_calendar.workdays else rules.ordinary_kind(day)
        kinds[day] = DayKind.HOLIDAY if day in chinese_calendar.holidays else made_up
    return kinds


@pytest.mark.article("6")
@pytest.mark.parametrize(("size", "drawn"), [(0, 0), (1, 1), (19, 1), (20, 1), (21, 2), (41, 3), (1001, 51)])
def test_five_per_cent_of_a_directory_is_rounded_up_in_integers(size: int, drawn: int) -> None:
    assert rules.quota(500, size) == drawn


@pytest.mark.article("6")
def test_seven_per_cent_of_a_hundred_is_seven_and_not_eight() -> None:
    assert rules.quota(700, 100) == 7


@pytest.mark.article("6")
def test_a_quota_never_exceeds_the_directory() -> None:
    assert [rules.quota(10_000, size) for size in (1, 2, 999)] == [1, 2, 999]


@pytest.mark.parametrize(("ratio", "size"), [(-1, 10), (10_001, 10), (500, -1)])
def test_a_ratio_beyond_the_whole_is_no_ratio(ratio: int, size: int) -> None:
    with pytest.raises(ValueError, match="no quota"):
        rules.quota(ratio, size)


@pytest.mark.parametrize(("points", "text"), [(500, "5%"), (750, "7.5%"), (2000, "20%"), (5, "0.05%")])
def test_a_ratio_reads_as_per_cent(points: int, text: str) -> None:
    assert rules.ratio_text(points) == text


def due_day(start: date, count: int, kinds: Mapping[date, DayKind]) -> date:
    """The day on which so many working days have passed."""
    *_, last = rules.counted_days(start, count, kinds)
    return last


@pytest.mark.article("25", "26")
@pytest.mark.parametrize(("start", "due"), [
    ("2026-01-15", "2026-02-12"), ("2026-02-10", "2026-03-16"), ("2026-02-14", "2026-03-20"),
    ("2026-04-30", "2026-06-01"), ("2026-09-18", "2026-10-22"), ("2026-09-30", "2026-11-03"),
    ("2026-11-20", "2026-12-18"),
])
def test_twenty_working_days_run_over_holidays_and_days_worked_in_exchange(start: str, due: str) -> None:
    kinds = published(2026)
    assert due_day(date.fromisoformat(start), 20, kinds) == date.fromisoformat(due)


@pytest.mark.article("25")
def test_a_deadline_over_the_spring_festival_is_not_monday_to_friday() -> None:
    start = date(2026, 2, 10)
    assert due_day(start, 20, {}) == date(2026, 3, 10)
    assert due_day(start, 20, published(2026)) == date(2026, 3, 16)


@pytest.mark.article("25")
def test_the_day_itself_is_not_counted() -> None:
    monday = date(2026, 3, 2)
    assert due_day(monday, 0, {}) == monday
    assert due_day(monday, 1, {}) == monday + timedelta(days=1)


def test_the_year_2026_has_two_hundred_and_forty_eight_working_days() -> None:
    kinds = published(2026)
    assert sum(map(rules.is_workday, kinds.values())) == 248
    assert sum(kind is DayKind.HOLIDAY for kind in kinds.values()) == 33
    assert {day for day, kind in kinds.items() if kind is DayKind.MAKEUP_WORKDAY} == {
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)}


@pytest.mark.article("25")
def test_a_year_without_its_notice_has_the_statutory_days_alone() -> None:
    kinds = rules.provisional_year(2027)
    holidays = sorted(day for day, kind in kinds.items() if kind is DayKind.HOLIDAY)
    assert len(kinds) == 365
    assert len(holidays) == 13
    assert [day.isoformat()[5:] for day in holidays[:6]] == ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05"]
    assert DayKind.MAKEUP_WORKDAY not in kinds.values()


def test_beyond_the_listed_moons_the_fixed_dates_remain() -> None:
    assert len(rules.statutory_days(2050)) == 6


@pytest.mark.article("25")
def test_what_is_finished_after_midnight_in_shandong_belongs_to_the_new_day_wherever_the_server_stands() -> None:
    assert clock.local(datetime(2026, 3, 2, 15, 50, tzinfo=UTC)).date() == date(2026, 3, 2)
    assert clock.local(datetime(2026, 3, 2, 16, 10, tzinfo=UTC)).date() == date(2026, 3, 3)


@pytest.mark.article("11")
def test_the_january_plan_is_due_on_the_tenth_before_any_calendar_is_known() -> None:
    assert rules.plan_due(2050, 1, 10) == date(2050, 1, 10)


@pytest.mark.article("31")
def test_the_regulation_holds_for_two_years_and_its_numbers_are_followed_afterwards() -> None:
    sets = rules.first_rule_sets()
    in_2022, in_2026 = rules.in_force(sets, date(2022, 12, 31)), rules.in_force(sets, date(2026, 11, 23))
    assert (in_2022.is_expired, in_2026.is_expired) == (False, True)
    assert (in_2022.visit_approval_by_department_head, in_2026.visit_approval_by_department_head) == (False, True)
    assert in_2026.min_ratio_basis_points == 500
    assert (in_2026.publish_workdays, in_2026.objection_workdays, in_2026.max_visits_per_year) == (20, 20, 2)


@pytest.mark.article("31")
def test_new_rules_hold_from_their_day_and_not_before() -> None:
    new = RuleSet("新细则", date(2027, 1, 1), min_ratio_basis_points=300)
    sets = [*rules.first_rule_sets(), new]
    assert rules.in_force(sets, date(2026, 12, 31)).min_ratio_basis_points == 500
    assert rules.in_force(sets, date(2027, 1, 1)) == new


def test_the_last_set_is_followed_as_expired_once_it_has_run_out() -> None:
    last = RuleSet("试行", date(2023, 1, 1), date(2023, 12, 31), publish_workdays=15)
    followed = rules.in_force([last], date(2026, 1, 1))
    assert followed.is_expired
    assert followed.publish_workdays == 15


def test_before_the_first_set_the_first_is_taken() -> None:
    assert rules.in_force(rules.first_rule_sets(), date(2019, 1, 1)).effective_from == date(2021, 1, 1)
    with pytest.raises(LookupError):
        rules.in_force([], date(2026, 1, 1))


def test_a_stored_row_keeps_the_regulations_value_where_it_says_nothing() -> None:
    rule_set = RuleSet.of("新细则", date(2027, 1, 1), None, {"publish_workdays": 10, "unheard_of": 1})
    assert (rule_set.publish_workdays, rule_set.objection_workdays) == (10, 20)
    assert RuleSet.of("x", date(2027, 1, 1), None, rule_set.numbers()).numbers() == rule_set.numbers()


@pytest.mark.parametrize(("number", "value"), [
    ("min_ratio_basis_points", 10_001), ("min_inspectors", 1), ("publish_workdays", 0), ("plan_due_month", 13)])
def test_a_number_out_of_its_bounds_is_refused_by_name(number: str, value: int) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_numbers({**RuleSet("x", date(2027, 1, 1)).numbers(), number: value})
    assert refused.value.field == number


@pytest.mark.parametrize(("change", "code"), [
    ({"min_certified": 3}, "policy.more_certified_than_inspectors"),
    ({"plan_due_month": 2, "plan_due_day": 30}, "policy.no_such_day"),
    ({"plan_due_month": 12, "plan_due_day": 31}, None),
])
def test_numbers_that_contradict_each_other_are_refused(change: dict[str, int], code: str | None) -> None:
    numbers = {**RuleSet("x", date(2027, 1, 1)).numbers(), **change}
    if code is None:
        rules.check_numbers(numbers)
    else:
        with pytest.raises(Refusal, match=code):
            rules.check_numbers(numbers)


def test_every_number_names_its_article() -> None:
    assert all(1 <= int(number.article) <= 31 for number in NUMBERS)


@pytest.mark.article("31")
def test_rules_that_have_held_are_not_rewritten() -> None:
    today = date(2026, 11, 23)
    with pytest.raises(Refusal, match="rules_in_the_past"):
        rules.check_may_enter(date(2026, 11, 22), None, today)
    with pytest.raises(Refusal, match="rules_not_the_latest"):
        rules.check_may_enter(date(2026, 12, 1), date(2027, 1, 1), today)
    rules.check_may_enter(today, date(2023, 1, 1), today)


def test_days_are_entered_forwards_with_their_notice() -> None:
    with pytest.raises(Refusal, match="period_reversed"):
        rules.check_period(date(2027, 2, 2), date(2027, 2, 1), "国办发明电")
    with pytest.raises(Refusal, match="period_too_long"):
        rules.check_period(date(2027, 1, 1), date(2028, 12, 31), "国办发明电")
    with pytest.raises(Refusal, match="source_missing"):
        rules.check_period(date(2027, 2, 1), date(2027, 2, 1), " ")
