"""Replace a member: the head consents, a substitute is drawn by the next code, the chain is kept."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.draw import actions
from fieldapp.registry import queries as registry
from fieldapp.roles import Officer, Role
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_about_substitution, make_moot, title
from fieldapp.visits.actions.issuing import issue_substitute_record
from fieldapp.visits.actions.team import after_change, let_go, seat
from fieldapp.visits.models import Substitution, TeamMember, Visit
from fieldapp.visits.rules import Decision, Ground, Step

PAGE = "visits.show_substitution"


def ask_substitution(visit_id: UUID, inspector_id: UUID, ground: str, reason: str, *, by: Officer) -> Substitution:
    """Ask the head's consent to replace a member: the member, or whoever arranges the visit, asks (article 18).

    Also for somebody who has left without a substitute: the empty seat is filled by the same way.
    """
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    member = queries.drawn_member(visit, inspector_id)
    if member.inspector.person_id != by.person_id:
        rules.check_may_arrange(by, visit.lead_division_id)
    rules.check_member_may_leave(is_member=inspector_id not in queries.replaced(visit.id), reason=reason)
    rules.check_ground(ground, reason)
    rules.check_none_is_open(queries.open_substitution(visit.id, inspector_id) is not None)
    row = _substitution(visit, member, ground, reason.strip(), by=by)
    ask_about_substitution(row, visit)
    ledger.record(by, "visits.substitution_asked", row)
    return row


def decide_substitution(substitution_id: UUID, decision: str, opinion: str, *, by: Officer) -> Substitution:
    """The division's head consents, and the substitute is drawn at once; or does not, saying why."""
    visit, row = _held(substitution_id, by)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    rules.check_decides_recusal(by, by_party=False, lead_division_id=visit.lead_division_id,
                                concerned=queries.concerned_by(row))
    rules.check_is_undecided(row.decision)
    rules.check_opinion(decision, opinion)
    agreed = decision == "agree"
    row.decision, row.opinion = Decision.AGREED if agreed else Decision.DECLINED, opinion.strip()
    row.decided_by, row.decided_at = by.person_id, clock.now()
    accounts.answered("substitution", row.id, by=by)
    ledger.record(by, "visits.substitution_decided", row, reason=row.opinion or None)
    if agreed:
        _let_go(visit, row)
        fill_seat(visit, row, by=by)
    return row


def remove_member(visit_id: UUID, inspector_id: UUID, ground: str, reason: str, *, by: Officer) -> Substitution:
    """The head takes a member out on one of article 18's grounds, which is the consent too: the substitute is drawn at once."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    member = queries.drawn_member(visit, inspector_id)
    rules.check_decides_recusal(by, by_party=False, lead_division_id=visit.lead_division_id,
                                concerned={member.inspector.person_id} - {None})
    rules.check_member_may_leave(is_member=member.left_at is None, reason=reason)
    rules.check_ground(ground, reason)
    row = _replace(visit, _substitution(visit, member, ground, reason.strip(), by=by), by=by)
    ledger.record(by, "visits.member_removed", member, reason=row.reason)
    return row


def restore_member(visit_id: UUID, inspector_id: UUID, reason: str, *, by: Officer) -> TeamMember:
    """The ground on which somebody was taken out fell away while the seat is still empty: the head undoes that decision.

    Nobody comes back by choice: not who was recused or swapped away, and not into a seat that a substitute has.
    """
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    member = queries.drawn_member(visit, inspector_id)
    rules.check_decides_recusal(by, by_party=False, lead_division_id=visit.lead_division_id,
                                concerned={member.inspector.person_id} - {None})
    rules.check_reason(reason)
    undoable = [row for row in queries.undoable(visit.id) if row.inspector_id == inspector_id]
    rules.check_member_may_return(has_left=member.left_at is not None, is_undoable=bool(undoable))
    for row in undoable:
        row.exhausted_at = None
        accounts.answered("pool_exhausted", row.id, by=by)
        make_moot(row, by=by)
    seat(visit, [(inspector_id, member.seat_type)])
    ledger.record(by, "visits.member_restored", member, reason=reason.strip())
    after_change(visit, by=by)
    return member


def replace_recused(visit: Visit, member: TeamMember, recusal_id: UUID | None, reason: str, *, by: Officer) -> Substitution:
    """Whoever is recused leaves; the decision on the recusal is the head's consent to the substitute."""
    row = _substitution(visit, member, Ground.RECUSAL, reason, by=by)
    row.recusal_id = recusal_id
    return _replace(visit, row, by=by)


def _replace(visit: Visit, row: Substitution, *, by: Officer) -> Substitution:
    """Who decides it has consented: the member leaves, a substitute is drawn."""
    row.decision, row.decided_by, row.decided_at = Decision.AGREED, by.person_id, clock.now()
    _let_go(visit, row)
    fill_seat(visit, row, by=by)
    return row


def draw_again(substitution_id: UUID, *, by: Officer) -> Substitution:
    """Draw again where nobody was left, once there is somebody: new people are in the directory, or free (E12)."""
    visit, row = _held(substitution_id, by)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    if not by.is_any(Role.LEGAL_AFFAIRS):
        rules.check_heads(by, visit.lead_division_id)
    rules.check_may_draw_again(is_exhausted=row.exhausted_at is not None, is_filled=row.substitute_id is not None)
    accounts.answered("pool_exhausted", row.id, by=by)
    fill_seat(visit, row, by=by)
    return row


def enter_substitute(substitution_id: UUID, inspector_id: UUID, reference: str, *, by: Officer) -> Substitution:
    """Enter whom the platform that drew the task has drawn as substitute, with the number of that drawing (way B)."""
    visit, row = _held(substitution_id, by)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    rules.check_may_arrange(by, visit.lead_division_id)
    rules.check_may_draw_again(is_exhausted=row.exhausted_at is not None, is_filled=row.substitute_id is not None)
    rules.check_drawn_elsewhere(is_drawn_here=queries.is_drawn_here(visit), reference=reference)
    seat_left = queries.drawn_member(visit, row.inspector_id)
    rules.check_may_swap(queries.fitness(registry.inspector(inspector_id), visit, seat=seat_left))
    row.reference = reference.strip()
    _seat(visit, row, inspector_id, by=by)
    after_change(visit, by=by, is_replaced=True)
    return row


def fill_seat(visit: Visit, row: Substitution, *, by: Officer) -> None:
    """Draw the substitute into the empty seat; where the draw was elsewhere, or nobody is left, somebody is asked."""
    if not queries.is_drawn_here(visit):
        _ask(visit, row, Role.DIVISION_OFFICER, visit.lead_division_id)
    else:
        drawn = actions.draw_substitute(_vacancy(visit, row), by=by)
        if drawn is None:
            _ask(visit, row, Role.LEGAL_AFFAIRS)
            ledger.record(by, "visits.pool_exhausted", row)
        else:
            row.drawn_id = drawn.id
            _seat(visit, row, drawn.inspector_id, by=by)
    after_change(visit, by=by, is_replaced=True)


def _ask(visit: Visit, row: Substitution, role: Role, division_id: UUID | None = None) -> None:
    """Whoever can widen the pool is asked, or whoever brings the substitute from the other platform."""
    row.exhausted_at = clock.now()
    accounts.ask("pool_exhausted", row.id, role=role, division_id=division_id, title=title(visit), endpoint=PAGE,
                 arguments={"substitution_id": str(row.id)})


def _seat(visit: Visit, row: Substitution, inspector_id: UUID, *, by: Officer) -> None:
    row.substitute_id, row.exhausted_at = inspector_id, None
    accounts.answered("pool_exhausted", row.id, by=by)
    seat(visit, [(inspector_id, queries.drawn_member(visit, row.inspector_id).seat_type)])
    db.session.expire(row, ["drawn", "substitute"])
    ledger.record(by, "visits.substitute_seated", row)
    issue_substitute_record(row, by=by)


def _held(substitution_id: UUID, by: Officer) -> tuple[Visit, Substitution]:
    """The visit first, then the application, as everybody holds them."""
    seen = queries.substitution_for(by, substitution_id)
    visit = queries.visit_for_change(by, seen.visit_id)
    return visit, queries.substitution_for(by, substitution_id, lock=True)


def _let_go(visit: Visit, row: Substitution) -> None:
    """The member leaves, if they have not left before; the reason stands in the application, the ground with the seat."""
    member = queries.drawn_member(visit, row.inspector_id)
    if member.left_at is None:
        let_go(visit, member, Ground(row.ground).label)


def _vacancy(visit: Visit, row: Substitution) -> actions.Vacancy:
    first, last = queries.days_for(visit)
    screen = queries.Screen(visit)
    return actions.Vacancy(
        task_id=queries.drawing_task(visit), object_id=visit.object_id, first_day=first, last_day=last,
        seat_type=queries.drawn_member(visit, row.inspector_id).seat_type,
        barred=screen.busy() | {one.inspector_id for one in visit.members} | screen.unfit_for_items())


def _substitution(visit: Visit, member: TeamMember, ground: str, reason: str, *, by: Officer) -> Substitution:
    row = Substitution(id=ids.uuid7(), visit_id=visit.id, inspector_id=member.inspector_id, ground=ground, reason=reason,
                       asked_by=by.person_id, asked_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row
