"""The strata of a draw: how many are drawn of each, in integers, and whether together they are enough."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fieldapp.law import article
from fieldapp.policy.rules import quota
from fieldapp.refusals import Refusal
from fieldapp.words import N_


class StratumTerms(NamedTuple):
    """What is settled about a stratum: `ratio` in basis points of the `counted` objects, `quota` to be drawn."""

    ratio: int
    counted: int
    quota: int


@article("6", "16")
def strata_terms(approved: Mapping[str, Mapping[str, Any]], counted: Mapping[str, int]) -> dict[str, StratumTerms]:
    """The quota of every stratum that the directory has at its freeze: what its ratio asks, not less than was approved.

    `approved` gives each stratum's ratio and quota as the task was approved, `counted` how many of its objects meet the
    condition now.
    """
    return {name: StratumTerms(approved[name]["ratio"], count, min(count, max(
        approved[name]["quota"], quota(approved[name]["ratio"], count)))) for name, count in counted.items()}


@article("6")
def is_below_floor(strata: Mapping[str, StratumTerms], ratio: int) -> bool:
    """Whether the strata together give fewer objects than the item's own ratio asks."""
    if not strata:
        return False
    return sum(one.quota for one in strata.values()) < quota(ratio, sum(one.counted for one in strata.values()))


@article("6")
def check_floor(strata: Mapping[str, StratumTerms], ratio: int, *, may_be_below: bool) -> None:
    """Where the rule set does not let strata stay below the item's ratio, no second approval does: grades that changed
    since the task was approved need other ratios."""
    if is_below_floor(strata, ratio) and not may_be_below:
        raise Refusal(
            "draw.strata_below_floor",
            N_("各层合计 %(total)s 户，低于应抽的 %(asked)s 户，现行规则不允许：请取消任务，提高比例后重新设置"),
            field="strata", total=sum(one.quota for one in strata.values()),
            asked=quota(ratio, sum(one.counted for one in strata.values())))
