"""Kits, copies, PINs, media: what the phone and the entity's copy ask for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from fieldapp import clock, db
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import CopyEntry, FieldValue, Kit, KitPin, RecordCopy, RecordEvent, RecordItem, ReplyFile
from fieldapp.fieldwork.queries import rows
from fieldapp.fieldwork.queries.apart import expected
from fieldapp.ledger import queries as ledger
from fieldapp.policy import queries as policy
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.queries.scope import visible_to
from fieldapp.visits.rules import ON_SITE, VisitState
from fieldapp.words import N_


def kit_for(officer: Officer, kit_id: UUID) -> Kit:
    """The kit behind an address: only for its person, and only while the visit can be worked on."""
    kit = db.session.get(Kit, kit_id)
    if kit is None or kit.person_id != officer.person_id:
        raise NotFound("fieldwork.no_kit", N_("没有这个检查包"))
    rules.check_kit_may_open(is_own=officer.person_id in rows.team(kit.visit), is_on_site=kit.visit.state in ON_SITE)
    return kit


def kit_of(visit_id: UUID, person_id: UUID) -> Kit | None:
    """A person's kit of a visit, if it has been prepared."""
    own = sa.select(Kit).where(Kit.visit_id == visit_id, Kit.person_id == person_id, Kit.form_version == rules.FORM)
    return db.session.scalar(own.options(lazyload(Kit.visit)))


def copy_of(visit_id: UUID) -> RecordCopy | None:
    """The entity's copy of a visit, if its address has been made."""
    own = sa.select(RecordCopy).where(RecordCopy.visit_id == visit_id)
    return db.session.scalar(own.options(lazyload(RecordCopy.visit)))


def copy_page(visit_id: UUID, page: str) -> str:
    """Where the entity of a visit reads a page beside its copy; nothing before it was given one."""
    found = copy_of(visit_id)
    return f"/copies/{found.secret}/{page}" if found else ""


def copy_by_secret(secret: str) -> RecordCopy:
    """The entity's copy behind a secret address."""
    found = db.session.scalar(sa.select(RecordCopy).where(RecordCopy.secret == secret))
    if found is None:
        raise NotFound("fieldwork.no_copy", N_("没有这份副本，请核对地址"))
    return found


def told_on_copy(visit_task_ids: Iterable[UUID]) -> dict[tuple[UUID, str], dict[str, Any]]:
    """What the copy was told later, by record and kind: the last of a kind counts."""
    of_records = sa.select(CopyEntry).where(CopyEntry.visit_task_id.in_(list(visit_task_ids)))
    return {(row.visit_task_id, row.kind): row.facts for row in db.scalars(of_records.order_by(CopyEntry.id))}


def last_receipt(visit_id: UUID) -> int | None:
    """The receipt number of a visit's closing."""
    closed = sa.select(sa.func.max(RecordEvent.receipt)).where(RecordEvent.visit_id == visit_id, RecordEvent.kind == "close")
    return db.session.scalar(closed)


def pins(person_ids: Iterable[UUID]) -> dict[UUID, KitPin]:
    """The PIN verifiers of some people."""
    return {pin.person_id: pin for pin in db.scalars(sa.select(KitPin).where(KitPin.person_id.in_(list(person_ids))))}


def media_for(officer: Officer, capture_hash: str) -> tuple[str, Original]:
    """An original of a record or of an entity's answer, and what it is called, for those who may see its visit; to others
    it does not exist."""
    seen = sa.select(RecordItem).join(Original, Original.id == RecordItem.original_id)
    seen = seen.join(Visit, Visit.id == RecordItem.visit_id).where(Original.capture_hash == capture_hash, visible_to(officer))
    item = db.session.scalar(seen.order_by(RecordItem.receipt).limit(1))
    if item is not None and item.original is not None:
        return str(item.value.get("name", "")), item.original
    sent = sa.select(ReplyFile).join(Original, Original.id == ReplyFile.original_id)
    sent = sent.join(Visit, Visit.id == ReplyFile.visit_id).where(Original.capture_hash == capture_hash, visible_to(officer))
    file = db.session.scalar(sent.order_by(ReplyFile.id).limit(1))
    if file is None:
        raise NotFound("evidence.unknown", N_("没有这份证据"))
    return file.name, file.original


def photo_count(visit_id: UUID) -> int:
    """How many originals a visit has."""
    of_visit = sa.select(sa.func.count()).select_from(RecordItem)
    return db.session.scalar(of_visit.where(RecordItem.visit_id == visit_id, RecordItem.original_id.is_not(None))) or 0


def state(visit: Visit) -> dict[str, Any]:
    """What stands in a visit's record now, as the page lays it into its controls."""
    fields = rows.field_values(visit.id)
    values = {row.path: _field(row) for row in fields if not row.is_rival}
    last = dict(values)
    for row in fields:
        if row.is_rival and row.path in values:  # to be chosen, on a phone that has heard of none of them too
            last[row.path]["other"] = {**_field(row), "rival": True}
            last[row.path] = last[row.path]["other"]
    items = {row.path: {"value": row.value, "voided": row.voided_by_op is not None and (row.void_reason or True),
                        **_who(row.voided_by_op or row.op_id, row.person_id, row.at, row.receipt)}
             for row in rows.items(visit.id) if row.kind != rows.ADDENDUM}
    events = [{"kind": row.kind, "path": row.path, "value": row.value,
               **_who(row.op_id, row.person_id, rows.happened_at(row), row.receipt)}
              for row in rows.events(visit.id) if holds(row)]
    return {"values": values, "items": items, "events": events, "reopened": reopened(visit)}


def holds(event: RecordEvent) -> bool:
    """Whether what was done stands: what was signed or refused on a record holds for the text that it was said about."""
    return event.digest_fits is not False or not event.path.startswith("r/")


def reopened(visit: Visit) -> dict[str, int]:
    """What of a returned visit or record counts no longer, so that the work can go on: place → up to which receipt.

    The closing, and the inspectors' signatures on records that the entity has neither signed nor refused.
    """
    closing, is_returned = last_receipt(visit.id), visit.state == VisitState.RETURNED
    if closing is None:
        return {}
    asked = rows.asked_on_phone(visit)
    parts = [part for part in visit.visit_tasks if is_returned or part.id in asked]
    places = [f"closing/{part.id}" for part in parts if part.id in asked] + (["visit"] if is_returned else [])
    places += [f"r/{part.id}/record/inspector/" for part in parts if not rows.is_settled(part)]
    return dict.fromkeys(places, closing)


def prepared_before(visit_id: UUID, person_id: UUID, moment: datetime) -> datetime | None:
    """When a person last prepared the visit's kit before a moment, as the ledger keeps each preparing."""
    kits = db.scalars(sa.select(Kit.id).where(Kit.visit_id == visit_id, Kit.person_id == person_id))
    return ledger.last_moment("fieldwork.kit_prepared", "kit", kits, until=moment)


def kit_data(kit: Kit) -> dict[str, Any]:
    """The JSON that a kit carries: people, tasks, notice, state; all numbers are integers."""
    visit, day = kit.visit, visits.day_of(kit.visit)
    leader = visits.leader(visit)
    team = rows.team(visit)
    verifiers = pins(team)
    members = [{"id": str(person), "name": inspector.name, "certificate": inspector.certificate_number or "",
                "certified": inspector.is_certified_on(day),
                "leader": leader is not None and leader.inspector_id == inspector.id,
                "pin": _pin(verifiers.get(person))} for person, inspector in team.items()]
    tasks = [{"vt": str(part.id), "head": rows.head(part).as_dict(), "checks": [str(line) for line in rows.ordered_lines(part)]}
             for part in visit.visit_tasks]
    notice = visit.notice
    return {
        "kit": str(kit.id), "visit": str(visit.id), "form": kit.form_version, "now": clock.milliseconds(clock.now()), "cursor": 0,
        "person": {"id": str(kit.person_id), "name": team[kit.person_id].name}, "members": members, "tasks": tasks,
        "notice": {"number": notice.number if notice else "", "sha256": (notice.content_hash if notice else "") or ""},
        "supplements": {f"supplement/{one.id}": {"number": one.number, "sha256": one.content_hash}
                        for one in visits.supplements_of(visit)},
        "state": state(visit), "method": visit.method, "on_site": rules.happens_on_site(visit.method),
        "proposes": {str(entry): [str(one) for one in fitting] for entry, fitting in rules.CATEGORIES.items()},
        "arrival": expected(visit), "await_days": policy.rule_set_on(day).awaiting_days}


def _pin(pin: KitPin | None) -> dict[str, Any] | None:
    return {"salt": pin.salt, "iterations": pin.iterations, "verifier": pin.verifier} if pin else None


def _field(row: FieldValue) -> dict[str, Any]:
    return {"value": row.value, **_who(row.op_id, row.person_id, row.set_at, row.receipt)}


def _who(op_id: UUID, person_id: UUID, at: Any, receipt: int) -> dict[str, Any]:
    return {"op": str(op_id), "by": str(person_id), "at": clock.milliseconds(at), "receipt": receipt}
