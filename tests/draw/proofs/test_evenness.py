"""Over thousands of draws everybody comes as often as anybody: p > 0.001; a planted bias is found with p < 1 in a million."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import combinations
from struct import unpack

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Parameters, RollCall, Seat, Team
from tests.draw.proofs.chi import chance_of, tail
from tests.draw.rules.sample import leaf, names, pairs, pairs_of

DRAWS = 4000
FAIR, BIASED = 1e-3, 1e-6
POOL = names(6)
PAIRS = [frozenset(pair) for pair in combinations(POOL, 2)]


def seeds(count: int = DRAWS) -> Iterator[bytes]:
    """The same seeds at every run."""
    return (sha256(b"round %d" % number).digest() for number in range(count))


def test_the_tail_of_chi_square_is_that_of_the_tables() -> None:
    for value, freedom, chance in ((10.828, 1, 1e-3), (43.820, 19, 1e-3), (36.123, 14, 1e-3), (124.342, 100, 0.05),
                                   (3.841, 1, 0.05), (18.307, 10, 0.05), (86.661, 50, 1e-3)):
        assert tail(value, freedom) == pytest.approx(chance, rel=1e-3)


def objects_drawn(leaves: Sequence[tuple[bytes, int]], quota: int) -> list[int]:
    """How often each object is drawn."""
    counts = Counter(one for seed in seeds() for one in rules.draw_objects(seed, leaves, quota, 0).drawn)
    return [counts[one] for one, _ in leaves]


@pytest.mark.article("16")
def test_every_object_is_drawn_as_often_as_any_other() -> None:
    chance = chance_of(objects_drawn(pairs(40), 8), drawn=8)
    print(f"\n8 of 40 objects, {DRAWS} draws: p = {chance:.3f}")
    assert chance > FAIR


@pytest.mark.article("16")
def test_any_two_objects_are_drawn_together_as_often_as_any_other_two() -> None:
    leaves = pairs(12)
    counts = Counter(frozenset(rules.draw_objects(seed, leaves, 2, 0).drawn) for seed in seeds())
    chance = chance_of([counts[frozenset(two)] for two in combinations([one for one, _ in leaves], 2)])
    print(f"\nany two of 12 objects, {DRAWS} draws: p = {chance:.3f}")
    assert chance > FAIR


@pytest.mark.article("16")
def test_every_place_in_the_reserve_is_open_to_all() -> None:
    places = Counter(rules.draw_objects(seed, pairs(20), 3).reserve[4] for seed in seeds())
    chance = chance_of([places[one] for one, _ in pairs(20)])
    print(f"\nthe fifth in reserve out of 20 objects, {DRAWS} draws: p = {chance:.3f}")
    assert chance > FAIR


@pytest.mark.article("16")
def test_an_object_with_more_tickets_is_drawn_that_much_more_often() -> None:
    leaves = [(one, 1 + number % 3) for number, (one, _) in enumerate(pairs(30))]
    counts, weights = objects_drawn(leaves, 1), [float(tickets) for _, tickets in leaves]
    print(f"\n1 of 30 objects with 1 to 3 tickets, {DRAWS} draws: p = {chance_of(counts, weights):.3f}")
    assert chance_of(counts, weights) > FAIR
    assert chance_of(counts) < BIASED


@pytest.mark.article("16")
def test_a_second_ticket_for_one_object_is_found_out() -> None:
    biased = objects_drawn([(pairs(40)[0][0], 2), *pairs(40)[1:]], 8)
    print(f"\none of 40 objects has a ticket too many: p = {chance_of(biased, drawn=8):.0e}")
    assert chance_of(biased, drawn=8) < BIASED


def test_tickets_of_which_only_the_first_bits_count_are_found_out() -> None:
    order = sorted(one for one, _ in pairs(40))
    counts: Counter[bytes] = Counter()
    for seed in seeds():
        counts.update(sorted(order, key=lambda one: rules.ticket(seed, one, 1)[0] >> 4)[:8])
    print(f"\ntickets of four bits: p = {chance_of([counts[one] for one in order], drawn=8):.0e}")
    assert chance_of([counts[one] for one in order], drawn=8) < BIASED


def teams_matched(objects: int = 9) -> list[rules.MatchedTeam]:
    """The team of the same object in thousands of matchings of several."""
    seventh = leaf(6)
    matchings = (rules.match_inspectors(seed, pairs_of(POOL, objects), {}, Parameters(1, 99)) for seed in seeds())
    return [team for one in matchings for team in one.teams if team.leaf == seventh]


def chance_of_pairs(teams: Sequence[rules.MatchedTeam]) -> float:
    counts = Counter(frozenset(team.inspectors) for team in teams)
    return chance_of([counts[pair] for pair in PAIRS])


@pytest.fixture(scope="module")
def teams() -> list[rules.MatchedTeam]:
    """As the rules match them."""
    return teams_matched()


@pytest.mark.article("16")
def test_any_two_inspectors_meet_as_often_as_any_other_two(teams: list[rules.MatchedTeam]) -> None:
    print(f"\nany two of 6 inspectors, {DRAWS} matchings of 9 objects: p = {chance_of_pairs(teams):.3f}")
    assert len(teams) == DRAWS
    assert chance_of_pairs(teams) > FAIR


@pytest.mark.article("16")
def test_every_seat_and_the_lead_fall_to_all_alike(teams: list[rules.MatchedTeam]) -> None:
    for what, counts in (("first seat", Counter(team.inspectors[0] for team in teams)),
                         ("second seat", Counter(team.inspectors[1] for team in teams)),
                         ("lead", Counter(team.leader for team in teams))):
        chance = chance_of([counts[name] for name in POOL])
        print(f"\n{what}: p = {chance:.3f}")
        assert chance > FAIR, what


@pytest.mark.article("16")
def test_those_whom_no_call_reaches_are_equally_likely_too() -> None:
    crowd = names(400)
    idle, loads = crowd[::100], dict.fromkeys(crowd, 9) | dict.fromkeys(crowd[::100], 0)
    counts: Counter[str] = Counter()
    for seed in seeds(1000):
        team = Team(leaf(1), (Seat(frozenset(crowd)),) * 2)
        counts[rules.match_inspectors(seed, [team], loads, Parameters(1, 50)).teams[0].inspectors[0]] += 1
    assert set(counts) == set(idle)
    assert chance_of([counts[name] for name in idle]) > FAIR


@pytest.mark.article("16")
def test_calls_by_too_short_a_number_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def short_calls(roll: RollCall, one: bytes) -> Iterator[int]:
        for value in unpack(">32B", sha256(roll._call + one).digest()):
            yield value % 8 % len(POOL)

    monkeypatch.setattr(RollCall, "calls", short_calls)
    chance = chance_of_pairs(teams_matched())
    print(f"\ncalls by numbers of three bits: p = {chance:.0e}")
    assert chance < BIASED
