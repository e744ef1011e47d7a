"""Recusal: applied for by a member or by the inspected party, decided, carried out by leaving or by a swap."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.ledger.actions import Actor
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer, Role
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_about_recusal, ask_for_leader, make_moot, title
from fieldapp.visits.actions.issuing import issue_recusal_decision
from fieldapp.visits.actions.replacing.substitute import replace_recused
from fieldapp.visits.actions.replacing.swap import Pair, check_pair, exchange
from fieldapp.visits.actions.team import end_leadership, stop_if_needed
from fieldapp.visits.models import Recusal, Visit
from fieldapp.visits.rules import Decision, Outcome, Step
from fieldapp.words import N_

PAGE = "visits.show_recusal"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided about an application: agreed or not, how it is carried out, who leaves, with whom to swap."""

    decision: str
    opinion: str = ""
    outcome: str = ""
    leaving: Collection[UUID] = field(default_factory=tuple)
    swap: tuple[UUID, UUID] | None = None


def ask_recusal(visit_id: UUID, interest: str, text: str, *, by: Officer) -> Recusal:
    """A drawn inspector with an interest applies for recusal (article 17); the division's head decides."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    member = queries.own_seat(visit, by.person_id)
    is_open = member is not None and queries.open_recusal(visit.id, member.inspector_id) is not None
    rules.check_may_ask_recusal(is_member=member is not None, has_open=is_open, text=text)
    row = _recusal(visit, member.inspector_id if member else None, interest, text.strip(), by=by)
    ask_about_recusal(row, visit)
    ledger.record(by, "visits.recusal_asked", row)
    return row


def propose_recusal(visit_id: UUID, inspector_id: UUID, interest: str, text: str, *, by: Officer) -> Recusal:
    """Whoever arranges the visit has learned of a member's interest: the division's head decides ex officio (article 17)."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.CHANGE_TEAM, visit.state)
    rules.check_may_arrange(by, visit.lead_division_id)
    member = queries.drawn_member(visit, inspector_id)
    is_open = queries.open_recusal(visit.id, inspector_id) is not None
    rules.check_may_ask_recusal(is_member=member.left_at is None, has_open=is_open, text=text)
    row = _recusal(visit, inspector_id, interest, text.strip(), by=by)
    ask_about_recusal(row, visit)
    ledger.record(by, "visits.recusal_proposed", row)
    return row


def note_party_recusal(visit: Visit, text: str, *, by: Officer, actor: Actor) -> Recusal:
    """The inspected party applies: noted at once, decided by the department's head; the inspection goes on (E11).

    `by` is the member of the team through whom it came, `actor` who said it: that member, or the party on its own phone.
    What is added to an open application is written into it; one that is decided stays as it was decided.
    """
    row = queries.party_recusal(visit.id)
    if row is not None and row.decision != Decision.MOOT:
        if row.decision is None and text.strip() not in {"", row.text}:
            row.text = text.strip()
            ledger.record(actor, "visits.party_recusal_noted", row)
        return row
    row = _recusal(visit, None, rules.Interest.OTHER, text.strip(), by=by)
    row.by_party = True
    ask_about_recusal(row, visit)
    ledger.record(actor, "visits.party_recusal_noted", row)
    return row


def drop_party_recusal(visit: Visit, *, by: Actor) -> None:
    """The inspected party does not apply after all: an open application is moot."""
    row = queries.party_recusal(visit.id)
    if row is not None and row.decision is None:
        make_moot(row, by=by)


def decide_recusal(recusal_id: UUID, ruling: Ruling, *, by: Officer) -> Recusal:
    """Agree, and carry it out; or decline, with the reason, of which the applicant is told (E10).

    A swap that the other side has not consented to yet is taken back by deciding anew.
    """
    seen = queries.recusal_for(by, recusal_id)
    queries.hold({one for one in (seen.visit_id, seen.swap_visit_id, *(ruling.swap or ())[:1]) if one})
    row = queries.recusal_for(by, recusal_id, lock=True)
    visit = queries.visit_held(row.visit_id)
    rules.check_step(Step.DECIDE_PARTY_RECUSAL if row.by_party else Step.CHANGE_TEAM, visit.state)
    rules.check_decides_recusal(by, by_party=row.by_party, lead_division_id=visit.lead_division_id,
                                concerned=queries.concerned_by(row))
    rules.check_is_undecided(row.decision)
    rules.check_opinion(ruling.decision, ruling.opinion)
    pair = _pair(visit, row, ruling.swap) if ruling.decision == "agree" and ruling.outcome == Outcome.SWAP else None
    for kind in ("recusal", "recusal_swap"):
        accounts.answered(kind, row.id, by=by)
    row.opinion, row.decided_by, row.decided_at = ruling.opinion.strip(), by.person_id, clock.now()
    row.outcome, row.swap_visit_id, row.swap_inspector_id = None, None, None
    if ruling.decision == "disagree":
        _decline(row, visit, by=by)
    elif pair is not None:
        _propose_swap(row, pair, by=by)
    else:
        _withdraw(row, visit, ruling.leaving, by=by)
    if row.decision is not None:
        issue_recusal_decision(row, by=by)
    return row


def consent_to_swap(recusal_id: UUID, decision: str, opinion: str, *, by: Officer) -> Recusal:
    """The other team's head consents to the swap, or does not: then the first decides anew."""
    seen = queries.recusal_for(by, recusal_id)
    queries.hold({one for one in (seen.visit_id, seen.swap_visit_id) if one})
    row = queries.recusal_for(by, recusal_id, lock=True)
    rules.check_is_undecided(row.decision)
    if row.swap_visit_id is None or row.swap_inspector_id is None:
        raise Refusal("visits.no_swap", N_("没有待您同意的对调"))
    other = queries.visit_held(row.swap_visit_id)
    rules.check_decides_recusal(by, by_party=False, lead_division_id=other.lead_division_id,
                                concerned=queries.concerned_by(row))
    rules.check_opinion(decision, opinion)
    accounts.answered("recusal_swap", row.id, by=by)
    if decision == "agree":
        _swap(row, _pair(queries.visit_held(row.visit_id), row, (other.id, row.swap_inspector_id)), by=by)
        issue_recusal_decision(row, by=by)
    else:
        row.outcome, row.swap_visit_id, row.swap_inspector_id = None, None, None
        ask_about_recusal(row, queries.visit(row.visit_id))
        ledger.record(by, "visits.swap_declined", row, reason=opinion.strip())
    return row


def acknowledge_recusal(recusal_id: UUID, *, by: Officer) -> None:
    """The applicant has read that the application was declined, and why."""
    row = queries.recusal_for(by, recusal_id)
    accounts.answered("recusal_declined", row.id, by=by, person_id=by.person_id)


def _decline(row: Recusal, visit: Visit, *, by: Officer) -> None:
    row.decision = Decision.DECLINED
    ledger.record(by, "visits.recusal_declined", row, reason=row.opinion)
    if row.is_ex_officio:
        return  # no interest was found, and nobody waits for an answer
    led = queries.leader(visit)
    accounts.ask("recusal_declined", row.id, role=Role.INSPECTOR, person_id=row.asked_by, title=title(visit), endpoint=PAGE,
                 arguments={"recusal_id": str(row.id)})
    if led is not None and led.inspector_id == row.inspector_id:
        end_leadership(visit)
        ask_for_leader(visit)
        stop_if_needed(visit, by=by)


def _withdraw(row: Recusal, visit: Visit, leaving: Collection[UUID], *, by: Officer) -> None:
    """Those recused leave, and a substitute is drawn for each."""
    chosen = {row.inspector_id} if row.inspector_id else set(leaving)
    gone = [one for one in queries.members(visit) if one.inspector_id in chosen]
    if not gone:
        raise Refusal("visits.nobody_recused", N_("请选择回避的检查人员"), field="leaving")
    row.decision, row.outcome = Decision.AGREED, Outcome.WITHDRAW
    out = [one.inspector.name for one in gone]
    ledger.record(by, "visits.recusal_agreed", row, reason=row.opinion or None, facts={"out": out})
    for member in gone if visit.state in rules.OPEN else []:
        replace_recused(visit, member, row.id, row.text, by=by)


def _pair(visit: Visit, row: Recusal, swap: tuple[UUID, UUID] | None) -> Pair:
    """The two who would change places, both lawful on the other's team."""
    if swap is None or row.inspector_id is None:
        raise Refusal("visits.no_swap_chosen", N_("请选择对调的检查人员"), field="swap")
    pair = Pair(visit, row.inspector_id, queries.visit_held(swap[0]), swap[1])
    check_pair(pair)
    return pair


def _propose_swap(row: Recusal, pair: Pair, *, by: Officer) -> None:
    """Name the pair; whoever heads both divisions has consented for both."""
    row.outcome, row.swap_visit_id, row.swap_inspector_id = Outcome.SWAP, pair.other.id, pair.other_id
    db.session.flush()
    db.session.expire(row, ["swap_visit", "swap_inspector"])
    if by.heads(pair.other.lead_division_id):
        _swap(row, pair, by=by)
        return
    accounts.ask("recusal_swap", row.id, role=Role.DIVISION_HEAD, division_id=pair.other.lead_division_id,
                 title=title(pair.other), endpoint=PAGE, arguments={"recusal_id": str(row.id)},
                 not_person_ids=queries.concerned_by(row))
    ledger.record(by, "visits.swap_proposed", row)


def _swap(row: Recusal, pair: Pair, *, by: Officer) -> None:
    row.decision, row.consented_by, row.consented_at = Decision.AGREED, by.person_id, clock.now()
    exchange(pair, by=by)
    facts = {"with_visit": str(pair.other.id), "out": str(pair.inspector_id), "in": str(pair.other_id)}
    for case in (pair.visit.id, pair.other.id):
        ledger.record(by, "visits.members_swapped", row, case=case, facts=facts)


def _recusal(visit: Visit, inspector_id: UUID | None, interest: str, text: str, *, by: Officer) -> Recusal:
    row = Recusal(id=ids.uuid7(), visit_id=visit.id, inspector_id=inspector_id, interest=interest, text=text,
                  asked_by=by.person_id, asked_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row
