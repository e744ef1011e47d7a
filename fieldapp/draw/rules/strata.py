"""The strata of a draw: how many are drawn of each, in integers, and whether together they are enough."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fieldapp.law import article
from fieldapp.policy.rules import quota


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
