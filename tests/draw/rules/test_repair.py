"""The repair against an independent oracle: as many seats are filled as the greatest flow fills."""

import random
from collections import Counter

import networkx
import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Board, Parameters, Seat, Team
from fieldapp.refusals import Refusal
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import leaf, names, pairs_of


def instance(number: int) -> tuple[list[Team], dict[str, int], int]:
    """A small matching at the edge of what is possible, and often beyond."""
    chance = random.Random(number)
    pool = names(chance.randint(2, 7))
    loads = {name: chance.choice([0, 0, 0, 1, 2]) for name in pool}
    groups = [frozenset(chance.sample(pool, chance.randint(1, len(pool)))) for _ in range(chance.randint(1, 3))]
    teams = []
    for one in range(chance.randint(1, 9)):
        count = chance.choice([2, 2, 2, 3])
        mixed = chance.random() < 0.3
        seats = [Seat(chance.choice(groups)) for _ in range(count)] if mixed else [Seat(chance.choice(groups))] * count
        teams.append(Team(leaf(number * 100 + one), tuple(seats), frozenset(chance.sample(pool, chance.choice([0, 0, 1])))))
    seats_needed = sum(len(team.seats) for team in teams)
    near = -(-(seats_needed + sum(loads.values())) // len(pool))
    return teams, loads, max(1, near + chance.choice([-1, 0, 0, 1]))


def greatest_flow(teams: list[Team], loads: dict[str, int], cap: int) -> int:
    graph = networkx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    for number, team in enumerate(teams):
        for seat, kind in enumerate(team.seats):
            graph.add_edge("source", ("seat", number, seat), capacity=1)
            for name in kind.eligible - team.barred:
                graph.add_edge(("seat", number, seat), ("in", number, name), capacity=1)
                graph.add_edge(("in", number, name), ("person", name), capacity=1)
                graph.add_edge(("person", name), "sink", capacity=max(0, cap - loads.get(name, 0)))
    return networkx.maximum_flow_value(graph, "source", "sink")


def check_board(board: Board, loads: dict[str, int], cap: int) -> int:
    """Nobody twice on a team, nobody recused, nobody over the cap; returns the seats filled."""
    given: Counter[str] = Counter()
    for number, team in enumerate(board.teams):
        members = []
        for place, kind in zip((board.holder[seat] for seat in board.seats(number)), team.seats, strict=True):
            if place >= 0:
                name = board.roster[place]
                assert name in kind.eligible
                assert name not in team.barred
                members.append(name)
                given[name] += kind.capped
        assert len(set(members)) == len(members)
    assert all(count + loads.get(name, 0) <= cap for name, count in given.items() if count)
    return sum(place >= 0 for place in board.holder)


@pytest.mark.article("16", "17")
def test_as_many_seats_are_filled_as_the_greatest_flow_fills() -> None:
    tight = short = repaired_at_all = 0
    for number in range(250):
        teams, loads, cap = instance(number)
        board = Board(SEED, teams, loads, 1, cap)
        repaired, stuck = rules.draft(board)
        filled = check_board(board, loads, cap)
        assert filled == greatest_flow(teams, loads, cap), number
        needed = len(board.holder)
        assert len(stuck) == needed - filled
        if stuck:
            short += 1
            groups = rules.shortages(board, stuck)
            assert sum(group.needed - group.have for group in groups) == needed - filled
            with pytest.raises(Refusal, match=r"draw\.too_few_inspectors"):
                rules.match_inspectors(SEED, teams, loads, Parameters(1, cap))
        repaired_at_all += repaired > 0
        tight += filled == needed
    assert min(tight, short, repaired_at_all) > 20


def test_typed_seats_are_filled_beside_the_others_without_a_cap() -> None:
    auditors, others = frozenset({"auditor-1", "auditor-2"}), frozenset(names(8))
    for number in range(30):
        chance = random.Random(number)
        teams = [
            Team(leaf(number * 50 + one), (Seat(auditors, "财务审计", capped=False), Seat(others), Seat(others)))
            for one in range(chance.randint(4, 8))
        ]
        board = Board(SEED, teams, {}, 1, 2)
        assert not rules.draft(board)[1]
        check_board(board, {}, 2)


@pytest.mark.article("16")
def test_a_typed_seat_makes_room_where_one_person_could_take_either() -> None:
    both, plain = "both", "plain"
    seats = Seat(frozenset({both, plain})), Seat(frozenset({both}), "财务审计", capped=False)
    for number in range(20):
        team = rules.match_inspectors(SEED, [Team(leaf(number), seats)], {}, Parameters(1, 5)).teams[0]
        assert team.inspectors == (plain, both)


@pytest.mark.article("16")
def test_nobody_exceeds_the_cap_where_people_could_take_typed_seats_or_others() -> None:
    filled = 0
    for number in range(400):
        chance = random.Random(number)
        pool = names(chance.randint(3, 6))
        typed = Seat(frozenset(chance.sample(pool, chance.randint(1, 3))), "财务审计", capped=False)
        plain = [Seat(frozenset(chance.sample(pool, chance.randint(2, len(pool))))) for _ in range(2)]
        teams = []
        for one in range(chance.randint(2, 7)):
            seats = [chance.choice([typed, *plain]), chance.choice(plain), chance.choice([typed, *plain])]
            teams.append(Team(leaf(number * 50 + one), tuple(seats[: chance.choice([2, 3])])))
        board = Board(SEED, teams, {}, 1, chance.randint(1, 4))
        _, stuck = rules.draft(board)
        filled += check_board(board, {}, board.cap)
        assert len(stuck) == board.holder.count(-1)
    assert filled > 2000


def test_hopeless_searches_do_not_repeat_each_other() -> None:
    board = Board(SEED, pairs_of(names(5), 200), {}, 1, 20)
    _, stuck = rules.draft(board)
    assert len(stuck) == 300
    assert sum(len(proof.seats) for proof in stuck) < 2 * len(board.holder)
