"""The numbers of the law, each with its article, in sets that hold from one day to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Self

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The numbers that hold on a day.

    Ratios are in basis points, periods in working days unless they say days. `is_expired` says that the regulation behind
    the numbers has run out and they are followed until new rules are made.
    """

    name: str
    effective_from: date
    effective_to: date | None = None
    is_expired: bool = False
    min_ratio_basis_points: int = 500
    min_frequency: int = 1
    max_visits_per_year: int = 2
    min_inspectors: int = 2
    min_certified: int = 2
    publish_workdays: int = 20
    objection_workdays: int = 20
    merge_window_days: int = 0
    plan_due_month: int = 1
    plan_due_day: int = 10
    arrival_fence_metres: int = 300
    paper_back_workdays: int = 2
    awaiting_days: int = 30
    grade_a_basis_points: int = 250
    grade_b_basis_points: int = 500
    grade_c_basis_points: int = 1000
    grade_d_basis_points: int = 2000
    grade_u_basis_points: int = 500
    strata_by_credit_grade: bool = False
    strata_below_floor: bool = False
    visit_approval_by_department_head: bool = True
    opens_rows_after_inspections: bool = False
    continues_expired_rules: bool = False

    @classmethod
    def of(cls, name: str, effective_from: date, effective_to: date | None, numbers: Mapping[str, Any]) -> Self:
        """The set that a stored row means; what the row does not say keeps the regulation's value."""
        known = {field.name for field in fields(cls)} - {"name", "effective_from", "effective_to", "is_expired"}
        values = {name: value for name, value in numbers.items() if name in known}
        expired = bool(values.get("continues_expired_rules"))
        return cls(name, effective_from, effective_to, is_expired=expired, **values)

    def numbers(self) -> dict[str, int | bool]:
        """The numbers and switches alone, as a row stores them."""
        named: list[RuleNumber | RuleSwitch] = [*NUMBERS, *SWITCHES]
        return {number.name: getattr(self, number.name) for number in named}


@dataclass(frozen=True, slots=True)
class RuleNumber:
    """One number of the law: its name in the code, its words, its article, and the bounds that make sense."""

    name: str
    label: str
    article: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class RuleSwitch:
    """One choice that a rule set makes."""

    name: str
    label: str
    article: str


NUMBERS = (
    RuleNumber("min_ratio_basis_points", N_("抽查比例下限（万分之几，500 即百分之五）"), "6", 1, 10_000),
    RuleNumber("min_frequency", N_("每年抽查频次下限（次）"), "6", 1, 12),
    RuleNumber("max_visits_per_year", N_("同一检查对象每年抽查次数上限（次）"), "6", 1, 12),
    RuleNumber("min_inspectors", N_("每个检查对象的检查人员下限（人）"), "16", 2, 6),
    RuleNumber("min_certified", N_("其中持有效执法证的人员下限（人）"), "10", 2, 6),
    RuleNumber("publish_workdays", N_("检查结果公示期限（工作日）"), "25", 1, 60),
    RuleNumber("objection_workdays", N_("异议复核期限（工作日）"), "26", 1, 60),
    RuleNumber("merge_window_days", N_("合并检查时任务时间最多相隔（天）"), "15", 0, 90),
    RuleNumber("plan_due_month", N_("年度计划完成期限（月）"), "11", 1, 12),
    RuleNumber("plan_due_day", N_("年度计划完成期限（日）"), "11", 1, 31),
    RuleNumber("arrival_fence_metres", N_("到达位置与登记地址相距超过多少米须说明原因（米）"), "23", 50, 5000),
    RuleNumber("paper_back_workdays", N_("纸质检查表拍照交回的期限（工作日）"), "24", 1, 20),
    RuleNumber("awaiting_days", N_("待签章最长期限（天，自首次记为待签章起算）"), "24", 1, 90),
    *(RuleNumber(f"grade_{grade.lower()}_basis_points", label, "6", 1, 10_000) for grade, label in (
        ("A", N_("分层抽取：信用风险 A 级的比例（万分之几）")), ("B", N_("分层抽取：信用风险 B 级的比例（万分之几）")),
        ("C", N_("分层抽取：信用风险 C 级的比例（万分之几）")), ("D", N_("分层抽取：信用风险 D 级的比例（万分之几）")),
        ("U", N_("分层抽取：未评级对象的比例（万分之几）")))),
)
SWITCHES = (
    RuleSwitch("strata_by_credit_grade", N_("可以按信用风险等级分层抽取，各层比例不同"), "6"),
    RuleSwitch("strata_below_floor", N_("分层抽取的总数可以低于抽查比例下限（须说明理由并经法规处审批）"), "6"),
    RuleSwitch("visit_approval_by_department_head", N_("每次检查须事先经厅负责人批准"), "20"),
    RuleSwitch("opens_rows_after_inspections", N_("任务的检查全部结束后，公开抽取时冻结的整份名录（自然人除外）"), "16"),
    RuleSwitch("continues_expired_rules", N_("所依据的细则已到期，沿用其数值"), "31"),
)


@article("31")
def first_rule_sets() -> tuple[RuleSet, ...]:
    """The regulation's own numbers with its own two years, then the same numbers followed after it ran out.

    Since 2023 every inspection is approved beforehand by the department's head, which the regulation did not ask,
    objects may be drawn in strata by their credit-risk grade, and the directories of draws are opened after the inspections.
    """
    return (
        RuleSet(N_("“双随机、一公开”监管工作细则（试行）"), date(2021, 1, 1), date(2022, 12, 31),
                visit_approval_by_department_head=False),
        RuleSet(N_("规则到期后沿用"), date(2023, 1, 1), None, is_expired=True, continues_expired_rules=True,
                strata_by_credit_grade=True, opens_rows_after_inspections=True),
    )


@article("31")
def in_force(sets: Sequence[RuleSet], day: date) -> RuleSet:
    """The set that holds on a day; once the last has run out it is followed further, marked as expired.

    Before the first set began, the first is taken. Raises LookupError when there is none at all.
    """
    begun = [rules for rules in sets if rules.effective_from <= day] or list(sets[:1])
    if not begun:
        raise LookupError("there is no rule set")
    latest = max(begun, key=lambda rules: rules.effective_from)
    if latest.effective_to is None or day <= latest.effective_to:
        return latest
    return replace(latest, is_expired=True)


@article("6", "11", "16", "25", "26")
def check_numbers(numbers: Mapping[str, int]) -> None:
    """Every number lies within the bounds that make sense, and the plan's day exists in its month."""
    for number in NUMBERS:
        if not number.least <= numbers[number.name] <= number.most:
            raise Refusal("policy.number_out_of_bounds", N_("“%(label)s”应在 %(least)s 到 %(most)s 之间"),
                          field=number.name, label=number.label, least=number.least, most=number.most)
    if numbers["min_certified"] > numbers["min_inspectors"]:
        raise Refusal("policy.more_certified_than_inspectors", N_("持证人员下限不能超过检查人员下限"),
                      field="min_certified")
    last = (date(2027, numbers["plan_due_month"] % 12 + 1, 1) - timedelta(days=1)).day
    if numbers["plan_due_day"] > last:
        raise Refusal("policy.no_such_day", N_("%(month)s 月没有 %(day)s 日"), field="plan_due_day",
                      month=numbers["plan_due_month"], day=numbers["plan_due_day"])


@article("31")
def check_may_enter(effective_from: date, latest_from: date | None, today: date) -> None:
    """Rules are changed by a later set beside the old one: nothing that has already held is edited."""
    if effective_from < today:
        raise Refusal("policy.rules_in_the_past", N_("生效日期不能早于今天，已经适用的规则不得改动"),
                      field="effective_from")
    if latest_from is not None and effective_from < latest_from:
        raise Refusal("policy.rules_not_the_latest", N_("生效日期不能早于已有规则的生效日期 %(day)s"),
                      field="effective_from", day=latest_from.isoformat())
