"""The rows of a record: fields with their rivals, items, events; who is there."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from fieldapp import db
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import FieldValue, RecordEvent, RecordItem
from fieldapp.fieldwork.rules import Head, moment_within
from fieldapp.registry.models import Inspector
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit, VisitTask

ADDENDUM, PRESENCE = "addendum", "presence"


def field_values(visit_id: UUID) -> list[FieldValue]:
    """All values of a visit's fields, rivals too, in the order of their receipts."""
    return db.scalars(sa.select(FieldValue).where(FieldValue.visit_id == visit_id).order_by(FieldValue.receipt))


def field_at(visit_id: UUID, path: str) -> tuple[FieldValue | None, list[FieldValue]]:
    """The current value of one field, and its open rivals."""
    at = sa.select(FieldValue).where(FieldValue.visit_id == visit_id, FieldValue.path == path)
    rows = db.scalars(at.options(lazyload(FieldValue.person)).order_by(FieldValue.receipt))
    return next((row for row in rows if not row.is_rival), None), [row for row in rows if row.is_rival]


def rivals(visit_id: UUID) -> list[FieldValue]:
    """The open rivals of a visit."""
    open_ones = sa.select(FieldValue).where(FieldValue.visit_id == visit_id, FieldValue.is_rival)
    return db.scalars(open_ones.order_by(FieldValue.receipt))


def items(visit_id: UUID) -> list[RecordItem]:
    """All items of a visit, struck-out ones and addenda too, in the order of their receipts."""
    return db.scalars(sa.select(RecordItem).where(RecordItem.visit_id == visit_id).order_by(RecordItem.receipt))


def item_at(visit_id: UUID, path: str) -> RecordItem | None:
    """The item at a path, struck out or not; where a struck-out one was brought anew, the new one."""
    at = sa.select(RecordItem).where(RecordItem.visit_id == visit_id, RecordItem.path == path)
    bare = at.options(lazyload(RecordItem.person), lazyload(RecordItem.original))
    standing_first = bare.where(RecordItem.kind != ADDENDUM).order_by(RecordItem.voided_by_op.is_not(None), RecordItem.receipt)
    return db.session.scalar(standing_first.limit(1))


def events(visit_id: UUID) -> list[RecordEvent]:
    """What was done once in a visit: shown, served, signed, refused, closed; in the order of the receipts."""
    return db.scalars(sa.select(RecordEvent).where(RecordEvent.visit_id == visit_id).order_by(RecordEvent.receipt))


def happened_at(row: RecordEvent) -> datetime:
    """When it was done: by the phone's clock, put right by what it was known to lack; its own time stays in the row."""
    return moment_within(row.at, row.clock_offset_ms, row.received_at, not_before=None)


def is_settled(visit_task: VisitTask) -> bool:
    """Whether the entity has signed or sealed a record as it stood, or has refused to.

    What was said about another text, or over an open conflict, is kept but freezes nothing: it has to be said again.
    """
    answered = sa.select(RecordEvent.id).where(
        RecordEvent.visit_id == visit_task.visit_id, RecordEvent.kind.in_(("sign", "refuse")), RecordEvent.digest_fits.is_(True),
        RecordEvent.path == f"r/{visit_task.id}/record")
    return db.session.scalar(answered.limit(1)) is not None


def is_signed_over(visit: Visit, person: UUID) -> bool:
    """Whether the entity has answered for a record of the visit, or this member has signed one or said why not."""
    own = [f"r/{part.id}/record/inspector/{person}" for part in visit.visit_tasks]
    said = sa.select(RecordEvent.id).where(RecordEvent.visit_id == visit.id, RecordEvent.path.in_(own))
    return any(map(is_settled, visit.visit_tasks)) or db.session.scalar(said.limit(1)) is not None


def is_over(part: VisitTask) -> bool:
    """Whether a record is closed and not given back to the phones."""
    is_closed = part.closed_at is not None
    return rules.is_over(part.visit.state, is_closed=is_closed,
                         is_asked_on_phone=is_closed and part.id in asked_on_phone(part.visit))


def is_handed_over(part: VisitTask) -> bool:
    """Whether the entity reads a record on its copy."""
    was_closed = part.closed_at is not None or part.visit.closed_at is not None
    return rules.is_handed_over(part.visit.state, was_closed=was_closed, is_over=was_closed and is_over(part),
                                is_settled=was_closed and is_settled(part))


def asked_on_phone(visit: Visit) -> set[UUID]:
    """The records about which a reviewer's remark is to be answered on the phone."""
    return {remark.visit_task_id for remark in visits.remarks_open(visit.id) if remark.place is None}


def team(visit: Visit) -> dict[UUID, Inspector]:
    """The members who have not left and can sign in, by person, in the order of the team."""
    return {member.inspector.person_id: member.inspector for member in visits.members(visit) if member.inspector.person_id}


def certified_present(visit: Visit) -> int:
    """How many members with a certificate valid on the day have confirmed that they are there."""
    here = sa.select(RecordItem.path).where(RecordItem.visit_id == visit.id, RecordItem.kind == PRESENCE,
                                            RecordItem.voided_by_op.is_(None))
    present, day = set(db.scalars(here)), visits.day_of(visit)
    return sum(inspector.is_certified_on(day) for person, inspector in team(visit).items() if f"present/{person}" in present)


def visit_task_of(visit: Visit, visit_task_id: UUID | None) -> VisitTask | None:
    """A visit's part for one task, if the visit has it."""
    return next((part for part in visit.visit_tasks if part.id == visit_task_id), None)


def ordered_lines(part: VisitTask) -> list[UUID]:
    """The lines that a record's checklist has, in its order; without a checklist the item's content is the one line."""
    checklist = part.task.checklist
    return [line.id for line in checklist.items] if checklist and checklist.items else [part.task.item_id]


def line_ids(part: VisitTask) -> set[UUID]:
    """The lines of a record's checklist."""
    return set(ordered_lines(part))


def line_numbers(visit: Visit) -> dict[UUID, int]:
    """The numbers of all lines of a visit's checklists."""
    return {line: number for part in visit.visit_tasks for number, line in enumerate(ordered_lines(part), start=1)}


def head(part: VisitTask) -> Head:
    """The head of a record; the entity as the served notice names it, so that a later renaming changes nothing."""
    visit = part.visit
    said: dict[str, Any] = (visit.notice.content or {}) if visit.notice else {}
    return Head(
        object=said.get("object", visit.object.name), uscc=said.get("uscc", visit.object.uscc),
        address=said.get("address", visit.object.address), task=part.task.name, task_number=part.task.number,
        item=part.task.item.name, record_number=part.record_number.number if part.record_number else "",
        notice_number=visit.notice.number if visit.notice else "")


def heard(visit: Visit, path: str) -> RecordEvent | None:
    """What the entity last said on its own phone when it would not sign (`r/<record>/refusal`), if it did."""
    return next((row for row in reversed(events(visit.id)) if row.path == path and row.kind == "refuse"), None)


def last_served(part: VisitTask) -> RecordEvent | None:
    """When a record was last handed over to be signed by a day, with that day in its value (`until`)."""
    path = f"awaiting/{part.id}"
    return next((row for row in reversed(events(part.visit_id)) if row.path == path and row.kind == "issue"), None)

