"""The board of a matching under way: who holds which seat, who carries how much, who may still be given more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fieldapp.draw.rules.matching.tickets import RollCall, object_ticket

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a team: who is eligible for it, and whether the cap binds (it does not bind typed seats)."""

    eligible: frozenset[str]
    kind: str = "certified"
    capped: bool = True


@dataclass(frozen=True, slots=True)
class Team:
    """An object to be matched: its leaf, its seats in order, who is barred from it, who inspected it last, its region."""

    leaf: bytes
    seats: tuple[Seat, ...]
    barred: frozenset[str] = field(default_factory=frozenset)
    last_team: frozenset[str] = field(default_factory=frozenset)
    region: str = ""


class Pool:
    """The inspectors eligible for one kind of seat, those still open to it sorted into levels by load."""

    def __init__(self, places: Iterable[int], capped: bool) -> None:
        self.members = frozenset(places)
        self.capped = capped
        self.levels: dict[int, set[int]] = {}

    def open_at(self, load: int, place: int) -> None:
        """Note that an inspector with this load may be given a seat."""
        self.levels.setdefault(load, set()).add(place)

    def close_at(self, load: int, place: int) -> None:
        """Take an inspector's note away."""
        level = self.levels.get(load)
        if level is not None:
            level.discard(place)
            if not level:
                del self.levels[load]

    def least_load(self, taken: Collection[int]) -> int | None:
        """The least load among the open inspectors who are not taken; None if there is nobody."""
        for load in sorted(self.levels):
            level = self.levels[load]
            if len(level) > len(taken) or not level.issubset(taken):
                return load
        return None


class Board:
    """Seats, holders and loads. Inspectors are places in the sorted roster, seats are numbered through all objects."""

    def __init__(self, seed: bytes, teams: Sequence[Team], loads: Mapping[str, int], band: int, cap: int) -> None:
        self.band, self.cap = band, cap
        self.teams = sorted(teams, key=lambda team: (object_ticket(seed, team.leaf), team.leaf))
        kinds = {seat: None for team in self.teams for seat in team.seats}
        self.roster = sorted(set().union(*(seat.eligible for seat in kinds)))
        place_of = {name: place for place, name in enumerate(self.roster)}
        self.roll = RollCall(seed, self.roster)
        self.load = [loads.get(name, 0) for name in self.roster]
        self.bound = self.load.copy()
        self.held: list[set[int]] = [set() for _ in self.roster]
        self._set_up_pools(kinds, place_of)
        self._set_up_seats(place_of)

    def _set_up_pools(self, kinds: Iterable[Seat], place_of: Mapping[str, int]) -> None:
        found: dict[tuple[frozenset[str], bool], Pool] = {}
        self._pool_of_kind: dict[Seat, Pool] = {}
        for seat in kinds:
            key = seat.eligible, seat.capped
            if key not in found:
                found[key] = Pool((place_of[name] for name in seat.eligible), seat.capped)
            self._pool_of_kind[seat] = found[key]
        self.pools_of: list[list[Pool]] = [[] for _ in self.roster]
        for pool in found.values():
            for place in pool.members:
                self.pools_of[place].append(pool)
        for place in range(len(self.roster)):
            self._note(place, True)

    def _set_up_seats(self, place_of: Mapping[str, int]) -> None:
        self.team_of: list[int] = []
        self.pool_of: list[Pool] = []
        self.first_seat: list[int] = [0]
        self.barred: list[frozenset[int]] = []
        for number, team in enumerate(self.teams):
            pools = [self._pool_of_kind[seat] for seat in team.seats]
            self.pool_of.extend(pools)
            self.team_of.extend([number] * len(pools))
            self.first_seat.append(len(self.pool_of))
            named = team.barred or team.last_team
            self.barred.append(self._barred(team, pools, place_of) if named else frozenset())
        self.holder = [NOBODY] * len(self.pool_of)

    def _barred(self, team: Team, pools: Iterable[Pool], place_of: Mapping[str, int]) -> frozenset[int]:
        """Those named, and of last time's team all but the one with the lowest ticket: the same pair cannot return."""
        barred = {place_of[name] for name in team.barred if name in place_of}
        eligible = set().union(*(pool.members for pool in pools)) if team.last_team else set()
        again = {place_of[name] for name in team.last_team if name in place_of} & eligible - barred
        barred.update(self.roll.ordered(team.leaf, again)[1:])
        return frozenset(barred)

    @cached_property
    def has_specialists(self) -> bool:
        """Whether there are typed seats, and on every team one set of people for its capped seats, all specialists among it."""
        kinds = [{self.pool_of[seat] for seat in self.seats(team)} for team in range(len(self.teams))]
        return any(not pool.capped for pools in kinds for pool in pools) and all(map(_are_specialists, kinds))

    def seats(self, team: int) -> range:
        """The numbers of an object's seats."""
        return range(self.first_seat[team], self.first_seat[team + 1])

    def members(self, team: int) -> list[int]:
        """Who already sits on an object's team."""
        return [self.holder[seat] for seat in self.seats(team) if self.holder[seat] != NOBODY]

    def has_room(self, seat: int, place: int) -> bool:
        """Whether the inspector's cap leaves room for this seat."""
        return not self.pool_of[seat].capped or self.bound[place] < self.cap

    def lowest(self, seat: int) -> int:
        """The eligible inspector in the band below the cap with the lowest pair ticket, or NOBODY."""
        team, pool = self.team_of[seat], self.pool_of[seat]
        taken = self.barred[team].union(self.members(team))
        least = pool.least_load(taken)
        if least is None:
            return NOBODY
        leaf, limit, members, load = self.teams[team].leaf, least + self.band, pool.members, self.load
        for place in self.roll.calls(leaf):
            if load[place] <= limit and place in members and place not in taken and self.has_room(seat, place):
                return place
        band = (place for level in pool.levels if level <= limit for place in pool.levels[level])
        return min((place for place in band if place not in taken), key=lambda place: self.roll.pair_hash(leaf, place))

    def put(self, seat: int, place: int) -> None:
        """Give a free seat to an inspector."""
        self._note(place, False)
        self.holder[seat] = place
        self.held[place].add(seat)
        self.load[place] += 1
        self.bound[place] += self.pool_of[seat].capped
        self._note(place, True)

    def take(self, seat: int) -> int:
        """Free a seat again; the inspector who held it is returned."""
        place = self.holder[seat]
        self._note(place, False)
        self.holder[seat] = NOBODY
        self.held[place].remove(seat)
        self.load[place] -= 1
        self.bound[place] -= self.pool_of[seat].capped
        self._note(place, True)
        return place

    def _note(self, place: int, is_open: bool) -> None:
        full = self.bound[place] >= self.cap
        for pool in self.pools_of[place]:
            if not is_open:
                pool.close_at(self.load[place], place)
            elif not (full and pool.capped):
                pool.open_at(self.load[place], place)


def _are_specialists(pools: Collection[Pool]) -> bool:
    capped = [pool for pool in pools if pool.capped]
    return len(capped) == 1 and all(pool.members <= capped[0].members for pool in pools)
