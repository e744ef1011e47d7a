"""Two members exchange their visits: both sides checked, both at once, both teams' leaders fixed anew."""

from typing import NamedTuple
from uuid import UUID

from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_leader
from fieldapp.visits.actions.team import after_change, end_leadership, leave, seat
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import Step
from fieldapp.words import N_


class Pair(NamedTuple):
    """Two visits and the inspector who would leave each for the other."""

    visit: Visit
    inspector_id: UUID
    other: Visit
    other_id: UUID


def check_pair(pair: Pair) -> None:
    """Both must be members now, and lawful on the other's team."""
    first, second = queries.drawn_member(pair.visit, pair.inspector_id), queries.drawn_member(pair.other, pair.other_id)
    for here, member in ((pair.visit, first), (pair.other, second)):
        rules.check_step(Step.SWAP, here.state)
        rules.check_member_may_leave(is_member=member.left_at is None, reason="-")
    for here, member, there, seat_there in ((pair.visit, first, pair.other, second), (pair.other, second, pair.visit, first)):
        rules.check_may_swap(queries.fitness(member.inspector, there, seat=seat_there, leaving=here.id))


def exchange(pair: Pair, *, by: Officer) -> None:
    """Carry the swap out; what either team had served or approved names others now."""
    check_pair(pair)
    first, second = queries.drawn_member(pair.visit, pair.inspector_id), queries.drawn_member(pair.other, pair.other_id)
    for here, member in ((pair.visit, first), (pair.other, second)):
        leave(here, member, N_("对调检查对象"))
        end_leadership(here)
        ask_for_leader(here)
    seat(pair.visit, [(pair.other_id, first.seat_type)])
    seat(pair.other, [(pair.inspector_id, second.seat_type)])
    for here in (pair.visit, pair.other):
        after_change(here, by=by)
