"""Entrust an agency, invite an expert: asked by the division, approved by its head, ended."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind, EntrustmentFacts, entrustment_content
from fieldapp.entrusting import queries, rules
from fieldapp.entrusting.models import EntrustedParty, Entrustment
from fieldapp.entrusting.rules import Decision, Ending, PartyKind, Work
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer, Role
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as visit_queries
from fieldapp.visits.models import Visit, VisitAssistant, VisitTask
from fieldapp.visits.rules import ASSISTED, BEFORE_START
from fieldapp.words import N_

PAGE = "entrusting.show_entrustment"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of whom: the work, its scope and basis, until when, whether somebody comes along."""

    party_id: UUID
    work: Work | None
    scope: str
    basis: str
    due_on: date
    is_on_site: bool = False
    people: str = ""
    visit_task_id: UUID | None = None


def ask_entrustment(visit_id: UUID, terms: Terms, *, by: Officer) -> Entrustment:
    """Ask the head to entrust an agency or invite an expert for a visit, or for one task of it (article 19)."""
    visit, party = visit_queries.visit_for_change(by, visit_id), queries.party(terms.party_id)
    part = _part(visit, terms.visit_task_id)
    rules.check_may_entrust(by, {part.task.division_id} if part else _divisions(visit))
    rules.check_terms(PartyKind(party.kind), terms.work, terms.due_on, clock.today())
    rules.check_people(PartyKind(party.kind), terms.people, is_on_site=terms.is_on_site)
    _check_may_assist(party, visit, is_on_site=terms.is_on_site)
    assistant = VisitAssistant(
        id=ids.uuid7(), visit_id=visit.id, kind=party.kind, name=party.name, unit=party.unit, people=terms.people,
        is_on_site=terms.is_on_site, valid_until=rules.last_day(queries.held(party), clock.today()),
        related=queries.related(party), due_on=terms.due_on, visit_task_id=terms.visit_task_id)
    row = Entrustment(id=assistant.id, party_id=party.id, division_id=by.division_id, visit_task_id=terms.visit_task_id,
                      work=str(terms.work), scope=terms.scope, basis=terms.basis, asked_by=by.person_id, asked_at=clock.now())
    db.session.add(assistant)
    db.session.flush()
    db.session.add(row)
    ledger.record(by, "entrusting.entrustment_asked", row, case=visit.id)
    accounts.ask("entrustment", row.id, role=Role.DIVISION_HEAD, division_id=row.division_id, not_person_ids=[by.person_id],
                 title=_title(row), due_on=visit_queries.day_of(visit), endpoint=PAGE, arguments={"entrustment_id": row.id})
    return row


def decide_entrustment(entrustment_id: UUID, decision: str, opinion: str, *, by: Officer) -> Entrustment:
    """Agree, which issues the numbered letter and names the assistant, or decline with an opinion."""
    visit, row = _held(entrustment_id, by)
    rules.check_decides(by, row.division_id, {row.asked_by})
    rules.check_is_undecided(queries.state_of(row))
    rules.check_opinion(decision, opinion)
    agrees = decision == "agree"
    if agrees:
        _check_may_assist(row.party, visit, is_on_site=row.assistant.is_on_site)
    accounts.answered("entrustment", row.id, by=by)
    row.decision = str(Decision.AGREED if agrees else Decision.DECLINED)
    row.opinion, row.decided_by, row.decided_at = opinion.strip(), by.person_id, clock.now()
    if agrees:
        visits.name_assistant(row.assistant, by=by)
        _issue_letter(row, visit, by=by)
    else:
        visits.end_assistance(row.assistant, row.opinion, by=by)
    ledger.record(by, f"entrusting.entrustment_{row.decision}", row, reason=row.opinion or None)
    return row


def end_entrustment(entrustment_id: UUID, ending: Ending | None, reason: str, *, by: Officer) -> Entrustment:
    """The work is done, or the entrustment is withdrawn with a reason."""
    _visit, row = _held(entrustment_id, by)
    rules.check_may_entrust(by, {row.division_id})
    rules.check_may_end(ending, reason, queries.state_of(row))
    if ending is Ending.WITHDRAWN:
        withdraw(row, reason.strip(), by=by)
    else:
        row.ending, row.assistant.letter_id = str(Ending.DONE), None
        ledger.record(by, "entrusting.entrustment_done", row, reason=reason.strip() or None)
    return row


def withdraw(row: Entrustment, reason: str, *, by: Officer, ending: Ending = Ending.WITHDRAWN) -> None:
    """End an entrustment before its work is done: nobody waits for it, its letter is void, a notice that names it too."""
    row.ending = str(ending)
    visits.end_assistance(row.assistant, reason, by=by)
    ledger.record(by, f"entrusting.entrustment_{ending}", row, reason=reason)


def _held(entrustment_id: UUID, by: Officer) -> tuple[Visit, Entrustment]:
    """The visit first, then the entrustment, as everybody holds them."""
    seen = queries.entrustment_for(by, entrustment_id)
    visit = visit_queries.visit_for_change(by, seen.assistant.visit_id)
    return visit, queries.entrustment_for(by, entrustment_id, lock=True)


def _check_may_assist(party: EntrustedParty, visit: Visit, *, is_on_site: bool) -> None:
    day = _day_of(visit, is_on_site=is_on_site)
    rules.check_time(is_on_site=is_on_site, may_come=visit.state in BEFORE_START,
                     may_work=visit.state in ASSISTED)
    rules.check_is_qualified(party.name, queries.held(party), day, is_ended=party.ended_on is not None)
    names = {member.inspector.name for member in visit_queries.members(visit)}
    rules.check_is_independent(party.name, has_interest=queries.has_interest(party, visit),
                               related=queries.related_members(party, visit),
                               is_member=party.kind == PartyKind.EXPERT and party.name in names)


def _day_of(visit: Visit, *, is_on_site: bool) -> date:
    """On which day the qualification counts: that of the visit for who comes along, today for work elsewhere."""
    return max(visit_queries.day_of(visit), clock.today()) if is_on_site else clock.today()


def _part(visit: Visit, visit_task_id: UUID | None) -> VisitTask | None:
    if visit_task_id is None:
        return None
    found = next((part for part in visit.visit_tasks if part.id == visit_task_id), None)
    if found is None:
        raise NotFound("entrusting.unknown_part", N_("没有这项检查内容"))
    return found


def _divisions(visit: Visit) -> set[UUID]:
    return {visit.lead_division_id, *(part.task.division_id for part in visit.visit_tasks)}


def _title(row: Entrustment) -> str:
    return f"{row.assistant.name} · {row.assistant.visit.object.name}"


def _issue_letter(row: Entrustment, visit: Visit, *, by: Officer) -> None:
    parts = [row.visit_task] if row.visit_task else visit.visit_tasks
    held = queries.certificate_on(row.party, _day_of(visit, is_on_site=row.assistant.is_on_site))
    facts = EntrustmentFacts(
        authority=department_name(), party=row.party.name, code=row.party.code, object_name=visit.object.name,
        qualification=f"{held.name} {held.number}".strip() if held else "", items=tuple(one.task.item.name for one in parts),
        work=Work(row.work).label, scope=row.scope, basis=row.basis, due_on=row.assistant.due_on,
        contact_unit=row.division.name, contact_name=row.asker.name, contact_telephone=row.asker.telephone)
    letter = documents.reserve(DocumentKind.ENTRUSTMENT, "visit", visit.id, by=by)
    documents.issue(letter.id, entrustment_content(facts, clock.today()), by=by)
    row.document_id = row.assistant.letter_id = letter.id
