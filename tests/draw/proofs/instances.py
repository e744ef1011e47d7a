"""Matchings at the edge of what is possible, made from a number, and an oracle for them: the greatest flow."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import networkx

from fieldapp.draw import rules
from fieldapp.draw.rules import Board, Candidate, Inspected, Seat, Team
from fieldapp.tasks.rules import MatchCondition
from tests.draw.rules.sample import leaf

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 4)
VALID, EXPIRED = date(2027, 6, 30), date(2026, 12, 3)
SPECIALITIES = ("财务审计", "特种设备")
TYPES = ("企业", "科研院所", "高等学校")


@dataclass(frozen=True)
class Instance:
    """Objects to be matched under a cap: who may take which seat, what everybody carries already, who is certified."""

    seed: bytes
    teams: list[Team]
    loads: dict[str, int]
    cap: int
    certified: frozenset[str]

    @property
    def needed(self) -> int:
        """How many seats there are."""
        return sum(len(team.seats) for team in self.teams)


def over_tight(number: int) -> Instance:
    """The greatest cap under which all inspectors together have fewer seats than are needed."""
    return _instance(random.Random(f"over {number}"), lambda enough: enough - 1)


def near_tight(number: int) -> Instance:
    """The least cap under which all inspectors together have as many: whether they suffice hangs on who may go where."""
    return _instance(random.Random(f"near {number}"), lambda enough: enough)


def with_specialists(number: int) -> Instance:
    """Teams with a typed seat or two before the others, under about the least cap that could suffice."""
    chance = random.Random(f"typed {number}")
    pool = [f"inspector-{place:03d}" for place in range(chance.randint(4, 8))]
    plain = Seat(frozenset(pool))
    kinds = [Seat(frozenset(chance.sample(pool, chance.randint(1, 3))), kind, capped=False) for kind in SPECIALITIES]
    teams = []
    for place in range(chance.randint(2, 12)):
        typed = kinds[: chance.choice([0, 1, 1, 1, 2])]
        seats = (*typed, *(plain,) * (chance.randint(2, 3) - min(1, len(typed))))
        teams.append(Team(leaf(place), seats, frozenset(chance.sample(pool, chance.choice([0, 0, 1])))))
    loads = {name: chance.choice([0, 0, 0, 1]) for name in pool}
    capped = sum(seat.capped for team in teams for seat in team.seats)
    enough = next(cap for cap in range(1, capped + 3) if _room(plain.eligible, loads, cap) >= capped)
    return Instance(chance.randbytes(32), teams, loads, max(1, enough + chance.choice([-1, 0, 0, 0])), plain.eligible)


def greatest_flow(one: Instance) -> int:
    """How many seats can be filled at all: each by one person, nobody twice on a team, nobody over the cap.

    A typed seat has a way round the cap, for one of those who are eligible for it. (Whoever of the team takes that way
    can be given the typed seat, because all who are eligible for it are so for the capped seats of the team.)
    """
    graph = networkx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    for number, team in enumerate(one.teams):
        for seat, kind in enumerate(team.seats):
            graph.add_edge("source", ("seat", number, seat), capacity=1)
            for name in kind.eligible - team.barred:
                graph.add_edge(("seat", number, seat), ("comes", number, name), capacity=1)
                graph.add_edge(("comes", number, name), ("in", number, name), capacity=1)
                graph.add_edge(("in", number, name), ("person", name), capacity=1)
                graph.add_edge(("person", name), "sink", capacity=max(0, one.cap - one.loads.get(name, 0)))
                if not kind.capped:
                    graph.add_edge(("in", number, name), ("round", number, seat), capacity=1)
                    graph.add_edge(("round", number, seat), "sink", capacity=1)
    return int(networkx.maximum_flow_value(graph, "source", "sink"))


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


def _instance(chance: random.Random, cap_of: Callable[[int], int]) -> Instance:
    count = chance.randint(1, 16)
    people = [_candidate(chance, number, count) for number in range(chance.randint(3, 10))]
    certified = rules.automatic_pool(people, FIRST, LAST)
    barred = rules.barred_by_interest(people)
    teams = [Team(leaf(number), _seats(chance, people), barred.get(str(number), frozenset())) for number in range(count)]
    loads = {person.inspector_id: chance.choice([0, 0, 0, 1, 2]) for person in people}
    needed = sum(len(team.seats) for team in teams)
    enough = next(cap for cap in range(1, needed + 4) if not certified or _room(certified, loads, cap) >= needed)
    return Instance(chance.randbytes(32), teams, loads, cap_of(enough), certified)


def _room(names: frozenset[str], loads: dict[str, int], cap: int) -> int:
    return sum(max(0, cap - loads[name]) for name in names)


def _candidate(chance: random.Random, number: int, objects: int) -> Candidate:
    return Candidate(
        f"inspector-{number:03d}", region_code=chance.choice(["370100", "370200"]), certificate_from=date(2020, 1, 1),
        certificate_to=chance.choice([VALID, VALID, VALID, VALID, EXPIRED]),
        interests=frozenset(str(one) for one in range(objects) if chance.random() < 0.08),
        qualified_for=frozenset(chance.sample(TYPES, chance.choice([1, 2, 3, 3]))))


def _seats(chance: random.Random, people: Sequence[Candidate]) -> tuple[Seat, ...]:
    """Two or three seats, automatic or under conditions; some teams have a seat with a further condition."""
    where = Inspected(chance.choice(TYPES), chance.choice(["370102", "370202"]))
    conditions = chance.choice([[], [], [MatchCondition.QUALIFIED]])
    seat = Seat(rules.manual_pool(people, FIRST, LAST, conditions, where))
    near = Seat(rules.manual_pool(people, FIRST, LAST, [*conditions, MatchCondition.SAME_CITY], where))
    return (near if chance.random() < 0.3 else seat, *(seat,) * chance.choice([1, 1, 1, 2]))
