"""The inspector matching: a balance-band draft in rounds, repaired where caps block, or a proof that it cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.canonical import canonical
from fieldapp.draw.rules.matching.board import NOBODY, Board, Team
from fieldapp.draw.rules.matching.repair import Search, Stuck
from fieldapp.draw.rules.matching.shortage import check_no_shortage
from fieldapp.law import article
from fieldapp.merkle import leaf_hash, tree_head
from fieldapp.refusals import Refusal
from fieldapp.words import N_

SEATS_AT_LEAST = 2
"""Article 16: no object has fewer inspectors."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """How evenly the visits are spread: nobody is given more than `cap`; loads differ by `band` when tickets decide."""

    band: int
    cap: int


@dataclass(frozen=True, slots=True)
class MatchedTeam:
    """The inspectors of an object in the order of its seats, their pair tickets, and the default leader."""

    leaf: bytes
    kinds: tuple[str, ...]
    inspectors: tuple[str, ...]
    tickets: tuple[bytes, ...]

    @property
    def leader(self) -> str:
        """The default leader: the lowest ticket. The division head decides."""
        return min(zip(self.tickets, self.inspectors, strict=True))[1]


@dataclass(frozen=True, slots=True)
class Matching:
    """The result: teams in ticket order, the loads afterwards, how many seats the repair had to place, the root."""

    teams: list[MatchedTeam]
    loads: dict[str, int]
    repaired: int
    parameters: Parameters
    roster: list[str]
    root: bytes


@article("16")
def default_parameters(teams: Sequence[Team], loads: Mapping[str, int]) -> Parameters:
    """Cap 2 × mean load + 2, band a fifth of the mean load and at least 1: strict balance makes teams predictable.

    The mean counts existing loads and the capped seats to be given, over all inspectors eligible for these.
    """
    kinds = {seat: None for team in teams for seat in team.seats if seat.capped}
    eligible = set().union(*(seat.eligible for seat in kinds))
    if not eligible:
        return Parameters(1, 2)
    work = sum(loads.get(name, 0) for name in eligible) + sum(seat.capped for team in teams for seat in team.seats)
    return Parameters(band=max(1, work // (5 * len(eligible))), cap=-(-2 * work // len(eligible)) + 2)


@article("16")
def check_seats(teams: Sequence[Team]) -> None:
    """Every object gets at least two inspectors, and is matched once."""
    for team in teams:
        if len(team.seats) < SEATS_AT_LEAST:
            raise Refusal("draw.two_seats_at_least", N_("每个检查对象至少抽取 2 名执法检查人员"), field="seats")
    if len({team.leaf for team in teams}) != len(teams):
        raise Refusal("draw.object_matched_twice", N_("同一检查对象在本次匹配中出现多次"))


@article("14", "16")
def match_inspectors(
    seed: bytes, teams: Sequence[Team], loads: Mapping[str, int], parameters: Parameters | None = None,
    conditions: Sequence[str] = (),
) -> Matching:
    """Draw the inspectors of every object: everyone gets a first inspector before anyone gets a second.

    Objects go in ticket order. Each seat goes to the lowest pair ticket among the eligible inspectors below the cap
    whose load is at most the least eligible load plus the band. Where caps block, earlier choices are shifted; where
    that is impossible, a Refusal names the bottleneck with the conditions (labels) that were asked. The order of the
    arguments' elements does not matter.
    """
    check_seats(teams)
    parameters = parameters or default_parameters(teams, loads)
    board = Board(seed, teams, loads, parameters.band, parameters.cap)
    repaired, stuck = draft(board)
    check_no_shortage(board, stuck, conditions)
    matched = _teams(board)
    loads = dict(zip(board.roster, board.load, strict=True))
    return Matching(matched, loads, repaired, parameters, board.roster, transcript_root(matched))


def draft(board: Board) -> tuple[int, list[Stuck]]:
    """Fill all seats that can be filled, round by round; returns how many the repair placed, and the stuck searches."""
    repaired, stuck = 0, []
    dead: set[int] = set()
    for number in range(max((len(team.seats) for team in board.teams), default=0)):
        for team in range(len(board.teams)):
            seats = board.seats(team)
            if number >= len(seats):
                continue
            seat = seats[number]
            place = board.lowest(seat)
            if place != NOBODY:
                board.put(seat, place)
            elif (search := _stuck_search(board, seat, dead)) is None:
                repaired += 1
            else:
                dead |= search.seen
                stuck.append(search.proof(seat))
    return repaired, stuck


def _stuck_search(board: Board, seat: int, dead: set[int]) -> Search | None:
    """None once the seat is given to somebody by shifting earlier choices; else the search that came to no end."""
    search = Search(board, dead)
    if search.make_room(seat):
        return None
    if board.has_specialists:
        search = Search(board, dead, wide=True)
        if search.make_room(seat):
            return None
    return search


def transcript_line(team: MatchedTeam, seat: int) -> bytes:
    """One line of the transcript: the canonical JSON list of leaf, seat from 0, kind, inspector and pair ticket."""
    return canonical(
        [team.leaf.hex(), seat, team.kinds[seat], team.inspectors[seat], team.tickets[seat].hex()]
    )


def transcript_root(teams: Sequence[MatchedTeam]) -> bytes:
    """The RFC 6962 root over the transcript's lines, objects in ticket order, seat by seat: 32 bytes."""
    return tree_head(leaf_hash(transcript_line(team, seat)) for team in teams for seat in range(len(team.inspectors)))


def _teams(board: Board) -> list[MatchedTeam]:
    found = []
    for number, team in enumerate(board.teams):
        places = [board.holder[seat] for seat in board.seats(number)]
        tickets = tuple(board.roll.pair_ticket(team.leaf, place) for place in places)
        names = tuple(board.roster[place] for place in places)
        found.append(MatchedTeam(team.leaf, tuple(seat.kind for seat in team.seats), names, tickets))
    return found

