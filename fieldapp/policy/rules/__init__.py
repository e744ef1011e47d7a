"""The policy's rules: the numbers of the law by date, the quota, the working-day calendar."""

from fieldapp.policy.rules.calendar import (
    CalendarEntry,
    DayKind,
    Due,
    check_period,
    counted_days,
    is_workday,
    ordinary_kind,
    plan_due,
)
from fieldapp.policy.rules.grades import CreditGrade, grade_of, grade_ratios, most_of_a_grade
from fieldapp.policy.rules.numbers import (
    NUMBERS,
    SWITCHES,
    RuleNumber,
    RuleSet,
    RuleSwitch,
    check_may_enter,
    check_numbers,
    first_rule_sets,
    in_force,
)
from fieldapp.policy.rules.quota import WHOLE, quota, ratio_text
from fieldapp.policy.rules.statutory import provisional_year, statutory_days

__all__ = [
    "NUMBERS", "SWITCHES", "WHOLE", "CalendarEntry", "CreditGrade", "DayKind", "Due", "RuleNumber", "RuleSet",
    "RuleSwitch", "check_may_enter", "check_numbers", "check_period", "counted_days", "first_rule_sets", "grade_of",
    "grade_ratios", "in_force", "is_workday", "most_of_a_grade", "ordinary_kind", "plan_due", "provisional_year",
    "quota", "ratio_text", "statutory_days",
]
