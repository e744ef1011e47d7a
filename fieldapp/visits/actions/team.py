"""The team: who sits, who leaves, who comes back, who leads."""

from collections.abc import Sequence
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.jobs import actions as jobs
from fieldapp.roles import Officer
from fieldapp.tasks import actions as tasks
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_leader, drop_applications, let_assistant_go
from fieldapp.visits.actions.counts import add_load
from fieldapp.visits.actions.notice import supplement_notice
from fieldapp.visits.actions.withdrawing import withdraw_approval
from fieldapp.visits.models import LeaderAppointment, TeamMember, Visit, VisitAssistant
from fieldapp.visits.rules import Step, VisitState
from fieldapp.words import N_


def seat(visit: Visit, inspectors: Sequence[tuple[UUID, str]]) -> None:
    """Put inspectors on a team behind those who sit already, each with the type of seat they were drawn for."""
    start = max((member.position for member in visit.members), default=0)
    for position, (inspector_id, seat_type) in enumerate(inspectors, start=start + 1):
        known = queries.member_of(visit, inspector_id)
        if known is None:
            db.session.add(TeamMember(visit_id=visit.id, inspector_id=inspector_id, position=position,
                                      seat_type=seat_type, joined_at=clock.now()))
        else:
            known.joined_at, known.left_at, known.left_reason = clock.now(), None, None
        if visit.closed_at is None:
            add_load(inspector_id, 1)
    db.session.flush()
    db.session.expire(visit, ["members"])


def tell_tasks(visits: Sequence[Visit], *, by: Officer) -> None:
    """Tell each task of the visits who is on its teams now, so that its work plan is read by each of them."""
    for task_id in queries.task_ids(visits):
        teams = queries.visits_of_task(task_id)
        people = [who for visit in teams if visit.state not in rules.GONE for who in queries.member_person_ids(visit)]
        task = next(part.task for visit in visits for part in visit.visit_tasks if part.task_id == task_id)
        tasks.name_members(task, list(dict.fromkeys(people)), by=by)


def appoint_leader(visit_id: UUID, inspector_id: UUID, reason: str = "", *, by: Officer) -> LeaderAppointment:
    """The head of the leading division makes a member the leader (article 16); a served notice is issued anew."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.APPOINT_LEADER, visit.state)
    rules.check_heads(by, visit.lead_division_id)
    rules.check_leader(inspector_id, queries.seated(visit), reason)
    row = appoint(visit, inspector_id, reason.strip(), by=by)
    if visit.state == VisitState.APPROVED:
        withdraw_approval(visit, N_("组长变更"), by=by)
    accounts.answered("leader_appointment", visit.id, by=by)
    jobs.ask("visits.leader_appointed", visit_id=str(visit.id))
    return row


def appoint(visit: Visit, inspector_id: UUID, reason: str, *, by: Officer) -> LeaderAppointment:
    """Write the appointment; the one before it ends."""
    end_leadership(visit)
    row = LeaderAppointment(visit_id=visit.id, inspector_id=inspector_id, appointed_by=by.person_id, at=clock.now(),
                            reason=reason)
    db.session.add(row)
    ledger.record(by, "visits.leader_appointed", row, reason=reason or None)
    db.session.expire(visit, ["leader_rows"])
    return row


def let_go(visit: Visit, member: TeamMember, reason: str) -> None:
    """A member leaves; leadership, if it was theirs, is to be fixed anew (E14)."""
    led = queries.leader(visit)
    leave(visit, member, reason)
    if led is not None and led.inspector_id == member.inspector_id:
        end_leadership(visit)
        ask_for_leader(visit)


def leave(visit: Visit, member: TeamMember, reason: str) -> None:
    """The seat is empty from now on; its row stays with the reason. A visit once closed weighs on nobody any more."""
    member.left_at, member.left_reason = clock.now(), reason
    if visit.closed_at is None:
        add_load(member.inspector_id, -1)


def name_assistant(assistant: VisitAssistant, *, by: Officer) -> None:
    """An approved agency or expert assists from now on; a notice without those who come along is void."""
    assistant.named_at = clock.now()
    _renew_notice(assistant, by=by)
    ledger.record(by, "visits.assistant_named", assistant)


def end_assistance(assistant: VisitAssistant, reason: str, *, by: Officer) -> None:
    """Somebody assists no more; their letter is void, and a notice that names them before the visit has begun."""
    let_assistant_go(assistant, reason, by=by)
    if assistant.named_at is not None:
        _renew_notice(assistant, by=by)
    ledger.record(by, "visits.assistance_ended", assistant, reason=reason)


def _renew_notice(assistant: VisitAssistant, *, by: Officer) -> None:
    db.session.flush()
    db.session.expire(assistant.visit, ["assistants"])
    if assistant.is_on_site and assistant.visit.state in {VisitState.APPROVED, VisitState.SUBMITTED}:
        withdraw_approval(assistant.visit, N_("协助检查的机构或者专家变更"), by=by)


def end_leadership(visit: Visit) -> None:
    """End the appointment that counts."""
    row = queries.leader_row(visit)
    if row is not None:
        row.ended_at = clock.now()


def certified_today(visit: Visit) -> int:
    """How many members hold a valid certificate today."""
    return sum(member.inspector.is_certified_on(clock.today()) for member in queries.members(visit))


def after_change(visit: Visit, *, by: Officer, is_replaced: bool = False) -> None:
    """What a changed team means: the notice named others, too few are left or nobody leads, one of them has to come first."""
    if visit.state in {VisitState.APPROVED, VisitState.SUBMITTED}:
        withdraw_approval(visit, N_("检查组人员变更"), by=by)
    drop_applications(visit, [one.inspector_id for one in queries.members(visit)], by=by, keep_party=True)
    if certified_today(visit) >= queries.numbers_for(visit).min_certified:
        supplement_notice(visit, by=by)
    stop_if_needed(visit, by=by, is_replaced=is_replaced)
    tell_tasks([visit], by=by)


def stop_if_needed(visit: Visit, *, by: Officer, is_replaced: bool = False) -> None:
    """Pause a visit under way that cannot go on as its team is now (E9, E14)."""
    why = rules.must_pause(certified=certified_today(visit), needed=queries.numbers_for(visit).min_certified,
                           is_led=queries.leader(visit) is not None, is_replaced=is_replaced)
    if why is not None and visit.state == VisitState.IN_PROGRESS:
        visit.state = VisitState.PAUSED
        ledger.record(by, "visits.visit_paused", visit, reason=why)
