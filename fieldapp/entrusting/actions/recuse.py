"""Recusal of an agency or expert: said by themselves, by the inspected party, or found in what was declared."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.entrusting import queries, rules
from fieldapp.entrusting.actions.entrust import withdraw
from fieldapp.entrusting.models import EntrustedRecusal, Entrustment
from fieldapp.entrusting.rules import Decision, Ending, SaidBy
from fieldapp.roles import Officer, Role
from fieldapp.visits import queries as visits


def note_recusal(entrustment_id: UUID, said_by: SaidBy | None, text: str, *, by: Officer) -> EntrustedRecusal:
    """Note that an agency or expert should stay away, as the team or the division was told."""
    row = queries.entrustment_for(by, entrustment_id, lock=True)
    rules.check_is_running(queries.state_of(row))
    speaker = rules.check_speaker(said_by)
    rules.check_no_recusal_is_open(queries.open_recusal(row) is not None, text)
    return _note(row, speaker, text.strip(), by=by)


def found_by_declaration(row: Entrustment, text: str, *, by: Officer) -> EntrustedRecusal | None:
    """An interest declared while an entrustment runs is put before the head, where it concerns this visit."""
    visit = row.assistant.visit
    concerns = queries.has_interest(row.party, visit) or queries.related_members(row.party, visit)
    if not concerns or queries.open_recusal(row) is not None:
        return None
    return _note(row, SaidBy.ONESELF, text, by=by)


def decide_recusal(entrustment_id: UUID, decision: str, opinion: str, *, by: Officer) -> EntrustedRecusal:
    """Agree, which ends the entrustment, or decline with the reason."""
    seen = queries.entrustment_for(by, entrustment_id)
    visits.visit_for_change(by, seen.assistant.visit_id)
    row = queries.entrustment_for(by, entrustment_id, lock=True)
    asked = rules.check_recusal_is_open(queries.open_recusal(row))
    rules.check_decides_recusal(by, SaidBy(asked.said_by), row.division_id)
    rules.check_opinion(decision, opinion)
    asked.decision = str(Decision.AGREED if decision == "agree" else Decision.DECLINED)
    asked.opinion, asked.decided_by, asked.decided_at = opinion.strip(), by.person_id, clock.now()
    accounts.answered("entrusted_recusal", row.id, by=by)
    ledger.record(by, f"entrusting.recusal_{asked.decision}", asked, case=row.assistant.visit_id,
                  reason=asked.opinion or None)
    if decision == "agree":
        withdraw(row, asked.text, by=by, ending=Ending.RECUSED)
    return asked


def _note(row: Entrustment, said_by: SaidBy, text: str, *, by: Officer) -> EntrustedRecusal:
    asked = EntrustedRecusal(id=ids.uuid7(), entrustment_id=row.id, said_by=str(said_by), text=text, noted_by=by.person_id,
                             at=clock.now())
    db.session.add(asked)
    db.session.flush()
    db.session.expire(row, ["recusals"])
    ledger.record(by, "entrusting.recusal_noted", asked, case=row.assistant.visit_id)
    by_party = said_by is SaidBy.PARTY
    accounts.ask("entrusted_recusal", row.id, role=Role.DEPARTMENT_HEAD if by_party else Role.DIVISION_HEAD,
                 division_id=None if by_party else row.division_id, endpoint="entrusting.show_entrustment",
                 title=f"{row.assistant.name} · {row.assistant.visit.object.name}", arguments={"entrustment_id": row.id})
    return asked
