"""The directory: agencies and experts come in, prove what they are qualified for, declare interests, go out."""

from dataclasses import dataclass
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.entrusting import queries, rules
from fieldapp.entrusting.actions.entrust import withdraw
from fieldapp.entrusting.actions.files import HandedIn, enter_file
from fieldapp.entrusting.actions.recuse import found_by_declaration
from fieldapp.entrusting.models import EntrustedParty, PartyCertificate, PartyInterest
from fieldapp.entrusting.rules import Held, PartyKind
from fieldapp.refusals import Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.rules.uscc import uscc_fault
from fieldapp.roles import Officer, Role
from fieldapp.visits import queries as visits
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Declared:
    """Who comes into the directory, as typed."""

    kind: PartyKind | None
    name: str
    code: str
    unit: str
    fields_of_work: str
    contact: str


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification as typed, with the file that proves it."""

    name: str
    number: str
    issuer: str
    held: Held
    file: HandedIn | None


def add_party(said: Declared, *, by: Officer) -> EntrustedParty:
    """Enter an agency or an expert; legal affairs for everybody, a division for itself."""
    division_id = None if by.is_any(Role.LEGAL_AFFAIRS) else by.division_id
    rules.check_may_keep(by, division_id)
    known = said.kind is not None and queries.is_known(said.kind, said.name, said.code, said.unit)
    rules.check_party(said.kind, said.code, said.unit, is_code=bool(said.code) and uscc_fault(said.code) is None, is_known=known)
    row = EntrustedParty(kind=str(said.kind), name=said.name, code=said.code if said.kind is PartyKind.AGENCY else "",
                         unit=said.unit, fields_of_work=said.fields_of_work, contact=said.contact, division_id=division_id,
                         added_at=clock.now(), added_by=by.person_id)
    db.session.add(row)
    ledger.record(by, "entrusting.party_added", row)
    return row


def add_certificate(party_id: UUID, said: Qualification, *, by: Officer) -> PartyCertificate:
    """Enter a qualification beside those that are there; what is under way follows the longer one."""
    party = _held(party_id)
    rules.check_may_keep(by, party.division_id)
    rules.check_certificate(PartyKind(party.kind), said.held, has_file=said.file is not None)
    original = enter_file(said.file, by=by) if said.file else None
    row = PartyCertificate(
        party_id=party.id, name=said.name, number=said.number, issuer=said.issuer, valid_from=said.held.valid_from,
        valid_until=said.held.valid_until, original_id=original.id if original else None,
        file_name=said.file.name if said.file else "", entered_by=by.person_id, at=clock.now())
    db.session.add(row)
    ledger.record(by, "entrusting.certificate_added", row,
                  facts={"capture_hash": original.capture_hash} if original else None)
    db.session.expire(party, ["certificates"])
    for one in queries.running_of(party.id):
        one.assistant.valid_until = rules.last_day(queries.held(party), clock.today())
    return row


def declare_interest(party_id: UUID, object_name: str, inspector_id: UUID | None, text: str, *,
                     by: Officer) -> PartyInterest:
    """Note an interest that an agency or expert declares: no entrustment against it, and a recusal where one runs."""
    party = _held(party_id)
    rules.check_may_keep(by, party.division_id)
    rules.check_interest(object_name, inspector_id, text)
    found = registry.objects_named([object_name]).get(object_name, []) if object_name else []
    if inspector_id is not None and all(one.id != inspector_id for one in queries.inspectors()):
        raise Refusal("entrusting.no_inspector", N_("没有这名执法检查人员"), field="inspector")
    row = PartyInterest(party_id=party.id, object_id=found[0].id if len(found) == 1 else None, object_name=object_name,
                        inspector_id=inspector_id, text=text, entered_by=by.person_id, at=clock.now())
    db.session.add(row)
    ledger.record(by, "entrusting.interest_declared", row)
    db.session.expire(party, ["interests"])
    for one in queries.running_of(party.id):
        one.assistant.related = queries.related(party)
        found_by_declaration(one, text, by=by)
    return row


def end_party(party_id: UUID, reason: str, *, by: Officer) -> EntrustedParty:
    """Take somebody out of the directory, with the reason: what is under way ends with it."""
    party = _held(party_id)
    rules.check_may_keep(by, party.division_id)
    if not reason.strip():
        raise Refusal("entrusting.reason_missing", N_("请写明理由"), field="reason")
    party.ended_on, party.ended_reason = party.ended_on or clock.today(), reason.strip()
    ledger.record(by, "entrusting.party_ended", party, reason=reason.strip())
    for one in queries.running_of(party.id):
        withdraw(one, N_("已移出名录"), by=by)
    return party


def _held(party_id: UUID) -> EntrustedParty:
    """The visits at which somebody assists first, then the entry, as everybody holds them."""
    visits.hold(queries.visits_of(party_id))
    return queries.party(party_id, lock=True)
