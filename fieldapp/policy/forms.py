"""Reading the forms for rule sets and calendar days."""

from datetime import date

from fieldapp.policy.rules import NUMBERS, SWITCHES, DayKind, RuleSet
from fieldapp.refusals import Refusal
from fieldapp.web.fields import Form, day, needed_day, needed_number, needed_text, word
from fieldapp.words import N_

MOST = 999_999


def read_rule_set(form: Form) -> RuleSet:
    """A rule set as typed: a name, the day from which it holds, every number, every switch."""
    numbers: dict[str, int | bool] = {number.name: needed_number(form, number.name, 0, MOST) for number in NUMBERS}
    numbers |= {switch.name: switch.name in form for switch in SWITCHES}
    return RuleSet.of(needed_text(form, "name", 120), needed_day(form, "effective_from"), None, numbers)


def read_days(form: Form) -> tuple[date, date, DayKind, str]:
    """Days as typed: the first, the last (the first alone if none is named), their kind, the notice."""
    first = needed_day(form, "first")
    kind = word(form, "kind", DayKind)
    if kind is None:
        raise Refusal("policy.kind_missing", N_("请选择日期类别"), field="kind")
    return first, day(form, "last") or first, kind, needed_text(form, "source", 120)
