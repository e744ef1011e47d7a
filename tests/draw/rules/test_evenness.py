"""Loads stay even. That everybody is equally likely is among the proofs."""

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Parameters
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import names, pairs_of


@pytest.mark.article("16")
def test_loads_stay_within_the_band() -> None:
    matching = rules.match_inspectors(SEED, pairs_of(names(30), 300), {})
    assert matching.parameters == Parameters(band=4, cap=42)
    assert max(matching.loads.values()) - min(matching.loads.values()) <= 4 + 1
    assert sum(matching.loads.values()) == 600


@pytest.mark.article("16")
def test_who_has_carried_more_is_given_less() -> None:
    loads = {"inspector-000": 20}
    matching = rules.match_inspectors(SEED, pairs_of(names(10), 40), loads, Parameters(1, 50))
    assert matching.loads["inspector-000"] == 20
    assert max(matching.loads[name] for name in names(10)[1:]) <= 10
