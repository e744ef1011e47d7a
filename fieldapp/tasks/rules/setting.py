"""Setting a task up: from which pool objects are drawn, how inspectors are matched, how many, when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from fieldapp.law import article
from fieldapp.policy.rules import WHOLE, RuleSet, quota
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import Labelled, N_

Conditions = Mapping[str, Collection[str]]

MOST_INSPECTORS = 6
LONGEST_CONDITION = 300
NARROW_POOL = 20


class DrawMode(Labelled):
    """From which pool objects are drawn (article 16)."""

    UNDIRECTED = "undirected", N_("不定向")
    DIRECTED = "directed", N_("定向")


class MatchMode(Labelled):
    """How inspectors are matched (article 16): both are draws, the second among those who meet conditions."""

    AUTOMATIC = "automatic", N_("自动")
    MANUAL = "manual", N_("手动（设定条件后抽取）")


class MatchCondition(Labelled):
    """What a manual matching may ask of inspectors, beside typed seats for specialities."""

    QUALIFIED = "qualified", N_("具有该类检查对象的执法资质")
    SAME_CITY = "same_city", N_("与检查对象在同一设区市")
    OTHER_DIVISION = "other_division", N_("来自任务处室以外的处室")
    NOT_SAME_PAIR = "not_same_pair", N_("上次同组检查该对象的人员本次不再同组")


def conditions_asked(match_mode: str, conditions: Mapping[str, Any]) -> list[MatchCondition]:
    """The conditions of a manual matching, as a task keeps them; an automatic one has none (article 16)."""
    return [one for one in MatchCondition if conditions.get(one.value)] if match_mode == MatchMode.MANUAL else []


_WORDS = {"types": "主体类型", "sizes": "经营规模", "cities": "设区市", "region_codes": "县（市、区）"}


@dataclass(frozen=True, slots=True)
class Pool:
    """How many objects meet the conditions, and how many of them are not left to chance: closed, at the yearly cap, or
    certain (under key supervision, inspected in any case)."""

    found: int
    closed: int = 0
    at_cap: int = 0
    certain: int = 0

    @property
    def drawable(self) -> int:
        """How many can be drawn."""
        return self.found - self.closed - self.at_cap - self.certain


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """A task as its author wants it; `quota` None means as many as the ratio asks.

    `by_grade` draws every credit-risk grade by itself, at its ratio in `ratios` (basis points) or else at the usual one.
    """

    plan_line_id: UUID
    name: str
    draw_mode: DrawMode
    match_mode: MatchMode
    inspectors_per_object: int
    methods: tuple[str, ...]
    first_day: date
    last_day: date
    conditions: dict[str, list[str]] = field(default_factory=dict)
    quota: int | None = None
    match_conditions: frozenset[MatchCondition] = frozenset()
    specialities: tuple[str, ...] = ()
    takes_reserve: bool = False
    by_grade: bool = False
    ratios: dict[str, int] = field(default_factory=dict)
    ratio_reason: str = ""

    def matching(self) -> dict[str, object]:
        """The conditions of the matching as a task stores them."""
        chosen: dict[str, object] = {condition.value: True for condition in sorted(self.match_conditions)}
        return chosen | ({"specialities": list(self.specialities)} if self.specialities else {})


@dataclass(frozen=True, slots=True)
class ExternalTask:
    """A task as another platform drew it: its number there, whose it is, when, how many objects."""

    number: str
    name: str
    item_id: UUID
    division_id: UUID
    first_day: date
    last_day: date
    draw_mode: DrawMode
    quota: int
    methods: tuple[str, ...] = ()
    inspectors_per_object: int = 2
    plan_number: str = ""
    plan_name: str = ""


@article("12", "14")
def check_plan_line(*, is_issued: bool, is_latest: bool, item_is_published: bool) -> None:
    """A task carries out a line of the plan in force, of an item that is still on the list."""
    if not is_issued:
        raise Conflict("tasks.plan_not_issued", N_("年度计划尚未印发，不能设置任务"))
    if not is_latest:
        raise Conflict("tasks.plan_adjusted", N_("计划已调整，请从现行计划设置任务"))
    if not item_is_published:
        raise Conflict("tasks.item_not_published", N_("该事项不在现行清单中，不能设置新任务"))


@article("6", "16")
def quota_for(mode: DrawMode, ratio_basis_points: int, *, directory_size: int, pool: Pool, planned: int = 0) -> int:
    """How many objects the ratio asks for: of the whole directory, not less than planned, or of a directed pool."""
    if mode is DrawMode.UNDIRECTED:
        return max(planned if planned <= directory_size else 0, quota(ratio_basis_points, directory_size))
    return quota(ratio_basis_points, pool.found)


@article("16")
def check_draw(settings: TaskSettings, pool: Pool, asked: int) -> None:
    """A directed draw states conditions that leave something to draw; the number is at least what the ratio asks."""
    if settings.draw_mode is DrawMode.DIRECTED and not settings.conditions:
        raise Refusal("tasks.condition_missing", N_("定向抽取须至少设定一个条件"), field="draw_mode")
    if settings.draw_mode is DrawMode.UNDIRECTED and settings.conditions:
        raise Refusal("tasks.condition_makes_it_directed", N_("设定了条件的抽取应选择定向"), field="draw_mode")
    if not pool.drawable:
        raise Refusal("tasks.pool_is_empty", N_("没有可以抽取的检查对象"), field="draw_mode")
    if settings.quota is not None and settings.draw_mode is DrawMode.DIRECTED:
        if settings.quota < asked:
            raise Refusal("tasks.quota_below_ratio", N_("按比例应抽取不少于 %(asked)s 户"), field="quota", asked=asked)
        if settings.quota > pool.drawable:
            raise Refusal("tasks.quota_above_pool", N_("可抽取的只有 %(pool)s 户"), field="quota", pool=pool.drawable)


@article("16")
def is_narrow(directed: bool, pool: int, drawn: int, ratios: Collection[int] = ()) -> bool:
    """A directed draw from fewer than 20 objects, or of more than half of them, is hardly random: it is flagged.

    So is a stratum of which the ratio (`ratios`, in basis points) asks more than half.
    """
    return (directed and (pool < NARROW_POOL or 2 * drawn > pool)) or any(2 * ratio > WHOLE for ratio in ratios)


@article("16")
def check_matching(settings: TaskSettings, rule_set: RuleSet) -> None:
    """At least two inspectors an object; conditions make a matching manual, and a manual one states some."""
    if settings.inspectors_per_object < rule_set.min_inspectors:
        raise Refusal("tasks.too_few_inspectors", N_("每个检查对象不少于 %(least)s 名检查人员"),
                      field="inspectors_per_object", least=rule_set.min_inspectors)
    if settings.inspectors_per_object > MOST_INSPECTORS:
        raise Refusal("tasks.too_many_inspectors", N_("每个检查对象不超过 %(most)s 名检查人员"),
                      field="inspectors_per_object", most=MOST_INSPECTORS)
    has_conditions = bool(settings.match_conditions or settings.specialities)
    if settings.match_mode is MatchMode.MANUAL and not has_conditions:
        raise Refusal("tasks.match_condition_missing", N_("手动方式须至少设定一个条件"), field="match_mode")
    if settings.match_mode is MatchMode.AUTOMATIC and has_conditions:
        raise Refusal("tasks.match_condition_makes_it_manual", N_("设定了条件的匹配应选择手动"), field="match_mode")
    if len(settings.specialities) > settings.inspectors_per_object:
        raise Refusal("tasks.more_specialities_than_seats", N_("专长席位不能多于检查人员数"), field="specialities")


@article("12", "22")
def check_window(settings: TaskSettings, first_day: date, last_day: date, today: date) -> None:
    """The inspections lie within the days that the plan names and are not over yet, by at least one method."""
    if not settings.methods:
        raise Refusal("tasks.method_missing", N_("请至少选择一种检查方式"), field="methods")
    if settings.last_day < settings.first_day:
        raise Refusal("tasks.window_reversed", N_("结束日期不能早于开始日期"), field="last_day")
    if settings.first_day < first_day or settings.last_day > last_day:
        raise Refusal("tasks.window_outside_plan", N_("检查时间应在计划的 %(first)s 至 %(last)s 之内"),
                      field="first_day", first=first_day.isoformat(), last=last_day.isoformat())
    if settings.last_day < today:
        raise Refusal("tasks.window_is_over", N_("检查时间已经过去"), field="last_day")


@article("16")
def meets_conditions(*, size: str, city: str, region_code: str, types: Collection[str], conditions: Conditions) -> bool:
    """Whether an object belongs to a directed pool: it meets every kind of condition that is set."""
    facts: dict[str, Collection[str]] = {"sizes": [size], "cities": [city], "region_codes": [region_code],
                                         "types": types}
    return all(not set(wanted).isdisjoint(facts[name]) for name, wanted in conditions.items() if wanted)


@article("16")
def condition_text(conditions: Conditions, words: Mapping[str, str]) -> str:
    """The conditions as people read them beside the draw; `words` names sizes and regions by what is stored."""
    parts = [f"{_WORDS[name]}：{'、'.join(words.get(value, value) for value in conditions[name])}"
             for name in _WORDS if conditions.get(name)]
    text = "；".join(parts)
    if len(text) > LONGEST_CONDITION:
        raise Refusal("tasks.too_many_conditions", N_("条件过多，请减少所选的项"), field="draw_mode")
    return text
