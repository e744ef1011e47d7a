"""Reading the directory of agencies and experts, entrustments and their reports."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.entrusting import rules
from fieldapp.entrusting.models import (
    EntrustedParty,
    EntrustedRecusal,
    Entrustment,
    EntrustmentReport,
    PartyCertificate,
)
from fieldapp.entrusting.rules import Held, PartyKind, State
from fieldapp.refusals import NotFound
from fieldapp.registry import queries as registry
from fieldapp.registry.models import Inspector
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit, VisitAssistant, VisitTask
from fieldapp.visits.queries.scope import visible_to
from fieldapp.words import N_


def parties(kind: str = "", search: str = "") -> list[EntrustedParty]:
    """The directory, of one kind or whole, those still in it first, by name."""
    found = sa.select(EntrustedParty).order_by(EntrustedParty.ended_on.is_not(None), EntrustedParty.name, EntrustedParty.id)
    if kind:
        found = found.where(EntrustedParty.kind == kind)
    if search:
        found = found.where(EntrustedParty.name.contains(search, autoescape=True)
                            | EntrustedParty.fields_of_work.contains(search, autoescape=True))
    return db.scalars(found)


def party(party_id: UUID, *, lock: bool = False) -> EntrustedParty:
    """One agency or expert."""
    asked = sa.select(EntrustedParty).where(EntrustedParty.id == party_id)
    found = db.session.scalar(db.held(asked, EntrustedParty) if lock else asked)
    if found is None:
        raise NotFound("entrusting.no_party", N_("名录中没有这个机构或者专家"))
    return found


def is_known(kind: PartyKind, name: str, code: str, unit: str) -> bool:
    """Whether an agency stands in the directory under its code, or an expert under name and unit."""
    same = EntrustedParty.code == code if kind is PartyKind.AGENCY else sa.and_(
        EntrustedParty.name == name, EntrustedParty.unit == unit)
    here = sa.select(EntrustedParty.id).where(EntrustedParty.kind == kind, EntrustedParty.ended_on.is_(None), same)
    return db.session.scalar(here.limit(1)) is not None


def held(one: EntrustedParty) -> list[Held]:
    """The qualifications of somebody as the rules see them."""
    return [Held(each.valid_from, each.valid_until) for each in one.certificates]


def certificate_on(one: EntrustedParty, day: date) -> PartyCertificate | None:
    """The qualification by which somebody may work on a day."""
    found = rules.covering(held(one), day)
    return next((each for each in one.certificates if Held(each.valid_from, each.valid_until) == found), None)


def certificate(certificate_id: UUID) -> PartyCertificate:
    """One qualification that has its evidence."""
    found = db.session.get(PartyCertificate, certificate_id)
    if found is None or found.original is None:
        raise NotFound("entrusting.no_certificate", N_("没有这份资质证明"))
    return found


def has_interest(one: EntrustedParty, visit: Visit) -> bool:
    """Whether somebody has declared an interest in the object of a visit, or is the object."""
    by_name = registry.objects_named([each.object_name for each in one.interests if each.object_name])
    ids = {found.id for objects in by_name.values() for found in objects}
    ids |= {each.object_id for each in one.interests if each.object_id}
    return rules.has_interest(visit.object_id, visit.object.uscc, own_code=one.code or "", declared=ids)


def related(one: EntrustedParty) -> list[str]:
    """The inspectors with whom somebody has declared an interest."""
    return [str(each.inspector_id) for each in one.interests if each.inspector_id]


def related_members(one: EntrustedParty, visit: Visit) -> list[str]:
    """The names of the team's members with whom somebody has declared an interest."""
    known = related(one)
    return [member.inspector.name for member in visits.members(visit) if str(member.inspector_id) in known]


def inspectors() -> Sequence[Inspector]:
    """The inspectors who can be named as somebody's relative."""
    return registry.inspectors_all()


def entrustment_for(officer: Officer, entrustment_id: UUID, *, lock: bool = False) -> Entrustment:
    """An entrustment as far as the officer may know of its visit."""
    seen = sa.select(VisitAssistant.id).where(VisitAssistant.visit.has(visible_to(officer)))
    asked = sa.select(Entrustment).where(Entrustment.id == entrustment_id, Entrustment.id.in_(seen))
    found = db.session.scalar(db.held(asked, Entrustment) if lock else asked)
    if found is None:
        raise NotFound("entrusting.unknown", N_("没有这项委托，或者您无权查看"))
    return found


def state_of(row: Entrustment) -> State:
    """Where an entrustment stands."""
    return rules.state(decision=row.decision, ending=row.ending, has_left=row.assistant.left_at is not None,
                       has_report=bool(row.reports))


def open_recusal(row: Entrustment) -> EntrustedRecusal | None:
    """The application that nobody has decided."""
    return next((one for one in row.recusals if one.decision is None), None)


def running_of(party_id: UUID) -> list[Entrustment]:
    """What somebody is entrusted with, or is to be, and has not ended: held, and read as it stands once it is held."""
    here = sa.select(Entrustment.id).where(Entrustment.party_id == party_id, Entrustment.ending.is_(None))
    ids = db.scalars(here.order_by(Entrustment.id).with_for_update())
    rows = db.scalars(sa.select(Entrustment).where(Entrustment.id.in_(ids)).order_by(Entrustment.id).execution_options(
        populate_existing=True))
    return [row for row in rows if state_of(row) in {State.ASKED, State.RUNNING, State.REPORTED}]


def visits_of(party_id: UUID) -> list[UUID]:
    """The visits at which somebody has something to do that has not ended, to be held before it is."""
    here = sa.select(VisitAssistant.visit_id).join(Entrustment, Entrustment.id == VisitAssistant.id)
    return db.scalars(here.where(Entrustment.party_id == party_id, Entrustment.ending.is_(None)))


def of_party(officer: Officer, party_id: UUID) -> list[Entrustment]:
    """What somebody was entrusted with, as far as the officer may know, the latest first."""
    seen = sa.select(VisitAssistant.id).where(VisitAssistant.visit.has(visible_to(officer)))
    rows = sa.select(Entrustment).where(Entrustment.party_id == party_id, Entrustment.id.in_(seen))
    return db.scalars(rows.order_by(Entrustment.id.desc()))


def of_part(part: VisitTask) -> list[Entrustment]:
    """What was entrusted for a task's record, or for its whole visit, and not declined, the first first."""
    here = sa.select(VisitAssistant.id).where(VisitAssistant.visit_id == part.visit_id)
    about = sa.or_(Entrustment.visit_task_id.is_(None), Entrustment.visit_task_id == part.id)
    rows = sa.select(Entrustment).where(Entrustment.id.in_(here), about, Entrustment.decision == rules.Decision.AGREED)
    return db.scalars(rows.order_by(Entrustment.id))


def awaited(division_id: UUID | None = None) -> list[Entrustment]:
    """Whose report is waited for, of one division or of all, the first due in front."""
    waiting = sa.select(Entrustment).join(VisitAssistant, VisitAssistant.id == Entrustment.id).where(
        Entrustment.decision == rules.Decision.AGREED, Entrustment.ending.is_(None), VisitAssistant.left_at.is_(None),
        VisitAssistant.report_at.is_(None))
    if division_id is not None:
        waiting = waiting.where(Entrustment.division_id == division_id)
    return db.scalars(waiting.order_by(VisitAssistant.due_on, Entrustment.id))


def report_for(officer: Officer, report_id: UUID) -> EntrustmentReport:
    """A report, for those who may know of its visit."""
    found = db.session.get(EntrustmentReport, report_id)
    if found is None:
        raise NotFound("entrusting.no_report", N_("没有这份报告"))
    entrustment_for(officer, found.entrustment_id)
    return found


def day_entrusted(row: Entrustment) -> date:
    """The legal day on which an entrustment was approved; today while it is not."""
    return clock.local(row.decided_at).date() if row.decided_at else clock.today()
