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

    What an earlier stuck search reached cannot help a later one: it is `dead`.
    """

    def __init__(self, board: Board, dead: set[int]) -> None:
        self._board = board
        self._dead = dead
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
                if self._ask(seat, place):
                    self._shift(seat, place)
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
        if pool not in self._unseen:
            self._unseen[pool] = set(pool.members - self._dead - self.seen)
        others = (board.holder[other] for other in board.seats(team) if other not in self._asked_by)
        mates = pool.members.intersection(others)
        places = self._unseen[pool].difference(board.barred[team]).union(mates)
        return board.roll.ordered(board.teams[team].leaf, places) if places else []

    def _ask(self, seat: int, place: int) -> bool:
        """Whether the inspector can take the seat at once; if not, what he would have to give back is queued."""
        board = self._board
        own = next((other for other in board.seats(board.team_of[seat]) if board.holder[other] == place), NOBODY)
        if own != NOBODY:
            if own not in self._asked_by and self._may_change_seats(seat, own, place):
                self._queue_up(own, seat)
            return False
        self._see(place)
        if board.has_room(seat, place):
            return True
        for other in sorted(board.held[place]):
            if board.pool_of[other].capped and other not in self._asked_by:
                self._queue_up(other, seat)
        return False

    def _may_change_seats(self, seat: int, own: int, place: int) -> bool:
        """From a typed to a capped seat of the same team only below the cap, and then for nothing else."""
        board = self._board
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

    def _shift(self, seat: int, place: int) -> None:
        while seat != NOBODY:
            given_back = self._board.take(seat) if self._board.holder[seat] != NOBODY else NOBODY
            self._board.put(seat, place)
            seat, place = self._asked_by[seat], given_back
