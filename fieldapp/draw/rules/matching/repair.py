"""The repair: where caps block a seat, earlier choices are shifted along an alternating path; a stuck search proves."""

from collections import deque
from dataclasses import dataclass

from fieldapp.draw.rules.matching.board import NOBODY, Board, Pool


@dataclass(frozen=True, slots=True)
class Stuck:
    """A search without a way out: all seats that could have been shifted, and all inspectors who could take them."""

    seats: frozenset[int]
    inspectors: frozenset[int]


class Search:
    """One breadth-first search over alternating paths, neighbours in ticket order.

    A seat asks every inspector eligible for it. Who has room ends the search. Who is at the cap gives back one of the
    seats that count towards it, and who already sits on the same team gives that seat back; the seats given back ask
    in their turn. A typed seat is not asked to move for an inspector at the cap: that would need two paths at once.

    A `wide` search knows one step more, for teams of specialists and others: who holds a typed seat takes the capped one
    that is asked for, if somebody else can take over the typed seat at once. It is made where the other is stuck, and
    leaves no seat empty that could be filled.

    What an earlier stuck search reached cannot help a later one: it is `dead`.
    """

    def __init__(self, board: Board, dead: set[int], *, wide: bool = False) -> None:
        self._board = board
        self._dead = dead
        self._wide = wide
        self._taken_over: dict[int, dict[int, int]] = {}
        self._unseen: dict[Pool, set[int]] = {}
        self._asked_by: dict[int, int] = {}
        self.seen: set[int] = set()
        self._queue: deque[int] = deque()

    def make_room(self, stuck: int) -> bool:
        """Give the seat to somebody by shifting earlier choices; False if the search is stuck."""
        self._asked_by = {stuck: NOBODY}
        self._queue = deque([stuck])
        while self._queue:
            seat = self._queue.popleft()
            for place in self._neighbours(seat):
                taken_over = self._ask(seat, place)
                if taken_over is not None:
                    self._shift(seat, place, taken_over)
                    return True
        return False

    def proof(self, stuck: int) -> Stuck:
        """What a stuck search has reached: together it is the bottleneck."""
        board = self._board
        eligible = board.pool_of[stuck].members - board.barred[board.team_of[stuck]]
        return Stuck(frozenset(self._asked_by), eligible | self.seen)

    def _neighbours(self, seat: int) -> list[int]:
        board, pool = self._board, self._board.pool_of[seat]
        team = board.team_of[seat]
        if self._wide and not pool.capped:
            return board.roll.ordered(board.teams[team].leaf, pool.members - board.barred[team])
        if pool not in self._unseen:
            self._unseen[pool] = set(pool.members - self._dead - self.seen)
        others = (board.holder[other] for other in board.seats(team) if other not in self._asked_by)
        mates = pool.members.intersection(others)
        places = self._unseen[pool].difference(board.barred[team]).union(mates)
        return board.roll.ordered(board.teams[team].leaf, places) if places else []

    def _ask(self, seat: int, place: int) -> dict[int, int] | None:
        """If the inspector can take the seat at once, who takes over what for it; else his seats are queued to be asked."""
        board, taken_over = self._board, dict[int, int]()
        own = next((other for other in board.seats(board.team_of[seat]) if board.holder[other] == place), NOBODY)
        if own != NOBODY:
            if self._wide and board.pool_of[seat].capped and not board.pool_of[own].capped:
                taken_over = self._take_over(seat, own)
            elif own not in self._asked_by and self._may_change_seats(seat, own, place):
                self._queue_up(own, seat)
            if not taken_over or place in self.seen or place in self._dead:
                return None
        self._see(place)
        if board.has_room(seat, place):
            return taken_over
        for other in sorted(board.held[place]):
            if board.pool_of[other].capped and other not in self._asked_by:
                self._queue_up(other, seat)
                self._taken_over[other] = taken_over
        return None

    def _take_over(self, seat: int, typed: int) -> dict[int, int]:
        """Who could take over a typed seat whose holder is wanted for a capped seat of the same team; {} if nobody.

        It is the first in ticket order who is not on the team, or who is about to leave the capped seat for another team.
        """
        board, team, asker = self._board, self._board.team_of[seat], self._asked_by[seat]
        staying = board.barred[team].union(board.members(team))
        if asker != NOBODY and board.team_of[asker] != team:
            staying -= {board.holder[seat]}
        free = (board.pool_of[typed].members & board.pool_of[seat].members) - staying
        return {typed: board.roll.ordered(board.teams[team].leaf, free)[0]} if free else {}

    def _may_change_seats(self, seat: int, own: int, place: int) -> bool:
        """From a typed to a capped seat of the same team only below the cap, and then for nothing else.

        Between two seats for the same people there is nothing to change; only the wide search must know it.
        """
        board = self._board
        if self._wide and board.pool_of[own] is board.pool_of[seat]:
            return False
        if board.pool_of[own].capped or not board.pool_of[seat].capped:
            return True
        if place in self.seen or not board.has_room(seat, place):
            return False
        self._see(place)
        return True

    def _queue_up(self, seat: int, asked_by: int) -> None:
        self._asked_by[seat] = asked_by
        self._queue.append(seat)

    def _see(self, place: int) -> None:
        self.seen.add(place)
        for pool in self._board.pools_of[place]:
            if pool in self._unseen:
                self._unseen[pool].discard(place)

    def _shift(self, seat: int, place: int, taken_over: dict[int, int]) -> None:
        board, moves = self._board, {**taken_over, seat: place}
        while (asker := self._asked_by[seat]) != NOBODY:
            moves |= {asker: board.holder[seat], **self._taken_over.get(seat, {})}
            seat = asker
        for one in moves:
            if board.holder[one] != NOBODY:
                board.take(one)
        for one, taker in moves.items():
            board.put(one, taker)
