"""Two members exchange their visits: both sides checked, both at once, both teams' leaders fixed anew."""

from uuid import UUID

from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_leader
from fieldapp.visits.actions.team import after_change, end_leadership, leave, seat
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import Step
from fieldapp.words import N_


def check_pair(visit: Visit, inspector_id: UUID, other: Visit, other_id: UUID) -> None:
    """Both must be members now, and lawful on the other's team."""
    rules.check_step(Step.SWAP, visit.state)
    rules.check_step(Step.SWAP, other.state)
    for here, who, there in ((visit, inspector_id, other), (other, other_id, visit)):
        member = queries.drawn_member(here, who)
        rules.check_member_may_leave(is_member=member.left_at is None, reason="-")
        rules.check_may_swap(queries.fitness(member.inspector, there, leaving=here.id))


def exchange(visit: Visit, inspector_id: UUID, other: Visit, other_id: UUID, *, by: Officer) -> None:
    """Carry the swap out; what either team had served or approved names others now."""
    check_pair(visit, inspector_id, other, other_id)
    first, second = queries.drawn_member(visit, inspector_id), queries.drawn_member(other, other_id)
    for here, member in ((visit, first), (other, second)):
        leave(here, member, N_("回避：对调检查对象"))
        end_leadership(here)
        ask_for_leader(here)
    seat(visit, [(other_id, first.seat_type)])
    seat(other, [(inspector_id, second.seat_type)])
    for here in (visit, other):
        after_change(here, by=by)
