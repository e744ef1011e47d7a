"""Drawing in strata: each credit-risk grade by itself, with a ratio of its own (article 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.law import article
from fieldapp.policy.rules import WHOLE, CreditGrade, RuleSet, quota, ratio_text
from fieldapp.refusals import Refusal
from fieldapp.tasks.rules.setting import NARROW_POOL, Pool, TaskSettings
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Stratum:
    """A grade's objects before the draw: how many are counted, how many can be drawn, the ratio and the usual one."""

    grade: str
    pool: Pool
    ratio: int
    usual: int

    @property
    def quota(self) -> int:
        """How many the ratio asks of it: rounded up, at least one while there are any."""
        return quota(self.ratio, self.pool.found)

    @property
    def is_lacking(self) -> bool:
        """Whether fewer can be drawn than its ratio asks: all are drawn then."""
        return self.quota > self.pool.drawable

    @property
    def is_small(self) -> bool:
        """Whether so few can be drawn that the leaf file would point at them before the visits."""
        return 0 < self.pool.drawable < NARROW_POOL


@article("6")
def raised(usual: Mapping[str, int], pools: Mapping[str, Pool], asked: int, most: int) -> dict[str, int]:
    """The usual ratios of the grades, raised together by whole per cents of themselves, none above `most`, until they give
    at least `asked` objects; as far as they can be raised if that is too many."""
    ratios, factor = dict(usual), 100
    while sum(quota(ratios[grade], pool.found) for grade, pool in pools.items()) < asked and min(ratios.values()) < most:
        factor += factor // 100
        ratios = {grade: min(most, -(-ratio * factor // 100)) for grade, ratio in usual.items()}
    return ratios


@article("6", "16")
def strata_of(pools: Mapping[str, Pool], usual: Mapping[str, int], chosen: Mapping[str, int]) -> list[Stratum]:
    """Every grade's stratum, those without members too, with the ratio chosen for it or else the usual one."""
    return [Stratum(grade, pools.get(grade, Pool(0)), chosen.get(grade, usual[grade]), usual[grade])
            for grade in map(str, CreditGrade)]


@article("6")
def check_strata(settings: TaskSettings, strata: Sequence[Stratum], asked: int, rule_set: RuleSet) -> None:
    """Strata are drawn where the rule set knows them; other ratios than the usual ones, and fewer objects than the item's
    ratio asks, carry a reason, the latter only where the rule set lets it."""
    if not strata:
        return
    if not rule_set.strata_by_credit_grade:
        raise Refusal("tasks.strata_not_in_rules", N_("现行规则没有规定分层抽取"), field="stratified")
    for one in strata:
        if not 1 <= one.ratio <= WHOLE:
            raise Refusal("tasks.stratum_ratio_unfit", N_("每层的比例应大于 0，不超过全部，不得把一层排除在外"),
                          field=f"ratio_{one.grade}")
    has_reason = bool(settings.ratio_reason.strip())
    changed = next((one for one in strata if one.ratio != one.usual), None)
    if changed and not has_reason:
        raise Refusal("tasks.ratio_needs_a_reason", N_("%(grade)s 层的比例与规则的 %(usual)s 不同，请说明理由"),
                      field="ratio_reason", grade=changed.grade, usual=ratio_text(changed.usual))
    total = sum(one.quota for one in strata)
    if total < asked and not (rule_set.strata_below_floor and has_reason):
        raise Refusal(
            "tasks.strata_below_floor",
            N_("各层合计 %(total)s 户，低于应抽的 %(asked)s 户，请说明理由") if rule_set.strata_below_floor else
            N_("各层合计 %(total)s 户，低于应抽的 %(asked)s 户，请提高比例"),
            field="ratio_reason" if rule_set.strata_below_floor else "stratified", total=total, asked=asked)


def kept(strata: Sequence[Stratum]) -> dict[str, Any]:
    """The strata as a task keeps them until its freeze: each grade's ratio, and how many were approved."""
    return {one.grade: {"ratio": one.ratio, "quota": one.quota} for one in strata}
