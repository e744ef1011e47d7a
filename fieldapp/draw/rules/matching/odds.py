"""How likely an inspector, or a pair, is to be drawn: told before the draw, from the very input that is frozen.

Where every inspector stands alike (the same seats for every object, equal loads, nobody barred), the chances follow from
symmetry and are exact: seats / n for one inspector, C(seats, 2) / C(n, 2) for a pair. Else, and for how free the choice is
at each seat, the matching itself is run with public seeds S("fieldapp-match/1 trial" 00 number), number from 0 as four
bytes, each time for as many objects of the pool as are to be drawn. Chances are integers in ten thousandths.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from itertools import combinations
from math import comb, isqrt

from fieldapp.draw.rules.matching.board import NOBODY, Board, Team
from fieldapp.draw.rules.matching.draft import Parameters, draft
from fieldapp.law import article

WHOLE = 10_000
MOST_TRIALS, LEAST_TRIALS, WORK = 400, 20, 4_000
"""Trials: so many that about WORK seats are filled, within these bounds."""
MOST_OBJECTS = 2_000
"""A larger pool is stood for by so many of its objects, those with the lowest hashes."""
FORCED_IS_PREDICTABLE, TIMES_EVEN = 500, 3


@dataclass(frozen=True, slots=True)
class Odds:
    """The chances to sit on the team of an object that is drawn, in ten thousandths, each ± `error` (0 where exact).

    `by_inspector` for each of the roster, `pair` that of the likeliest pair; `even` and `even_pair` if all were equally
    likely. `fewest` is the least number of inspectors who could be called at a seat, `mean_tenths` ten times the mean of
    it, `forced` the share of seats with a single one, `stuck` the share of trials in which inspectors do not suffice.
    A trial is about `tried` objects; where more are to be drawn and these find inspectors, `stuck` is None: it was not
    tried, or all if the caps leave too little room.
    """

    by_inspector: dict[str, int]
    pair: int
    even: int
    even_pair: int
    error: int
    trials: int
    fewest: int
    mean_tenths: int
    forced: int
    stuck: int | None
    tried: int

    @property
    def lowest(self) -> int:
        """The chance of the inspector least likely to be drawn."""
        return min(self.by_inspector.values(), default=0)

    @property
    def highest(self) -> int:
        """The chance of the inspector likeliest to be drawn."""
        return max(self.by_inspector.values(), default=0)


class _Watched(Board):
    """A board that notes at each seat how many inspectors could have been called."""

    choices: Counter[int]

    def lowest(self, seat: int) -> int:
        place = super().lowest(seat)
        if place != NOBODY:
            taken = self.barred[self.team_of[seat]].union(self.members(self.team_of[seat]))
            pool, least = self.pool_of[seat], self.pool_of[seat].least_load(taken)
            band = [level for load, level in pool.levels.items() if load <= (least or 0) + self.band]
            self.choices[sum(len(level - taken) for level in band)] += 1
        return place


@article("16")
def matching_odds(teams: Sequence[Team], quota: int, loads: Mapping[str, int], parameters: Parameters) -> Odds:
    """The chances of everybody who could be drawn for `quota` objects out of the pool's teams (not yet drawn)."""
    pool = nsmallest(MOST_OBJECTS, teams, key=lambda team: sha256(team.leaf).digest())
    wanted, quota = min(quota, len(teams)), min(quota, len(pool))
    seats = max((len(team.seats) for team in pool), default=0)
    trials = min(MOST_TRIALS, max(LEAST_TRIALS, WORK // max(1, quota * seats)))
    people, pairs, squares, choices, stuck = _tried(pool, quota, loads, parameters, trials)
    roster = sorted(set().union(*(seat.eligible for team in pool for seat in team.seats)))
    even, even_pair = _even(len(roster), seats)
    exact = _all_alike(pool, loads, roster)
    drawn = max(1, trials * quota)
    found = {name: even if exact else people[name] * WHOLE // drawn for name in roster}
    pair = even_pair if exact else max(pairs.values(), default=0) * WHOLE // drawn
    error = 0 if exact else max((_error(people[name], squares[name], trials, quota) for name in roster), default=0)
    called = max(1, choices.total())
    share: int | None = stuck * WHOLE // trials
    if wanted > quota:
        share = WHOLE if _cap_is_short(teams, wanted, loads, parameters.cap) else share or None
    return Odds(found, pair, even, even_pair, error, trials, min(choices, default=0),
                10 * sum(one * count for one, count in choices.items()) // called, choices[1] * WHOLE // called,
                share, quota)


def _cap_is_short(teams: Sequence[Team], quota: int, loads: Mapping[str, int], cap: int) -> bool:
    """Whether all inspectors together may take fewer seats below the cap than `quota` objects have."""
    kinds = {seat for team in teams for seat in team.seats if seat.capped}
    eligible = set().union(*(seat.eligible for seat in kinds))
    seats = min(sum(seat.capped for seat in team.seats) for team in teams)
    return quota * seats > sum(max(0, cap - loads.get(name, 0)) for name in eligible)


@article("16")
def is_predictable(odds: Odds) -> bool:
    """Whether teams can be guessed: seats with a single possible inspector, or somebody, or a pair, far likelier than even."""
    far = odds.highest - odds.error > TIMES_EVEN * odds.even or odds.pair - odds.error > TIMES_EVEN * max(odds.even_pair, 100)
    return odds.forced > FORCED_IS_PREDICTABLE or far or odds.even_pair > WHOLE // 4


def trial_seed(number: int) -> bytes:
    """The public seed of a trial: 32 bytes."""
    return sha256(b"fieldapp-match/1 trial\0" + number.to_bytes(4)).digest()


def _tried(pool: Sequence[Team], quota: int, loads: Mapping[str, int], parameters: Parameters, trials: int,
           ) -> tuple[Counter[str], Counter[tuple[str, str]], Counter[str], Counter[int], int]:
    """How often everybody, and each pair, sat on a team; the squares of the former by trial; choices; trials stuck."""
    people, pairs, squares, choices, stuck = Counter[str](), Counter[tuple[str, str]](), Counter[str](), Counter[int](), 0
    for number in range(trials):
        seed = trial_seed(number)
        drawn = nsmallest(quota, pool, key=lambda team: sha256(seed + team.leaf).digest())
        board = _Watched(seed, drawn, loads, parameters.band, parameters.cap)
        board.choices = choices
        stuck += bool(draft(board)[1])
        teams = [sorted(board.roster[place] for place in board.members(team)) for team in range(len(drawn))]
        here = Counter(name for team in teams for name in team)
        people.update(here)
        squares.update({name: count * count for name, count in here.items()})
        pairs.update(pair for team in teams for pair in combinations(team, 2))
    return people, pairs, squares, choices, stuck


def _even(inspectors: int, seats: int) -> tuple[int, int]:
    if inspectors < 2:
        return WHOLE * min(inspectors, 1), 0
    seats = min(seats, inspectors)
    return WHOLE * seats // inspectors, WHOLE * comb(seats, 2) // comb(inspectors, 2)


def _all_alike(pool: Sequence[Team], loads: Mapping[str, int], roster: Sequence[str]) -> bool:
    """Whether nothing tells the inspectors apart: then no seed favours one."""
    kinds = {seat for team in pool for seat in team.seats}
    return (len(kinds) < 2 and not any(team.barred or team.last_team for team in pool)
            and len({len(team.seats) for team in pool}) < 2 and len({loads.get(name, 0) for name in roster}) < 2)


def _error(total: int, squares: int, trials: int, quota: int) -> int:
    """Twice the standard error of a share over the trials (95 %), in ten thousandths, rounded up."""
    variance = max(0, trials * squares - total * total)
    return 1 + isqrt(4 * WHOLE * WHOLE * variance // trials) // (trials * max(1, quota))
