"""Reading the forms for plans and their lines."""

from fieldapp.planning.rules import LineValues
from fieldapp.policy.rules import ratio_text
from fieldapp.refusals import Refusal
from fieldapp.registry.rules import InspectionMethod
from fieldapp.web.fields import Form, needed_day, needed_number, ratio, text
from fieldapp.words import N_

OPERATORS = ("=", ">=", "<=")
MOST_REASON = 1000


def read_year(form: Form) -> int:
    """The year of a plan."""
    typed = form.get("year", "").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
        raise Refusal("planning.year_unreadable", N_("请填写四位数的年度"), field="year")
    return int(typed)


def read_line(form: Form) -> LineValues:
    """A line as typed."""
    operator = form.get("frequency_operator", "")
    if operator not in OPERATORS:
        raise Refusal("planning.operator_missing", N_("请选择频次的比较方式"), field="frequency_operator")
    known = {method.value for method in InspectionMethod}
    methods = tuple(method for method in form.getlist("methods") if method in known)
    return LineValues(read_ratio(form.get("ratio", "")), operator, needed_number(form, "frequency", 1, 99), methods,
                      needed_day(form, "first_day"), needed_day(form, "last_day"), text(form, "override_reason", MOST_REASON))


def shown_line(values: LineValues, typed: Form) -> dict[str, object]:
    """What the form shows: the line as it stands, under whatever is being typed."""
    stands = {
        "ratio": ratio_text(values.ratio_basis_points).removesuffix("%"), "frequency": str(values.frequency),
        "frequency_operator": values.frequency_operator, "first_day": values.first_day.isoformat(),
        "last_day": values.last_day.isoformat(), "override_reason": values.override_reason,
    }
    shown: dict[str, object] = {name: typed.get(name, value) for name, value in stands.items()}
    full = "frequency" in typed
    return shown | {"methods": typed.getlist("methods") if full else list(values.methods)}


def read_ratio(typed: str) -> int:
    """A ratio typed in per cent ("5", "7.5%") as basis points."""
    return ratio(typed, "ratio")
