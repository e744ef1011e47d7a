"""Loads stay even, and everybody is equally likely."""

from collections import Counter
from hashlib import sha256

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Parameters, Seat, Team
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import leaf, names, pairs_of


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


def chi_square(counts: list[int]) -> float:
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def first_seats(objects: int, rounds: int, pool: list[str]) -> list[int]:
    counts: Counter[str] = Counter()
    for number in range(rounds):
        seed = sha256(b"round %d" % number).digest()
        counts.update(rules.match_inspectors(seed, pairs_of(pool, objects), {}).teams[0].inspectors)
    return [counts[name] for name in pool]


@pytest.mark.article("16")
def test_every_inspector_is_equally_likely_also_beyond_the_calls() -> None:
    assert chi_square(first_seats(1, 1000, names(20))) < 43.8
    load = dict.fromkeys(names(400), 9)
    idle = names(400)[::100]
    counts: Counter[str] = Counter()
    for number in range(800):
        seats = (Seat(frozenset(names(400))),) * 2
        team = Team(leaf(number), seats)
        matched = rules.match_inspectors(SEED, [team], {**load, **dict.fromkeys(idle, 0)}, Parameters(1, 50)).teams[0]
        counts[matched.inspectors[0]] += 1
    assert set(counts) == set(idle)
    assert chi_square([counts[name] for name in idle]) < 16.3


@pytest.mark.article("16")
def test_every_pair_is_equally_likely() -> None:
    counts: Counter[frozenset[str]] = Counter()
    for number in range(1500):
        team = rules.match_inspectors(sha256(b"%d" % number).digest(), pairs_of(names(6), 1), {}).teams[0]
        counts[frozenset(team.inspectors)] += 1
    assert len(counts) == 15
    assert chi_square(list(counts.values())) < 36.1
