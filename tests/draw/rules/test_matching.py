"""The inspector matching, recomputed by hand with hashlib alone."""

import random
from collections import Counter
from hashlib import sha256
from struct import unpack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.draw import rules
from fieldapp.draw.rules import Parameters, Seat, Team
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import leaf, names, pairs_of


def calls_by_hand(one: bytes, size: int) -> list[int]:
    return [
        value % size
        for k in range(8)
        for value in unpack(">4Q", sha256(b"fieldapp-match/1 call\x00" + SEED + one + bytes([k])).digest())
    ]


def ticket_by_hand(one: bytes, roster: list[str], name: str) -> bytes:
    calls = calls_by_hand(one, len(roster))
    place = roster.index(name)
    number = calls.index(place) if place in calls else 32
    return bytes([number]) + sha256(b"fieldapp-match/1 pair\x00" + SEED + one + name.encode()).digest()[:31]


def draft_by_hand(
    objects: list[bytes], roster: list[str], band: int, loads: dict[str, int] | None = None
) -> dict[bytes, list[str]]:
    order = sorted(objects, key=lambda one: sha256(b"fieldapp-match/1\x00" + SEED + one).digest())
    teams: dict[bytes, list[str]] = {one: [] for one in order}
    load = Counter(loads or {})
    for _ in range(2):
        for one in order:
            free = [name for name in roster if name not in teams[one]]
            least = min(load[name] for name in free)
            chosen = min(
                (name for name in free if load[name] <= least + band), key=lambda n: ticket_by_hand(one, roster, n)
            )
            teams[one].append(chosen)
            load[chosen] += 1
    return teams


@pytest.mark.article("16")
@pytest.mark.parametrize(("inspectors", "objects", "band"), [(5, 12, 1), (90, 60, 1), (90, 120, 3)])
def test_every_seat_goes_to_the_lowest_pair_ticket_in_the_band(inspectors: int, objects: int, band: int) -> None:
    pool = names(inspectors)
    matching = rules.match_inspectors(SEED, pairs_of(pool, objects), {}, Parameters(band, 99))
    by_hand = draft_by_hand([leaf(number) for number in range(objects)], pool, band)
    assert {team.leaf: list(team.inspectors) for team in matching.teams} == by_hand
    assert [team.leaf for team in matching.teams] == list(by_hand)
    for team in matching.teams:
        assert team.tickets == tuple(ticket_by_hand(team.leaf, pool, name) for name in team.inspectors)
        assert team.leader == min(team.inspectors, key=lambda name: ticket_by_hand(team.leaf, pool, name))


def test_the_order_of_tickets_is_one_order_however_it_is_asked() -> None:
    roster = names(70)
    roll = rules.RollCall(SEED, roster)
    for number in range(20):
        assert list(roll.calls(leaf(number))) == calls_by_hand(leaf(number), 70)
        order = roll.ordered(leaf(number), range(70))
        assert order == sorted(range(70), key=lambda place: roll.pair_ticket(leaf(number), place))
        assert order[0] == calls_by_hand(leaf(number), 70)[0]


def test_a_matching_known_by_heart() -> None:
    matching = rules.match_inspectors(SEED, pairs_of(names(9), 20), {"inspector-004": 3})
    assert matching.parameters == Parameters(band=1, cap=12)
    by_hand = draft_by_hand([leaf(number) for number in range(20)], names(9), 1, {"inspector-004": 3})
    assert {team.leaf: list(team.inspectors) for team in matching.teams} == by_hand
    assert matching.root.hex()[:16] == "e6dc412073d26fab"
    first = matching.teams[0]
    assert rules.transcript_line(first, 1).decode() == (
        f'["{first.leaf.hex()}",1,"certified","{first.inspectors[1]}","{first.tickets[1].hex()}"]'
    )


@pytest.mark.article("16")
@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_objects_and_inspectors_does_not_matter(chance: random.Random) -> None:
    pool, loads = names(8), {name: number % 3 for number, name in enumerate(names(8))}
    teams = [
        Team(leaf(number), (Seat(frozenset(pool)),) * 2, frozenset({pool[number % 8], pool[(number + 3) % 8]}))
        for number in range(14)
    ]
    first = rules.match_inspectors(SEED, teams, loads, Parameters(1, 5))
    shuffled = pool.copy()
    chance.shuffle(shuffled)
    chance.shuffle(teams)
    again = [Team(t.leaf, (Seat(frozenset(shuffled)),) * 2, frozenset(sorted(t.barred))) for t in teams]
    assert rules.match_inspectors(SEED, again, dict(reversed(loads.items())), Parameters(1, 5)) == first
