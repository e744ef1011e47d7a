"""Reading the forms of tasks, decisions and work plans."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from fieldapp.policy.rules import WHOLE, CreditGrade, ratio_text
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry.rules import InspectionMethod
from fieldapp.tasks.models import Task
from fieldapp.tasks.queries import TaskFilters
from fieldapp.tasks.rules import (
    Decision,
    DrawMode,
    MatchCondition,
    MatchMode,
    TaskSettings,
    TaskState,
    WorkPlanTexts,
)
from fieldapp.web.fields import Form, identifier, needed_day, needed_number, needed_text, ratio, text, word
from fieldapp.words import N_

CONDITIONS = ("types", "sizes", "cities", "region_codes")
TICKED = ("match_conditions", "specialities", "takes_reserve", "stratified")
MOST_CHOSEN, LONGEST_CHOICE, LONGEST_REASON = 200, 60, 300


def read_settings(form: Form, line_id: UUID) -> TaskSettings:
    """A task as typed, for a line of the plan."""
    return TaskSettings(
        plan_line_id=line_id, name=needed_text(form, "name", 200), draw_mode=read_mode(form), conditions=read_conditions(form),
        quota=_quota(form),
        match_mode=_match_mode(form), match_conditions=_match_conditions(form),
        specialities=tuple(_chosen(form, "specialities")),
        inspectors_per_object=needed_number(form, "inspectors_per_object", 1, 99), methods=tuple(_methods(form)),
        takes_reserve="reserve" in form.getlist("takes_reserve"),
        by_grade=read_by_grade(form), ratios=read_ratios(form), ratio_reason=text(form, "ratio_reason", LONGEST_REASON),
        first_day=needed_day(form, "first_day"), last_day=needed_day(form, "last_day"))


def read_mode(form: Form) -> DrawMode:
    """Undirected unless directed is chosen."""
    return DrawMode.DIRECTED if form.get("draw_mode") == DrawMode.DIRECTED else DrawMode.UNDIRECTED


def read_conditions(form: Form) -> dict[str, list[str]]:
    """The conditions of a directed draw, only those that are set; an undirected one has none."""
    if read_mode(form) is DrawMode.UNDIRECTED:
        return {}
    chosen = {name: _chosen(form, name) for name in CONDITIONS}
    return {name: values for name, values in chosen.items() if values}


def read_by_grade(form: Form) -> bool:
    """Whether each credit-risk grade is drawn by itself."""
    return "by_grade" in form.getlist("stratified")


def read_ratios(form: Form) -> dict[str, int]:
    """The ratio typed for each grade, in basis points; none without strata, and none where nothing is typed."""
    typed = {grade.value: form.get(f"ratio_{grade.value}", "") for grade in CreditGrade} if read_by_grade(form) else {}
    return {grade: ratio(words, f"ratio_{grade}") for grade, words in typed.items() if words.strip()}


def readable_ratios(form: Form) -> dict[str, int]:
    """The ratios while they are being typed: one that cannot be read yet is left out."""
    found: dict[str, int] = {}
    for grade in CreditGrade:
        with suppress(Refusal):
            points = ratio(form.get(f"ratio_{grade}", ""), f"ratio_{grade}")
            found |= {grade.value: points} if 0 < points <= WHOLE else {}
    return found


def read_line_id(form: Form) -> UUID:
    """The plan's line named in an address or in a form."""
    line_id = identifier(form, "line")
    if line_id is None:
        raise NotFound("planning.no_line", N_("没有这一计划事项"))
    return line_id


def read_decision(form: Form) -> tuple[Decision, str]:
    """Agreed or not, with the opinion."""
    decision = word(form, "decision", Decision)
    if decision is None:
        raise Refusal("tasks.decision_missing", N_("请选择同意或不同意"), field="opinion")
    return decision, form.get("opinion", "").strip()


def read_work_plan(form: Form) -> WorkPlanTexts:
    """A work plan as typed."""
    return WorkPlanTexts(*(form.get(name, "").replace("\r\n", "\n").strip()
                           for name in ("methods", "standard", "workflow", "guidance", "reason")))


def read_filters(arguments: Form) -> TaskFilters:
    """The list's filters out of its address; nonsense counts as none."""
    return TaskFilters(mine=arguments.get("mine") == "1", text=arguments.get("q", "").strip()[:60],
                       state=word(arguments, "state", TaskState) or "")


def typed_task(task: Task) -> Form:
    """A task as its form would send it."""
    pairs: list[tuple[str, str]] = [
        ("name", task.name), ("draw_mode", task.draw_mode), ("match_mode", task.match_mode), ("quota", str(task.quota)),
        ("inspectors_per_object", str(task.inspectors_per_object)), ("first_day", task.first_day.isoformat()),
        ("last_day", task.last_day.isoformat())]
    pairs += [("takes_reserve", "reserve")] if task.takes_reserve else []
    pairs += [("stratified", "by_grade"), ("ratio_reason", task.ratio_reason)] if task.strata else []
    pairs += [(f"ratio_{grade}", ratio_text(one["ratio"]).removesuffix("%")) for grade, one in (task.strata or {}).items()]
    pairs += [("methods", method) for method in task.inspection_methods]
    pairs += [(name, value) for name in CONDITIONS for value in task.conditions.get(name, [])]
    pairs += [("match_conditions", name) for name, chosen in task.match_conditions.items() if chosen is True]
    pairs += [("specialities", word) for word in task.match_conditions.get("specialities", [])]
    return MultiDict(pairs)


def shown(typed: Form, defaults: dict[str, Any]) -> dict[str, Any]:
    """What the form shows: what is typed, else what it begins with."""
    lists = {name: typed.getlist(name) for name in (*CONDITIONS, *TICKED)}
    methods = typed.getlist("methods") if "name" in typed else defaults["methods"]
    grades = {f"ratio_{grade}": typed.get(f"ratio_{grade}", "") for grade in CreditGrade}
    return defaults | {name: typed[name] for name in defaults if name in typed} | lists | grades | {"methods": methods}


def _quota(form: Form) -> int | None:
    is_set = form.get("quota", "").strip() and read_mode(form) is DrawMode.DIRECTED and not read_by_grade(form)
    return needed_number(form, "quota", 1, 999_999) if is_set else None


def _match_mode(form: Form) -> MatchMode:
    return MatchMode.MANUAL if form.get("match_mode") == MatchMode.MANUAL else MatchMode.AUTOMATIC


def _match_conditions(form: Form) -> frozenset[MatchCondition]:
    known = {condition.value: condition for condition in MatchCondition}
    return frozenset(known[name] for name in form.getlist("match_conditions") if name in known)


def _methods(form: Form) -> list[str]:
    known = {method.value for method in InspectionMethod}
    return [method for method in form.getlist("methods") if method in known]


def _chosen(form: Form, name: str) -> list[str]:
    chosen = list(dict.fromkeys(value for value in form.getlist(name) if value))
    if len(chosen) > MOST_CHOSEN or any(len(value) > LONGEST_CHOICE for value in chosen):
        raise Refusal("tasks.too_many_conditions", N_("条件过多，请减少所选的项"), field=name)
    return chosen
