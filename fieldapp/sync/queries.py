"""Reading the log: operations, their latest outcomes, what a phone has not seen."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Person
from fieldapp.evidence.models import Original
from fieldapp.fieldwork.models import FieldValue, RecordEvent
from fieldapp.refusals import NotFound
from fieldapp.registry.models import Inspector
from fieldapp.roles import Officer, Role
from fieldapp.sync.models import Device, DeviceStop, LinkOpening, Op, OpOutcome, SigningLink
from fieldapp.sync.rules import MOST_CHANGES, OWN, is_own_phone
from fieldapp.visits.models import TeamMember, Visit
from fieldapp.visits.queries.one import visit_for
from fieldapp.visits.queries.scope import on_team, visible_to
from fieldapp.words import N_

STAYS_OPEN = timedelta(days=30)
LOOK_AFTER_PHONES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
MOST_DEVICES = 300
MOST_VERSIONS = 20_000


def known(op_ids: Collection[UUID]) -> dict[UUID, Op]:
    """Which of these operations are stored, by id."""
    return {row.id: row for row in db.scalars(sa.select(Op).where(Op.id.in_(op_ids)))}


def device(device_id: str) -> Device | None:
    """A phone, held against another connection of the same phone."""
    return db.session.get(Device, device_id, with_for_update=True)


def device_for(officer: Officer, device_id: str) -> Device:
    """A phone for those who may see it: its person, and the two administrators who look after phones."""
    found = db.session.get(Device, device_id)
    if found is None or (found.person_id != officer.person_id and not officer.is_any(*LOOK_AFTER_PHONES)):
        raise NotFound("sync.no_device", N_("没有这部手机"))
    return found


def devices_for(officer: Officer) -> list[tuple[Device, str]]:
    """Phones with their persons' names, the last seen first: the own, or all for those who look after phones."""
    known = sa.select(Device, Person.name).join(Person, Person.id == Device.person_id)
    known = known.where(~Device.id.startswith(OWN))  # entities' phones are nobody's of ours
    if not officer.is_any(*LOOK_AFTER_PHONES):
        known = known.where(Device.person_id == officer.person_id)
    rows = db.session.execute(known.order_by(Device.last_seen_at.desc(), Device.id).limit(MOST_DEVICES))
    return [(device, name) for device, name in rows]


def received_of(device_id: str) -> tuple[int, int | None, datetime | None, int]:
    """What was received of a phone: how many, the last receipt and when it was given, how many need attention."""
    of_device = sa.select(sa.func.count(), sa.func.max(Op.receipt), sa.func.max(Op.received_at)).where(Op.device == device_id)
    count, last, last_at = db.session.execute(of_device).one()
    odd = _latest().where(Op.device == device_id, OpOutcome.outcome == "attention").subquery()
    return count, last, last_at, db.session.scalar(sa.select(sa.func.count()).select_from(odd)) or 0


def visits_of_device(device_id: str) -> list[tuple[UUID, str, int, int]]:
    """The visits that a phone has written to: id, object's name, how many operations, the last receipt."""
    of_device = sa.select(Op.visit_id, sa.func.count(), sa.func.max(Op.receipt)).where(Op.device == device_id)
    rows = db.session.execute(of_device.group_by(Op.visit_id).order_by(sa.func.max(Op.receipt).desc()).limit(MOST_DEVICES))
    found = {visit_id: (count, last) for visit_id, count, last in rows}
    names = {visit.id: visit.object.name for visit in db.scalars(sa.select(Visit).where(Visit.id.in_(found)))}
    return [(visit_id, names[visit_id], *facts) for visit_id, facts in found.items() if visit_id in names]


def phones_of_visit(visit_id: UUID, of: UUID | None = None) -> list[tuple[Device, str, int, int, datetime]]:
    """The phones, and the paper set, that have written to a visit: with the person's name, how many operations, the last
    receipt and when it was given; of one person what that person wrote or brought."""
    of_visit = sa.select(Op.device, sa.func.count(), sa.func.max(Op.receipt), sa.func.max(Op.received_at))
    rows = db.session.execute(of_visit.where(*_among(visit_id, of)).group_by(Op.device).order_by(sa.func.max(Op.receipt)))
    found = {device_id: (count, last, at) for device_id, count, last, at in rows}
    known = sa.select(Device, Person.name).join(Person, Person.id == Device.person_id).where(Device.id.in_(found))
    named = {device.id: (device, name) for device, name in db.session.execute(known)}
    return [(*named[device_id], *facts) for device_id, facts in found.items() if device_id in named]


def stops_of(device_id: str) -> list[tuple[DeviceStop, str]]:
    """When a phone was stopped and let go on, with the names of who did it."""
    rows = sa.select(DeviceStop, Person.name).join(Person, Person.id == DeviceStop.by_id)
    found = db.session.execute(rows.where(DeviceStop.device_id == device_id).order_by(DeviceStop.id.desc()))
    return [(stop, name) for stop, name in found]


def versions(visit_id: UUID) -> list[tuple[Op, OpOutcome, str]]:
    """All that was ever written for a visit, in the order of the receipts, with its outcome and who did it: the name of an
    inspector, empty for the inspected party on its own phone."""
    rows = _latest().add_columns(Person.name).join(Person, Person.id == Op.person_id).where(Op.visit_id == visit_id)
    found = db.session.execute(rows.order_by(Op.receipt).limit(MOST_VERSIONS))
    return [(row, outcome, "" if is_own_phone(row.device) else name) for row, outcome, name in found]


def operations_of(visit_id: UUID) -> Iterator[Op]:
    """All operations of a visit as they were received, in the order of the receipts."""
    return iter(db.scalars(sa.select(Op).where(Op.visit_id == visit_id).order_by(Op.receipt)))


def originals_named(captures: Collection[str]) -> list[Original]:
    """The originals that are here of these capture hashes, in their order."""
    named = sorted(captures)
    found = [row for part in db.in_parts(named) for row in db.scalars(sa.select(Original).where(Original.capture_hash.in_(part)))]
    return sorted(found, key=lambda row: row.capture_hash)


def team_of(visit_id: UUID) -> set[UUID]:
    """Everybody who is or was on a visit's team: whoever left may still send what was done before."""
    seats = sa.select(Inspector.person_id).join(TeamMember, TeamMember.inspector_id == Inspector.id)
    return {person for person in db.scalars(seats.where(TeamMember.visit_id == visit_id)) if person}


def known_visits(visit_ids: Collection[UUID]) -> set[UUID]:
    """Which of these are visits."""
    return set(db.scalars(sa.select(Visit.id).where(Visit.id.in_(visit_ids))))


def not_applied(visit_ids: Collection[UUID], most: int) -> list[Op]:
    """What was received first for these visits and has no outcome, in the order of the receipts."""
    decided = sa.select(OpOutcome.id).where(OpOutcome.op_id == Op.id).exists()
    return db.scalars(sa.select(Op).where(Op.visit_id.in_(visit_ids), ~decided).order_by(Op.receipt).limit(most))


def held_back(visit_ids: Collection[UUID], codes: Collection[str], most: int | None = None) -> list[tuple[Op, OpOutcome]]:
    """Operations whose latest outcome is one of these codes, in the order of the receipts."""
    waiting = _latest().where(Op.visit_id.in_(visit_ids), OpOutcome.code.in_(codes)).order_by(Op.receipt).limit(most)
    return [(row, outcome) for row, outcome in db.session.execute(waiting)]


def visits_waiting_for(code: str) -> set[UUID]:
    """The visits of which an operation's latest outcome is this code."""
    return {row.visit_id for row, _ in db.session.execute(_latest().where(OpOutcome.code == code))}


def needing_attention(visit_id: UUID, of: UUID | None = None) -> list[tuple[Op, OpOutcome]]:
    """The operations of a visit that a person has to look at, in the order of the receipts; of one person the own ones."""
    odd = _latest().where(*_among(visit_id, of), OpOutcome.outcome == "attention").order_by(Op.receipt)
    return [(row, outcome) for row, outcome in db.session.execute(odd)]


def person_name(person_id: UUID) -> str:
    """The name of who did it."""
    return db.session.get_one(Person, person_id).name


def changes(person_id: UUID, device_id: str, since: int) -> Sequence[tuple[OpOutcome, Op, str]]:
    """Outcomes after a cursor, with the names of who did it: all in the visits of a person that are open or not long closed;
    of those that were closed long ago, or whose team the person has left, what became of this very phone's operations, and
    the closing. A phone that has heard nothing yet holds nothing of what was closed long ago."""
    recent: datetime = clock.now() - STAYS_OPEN
    near = sa.or_(Visit.closed_at.is_(None), Visit.closed_at > recent)
    seats = sa.select(TeamMember.visit_id).join(Inspector, Inspector.id == TeamMember.inspector_id)
    ever = Visit.id.in_(seats.where(Inspector.person_id == person_id))
    own = sa.exists().where(Device.id == Op.device, Device.person_id == person_id)
    told = sa.union(*(sa.select(OpOutcome.sequence).join(Op, Op.id == OpOutcome.op_id).where(OpOutcome.sequence > since, *those)
                      for those in (
        (Op.visit_id.in_(sa.select(Visit.id).where(on_team(person_id), near)),),
        (Op.device == device_id, own),
        (Op.kind == "close", Op.path == "visit", Op.visit_id.in_(sa.select(Visit.id).where(ever, sa.true() if since else near))),
    )))
    later = sa.select(OpOutcome, Op, Person.name).join(Op, Op.id == OpOutcome.op_id).join(Person, Person.id == Op.person_id)
    later = later.where(OpOutcome.sequence.in_(told)).order_by(OpOutcome.sequence)
    return [(outcome, row, name) for outcome, row, name in db.session.execute(later.limit(MOST_CHANGES))]


def receipts(visit_id: UUID, of: UUID | None = None) -> tuple[int, int | None, datetime | None]:
    """How many operations of a visit were received, the last receipt number, and when it was given; or of one person."""
    of_visit = sa.select(sa.func.count(), sa.func.max(Op.receipt)).where(*_among(visit_id, of))
    count, last = db.session.execute(of_visit).one()
    return count, last, db.session.scalar(sa.select(Op.received_at).where(Op.receipt == last)) if last else None


def visit_received(officer: Officer, visit_id: UUID) -> tuple[Visit, bool]:
    """A visit whose receipts an officer may read, and whether they are all: who has left its team reads what became of the
    own work."""
    own = sa.select(Op.visit_id).where(*_among(visit_id, officer.person_id))
    left = db.session.scalar(sa.select(Visit).where(Visit.id.in_(own), ~visible_to(officer)))
    return (left, False) if left else (visit_for(officer, visit_id), True)


def _among(visit_id: UUID, of: UUID | None) -> list[sa.ColumnElement[bool]]:
    """The condition on Op that it is of a visit, and where a person is named, written or brought by that person."""
    own = [] if of is None else [sa.or_(Op.person_id == of, Op.received_from == of)]
    return [Op.visit_id == visit_id, *own]


def held_of(person_id: UUID, visit_ids: Collection[UUID]) -> Sequence[tuple[UUID, str, str, str | None]]:
    """What a person's phones have brought for these visits: visit, phone, kind, and of an added item what was sent."""
    own = sa.select(Device.id).where(Device.person_id == person_id)
    brought = sa.select(Op.visit_id, Op.device, Op.kind, sa.case((Op.kind == "add", Op.body), else_=None))
    rows = db.session.execute(brought.where(Op.visit_id.in_(visit_ids), Op.device.in_(own)))
    return [(visit_id, device_id, kind, body) for visit_id, device_id, kind, body in rows]


def link_by_secret(secret_sha256: str) -> SigningLink | None:
    """The signing link behind a secret's hash."""
    return db.session.scalar(sa.select(SigningLink).where(SigningLink.secret_sha256 == secret_sha256))


def link_of_session(session_sha256: str, moment: datetime) -> SigningLink | None:
    """The signing link whose session this is, while it lasts."""
    opened = sa.select(LinkOpening.link_id).where(LinkOpening.session_sha256 == session_sha256)
    own = sa.or_(SigningLink.session_sha256 == session_sha256, SigningLink.id.in_(opened))
    return db.session.scalar(sa.select(SigningLink).where(own, SigningLink.ended_at.is_(None), SigningLink.expires_at > moment))


def link_of_slip(slip_sha256: str) -> SigningLink | None:
    """The signing link whose phone was shown this slip for rating, also when the link is over."""
    return db.session.scalar(sa.select(SigningLink).where(SigningLink.slip_sha256 == slip_sha256))


def has_answered(link: SigningLink) -> bool:
    """Whether something was signed or refused through a link."""
    answers = sa.select(Op.id).where(Op.device == f"{OWN}{link.id.hex}", Op.kind.in_(("sign", "refuse")))
    return db.session.scalar(answers.limit(1)) is not None


def links_open(visit_id: UUID) -> list[SigningLink]:
    """The signing links of a visit that have not been taken back."""
    return db.scalars(sa.select(SigningLink).where(SigningLink.visit_id == visit_id, SigningLink.ended_at.is_(None)))


def links_offered_on(device: Device, moment: datetime) -> list[SigningLink]:
    """The signing links that were offered on a phone and that still open, or are open, at a moment; also those of its person
    of which nobody knows the phone."""
    of_nobody_knows = sa.and_(SigningLink.offered_on.is_(None), SigningLink.offered_by_id == device.person_id)
    lasting = sa.select(SigningLink).where(SigningLink.ended_at.is_(None), SigningLink.expires_at > moment)
    rows = lasting.where(sa.or_(SigningLink.offered_on == device.id, of_nobody_knows)).order_by(SigningLink.id)
    return db.scalars(rows.execution_options(populate_existing=True))


def not_entered(op_ids: Collection[UUID]) -> tuple[str, str] | None:
    """Of these operations, the first that needs attention and left nothing in the record: its code and its sentence."""
    entered = sa.select(RecordEvent.id).where(RecordEvent.op_id == Op.id).exists()
    stands = sa.select(FieldValue.id).where(FieldValue.op_id == Op.id).exists()
    odd = _latest().where(Op.id.in_(op_ids), OpOutcome.outcome == "attention", ~entered, ~stands).order_by(Op.receipt)
    first = db.session.execute(odd.limit(1)).first()
    return (first[1].code, first[1].message) if first else None


def _latest() -> sa.Select[Op, OpOutcome]:
    newest = sa.select(sa.func.max(OpOutcome.sequence)).where(OpOutcome.op_id == Op.id).correlate(Op).scalar_subquery()
    return sa.select(Op, OpOutcome).join(OpOutcome, sa.and_(OpOutcome.op_id == Op.id, OpOutcome.sequence == newest))
