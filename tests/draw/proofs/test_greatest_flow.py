"""The matching against an independent oracle: it fills as many seats as the greatest flow, and keeps every rule doing so."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, product
from math import prod

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Board, Parameters, Seat, Team
from fieldapp.draw.rules.matching.repair import Search, Stuck
from fieldapp.refusals import Refusal
from tests.draw.proofs.instances import Instance, check_board, greatest_flow, near_tight, over_tight, with_specialists
from tests.draw.rules.sample import leaf

INSTANCES, SOME = 1000, 150


def compare(make: Callable[[int], Instance], numbers: Iterable[int]) -> Counter[str]:
    """Match every instance and hold it against the greatest flow; counts how they went."""
    went: Counter[str] = Counter()
    for number in numbers:
        one = make(number)
        board = Board(one.seed, one.teams, one.loads, 1, one.cap)
        repaired, stuck = rules.draft(board)
        filled = check_board(board, one.loads, one.cap)
        assert filled == greatest_flow(one), f"instance {number}"
        assert len(stuck) == one.needed - filled
        went.update({"filled": not stuck, "short": bool(stuck), "repaired": repaired > 0})
        if stuck:
            check_refused(one, board, stuck)
        else:
            check_matched(one)
    return went


def check_refused(one: Instance, board: Board, stuck: list[Stuck]) -> None:
    """What is missing is said whole, and no half matching comes out."""
    missing = sum(group.needed - group.have for group in rules.shortages(board, stuck))
    assert missing == board.holder.count(-1) == len(stuck)
    with pytest.raises(Refusal, match=r"draw\.too_few_inspectors"):
        rules.match_inspectors(one.seed, one.teams, one.loads, Parameters(1, one.cap))


def check_matched(one: Instance) -> None:
    """Every object has at least two different people, all of them certified, none of them recused."""
    matching = rules.match_inspectors(one.seed, one.teams, one.loads, Parameters(1, one.cap))
    barred = {team.leaf: team.barred for team in one.teams}
    assert {team.leaf for team in matching.teams} == set(barred)
    for team in matching.teams:
        members = set(team.inspectors)
        assert len(members) == len(team.inspectors) >= 2
        assert members <= one.certified - barred[team.leaf]
    assert sum(matching.loads[name] - one.loads[name] for name in matching.roster) == one.needed


@pytest.mark.article("16", "17")
def test_of_seats_that_are_too_many_as_many_are_filled_as_can_be() -> None:
    went = compare(over_tight, range(INSTANCES))
    print(f"\n{INSTANCES} over-tight instances: {dict(went)}")
    assert went["short"] == INSTANCES
    assert went["repaired"] > INSTANCES // 10


@pytest.mark.article("16", "17")
def test_where_the_seats_just_suffice_they_are_filled_whenever_that_can_be() -> None:
    went = compare(near_tight, range(INSTANCES))
    print(f"\n{INSTANCES} near-tight instances: {dict(went)}")
    assert min(went["filled"], went["short"], went["repaired"]) > INSTANCES // 10


@pytest.mark.article("16", "17")
def test_with_specialists_on_typed_seats_as_many_are_filled_as_can_be() -> None:
    went = compare(with_specialists, range(INSTANCES))
    print(f"\n{INSTANCES} instances with typed seats: {dict(went)}")
    assert min(went["filled"], went["short"], went["repaired"]) > INSTANCES // 10


def test_the_oracle_for_typed_seats_agrees_with_all_choices_of_specialists() -> None:
    compared = 0
    for one in map(with_specialists, range(SOME)):
        choices = [choices_of(team) for team in one.teams]
        if prod(map(len, choices)) > 60:
            continue
        best = max(len([name for name in chain(*chosen) if name]) + greatest_flow(one_without(one, chosen))
                   for chosen in product(*choices))
        assert best == greatest_flow(one)
        compared += 1
    assert compared > 10


def choices_of(team: Team) -> list[tuple[str, ...]]:
    """All ways to fill a team's typed seats, "" for nobody."""
    typed = [["", *sorted(seat.eligible - team.barred)] for seat in team.seats if not seat.capped]
    return [way for way in product(*typed) if len(set(filter(None, way))) == len(list(filter(None, way)))]


def one_without(one: Instance, chosen: Sequence[tuple[str, ...]]) -> Instance:
    """The capped seats that are left to fill once the specialists are chosen."""
    teams = [Team(team.leaf, tuple(seat for seat in team.seats if seat.capped), team.barred | set(names))
             for team, names in zip(one.teams, chosen, strict=True)]
    return replace(one, teams=teams)


def test_a_matching_that_never_lets_another_specialist_take_over_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "_take_over", lambda *_: {})
    with pytest.raises(AssertionError, match="instance"):
        compare(with_specialists, range(SOME))


def test_a_matching_that_never_shifts_an_earlier_choice_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "make_room", lambda _search, _seat: False)
    less = 0
    for one in map(near_tight, range(SOME)):
        board = Board(one.seed, one.teams, one.loads, 1, one.cap)
        rules.draft(board)
        less += check_board(board, one.loads, one.cap) < greatest_flow(one)
    assert less > SOME // 10


def test_a_matching_that_forgets_who_is_recused_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Board, "_barred", lambda *_: frozenset())
    with pytest.raises(AssertionError):
        compare(near_tight, range(SOME))


@pytest.mark.article("16", "17")
def test_nobody_eligible_at_all_is_a_shortage_also_where_somebody_is_recused() -> None:
    team = Team(leaf(1), (Seat(frozenset()),) * 2, frozenset({"inspector-000"}))
    with pytest.raises(Refusal, match=r"draw\.too_few_inspectors"):
        rules.match_inspectors(b"s" * 32, [team], {"inspector-000": 0}, Parameters(1, 2))
