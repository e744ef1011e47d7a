"""What the acts of an operation have at hand: the visit, who did it, the operation, its place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.models import RecordEvent, RecordItem
from fieldapp.fieldwork.rules import AppliedOp, Place
from fieldapp.ledger.actions import Actor
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer, Outsider
from fieldapp.tasks.rules import version_known
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.words import N_

ENTITY = Outsider(N_("被检查单位"))


@dataclass(frozen=True, slots=True)
class Site:
    """One operation at its place in its visit."""

    visit: Visit
    by: Officer
    op: AppliedOp
    place: Place

    @property
    def actor(self) -> Actor:
        """Who did it, as the ledger says it: the inspected party, if it was on its own phone."""
        return ENTITY if self.op.by_entity else self.by

    @property
    def moment(self) -> datetime:
        """When it happened: not before the notice was issued, not after the receipt."""
        return rules.happened_at(self.op, not_before=self.visit.notice.issued_at if self.visit.notice else None)

    @property
    def plans_at(self) -> datetime:
        """As of when the work plans count: what this phone could know when the visit began (article 20)."""
        prepared = queries.prepared_before(self.visit.id, self.op.owner_id or self.op.person_id, self.moment)
        return version_known(self.op.received_at, self.moment, prepared)

    @property
    def part(self) -> VisitTask | None:
        """The visit's part for the task whose record this is; None at visit level."""
        return queries.visit_task_of(self.visit, self.place.visit_task)

    def check_record_is_open(self) -> None:
        """Refuse a change under a signature, under a refusal to sign, or while the record waits for its seal; of what stands
        in every record or is shown with it, under any."""
        if self.place.thing in rules.OF_PEOPLE and self.place.person is not None:
            settled = queries.is_answered_without(self.visit, self.place.person, self.moment)
            rules.check_record_is_open(is_settled=settled)
            return
        shared = self.op.path.startswith((*rules.OF_EVERY_RECORD, *rules.BESIDE_EVERY_RECORD))
        parts = [part for part in (self.visit.visit_tasks if shared else [self.part]) if part is not None]
        is_said_last = self.place.thing in rules.ENTITY
        rules.check_record_is_open(is_settled=any(map(queries.is_settled, parts)),
                                   is_awaited=not is_said_last and any(part.awaiting_until for part in parts))

    def item(self, kind: str, value: dict[str, Any], original_id: UUID | None = None) -> RecordItem:
        """A new row for an item that this operation brings."""
        op = self.op
        return RecordItem(visit_id=self.visit.id, path=op.path, kind=kind, value=value, original_id=original_id,
                          op_id=op.id, person_id=op.person_id, at=rules.happened_at(op, not_before=None),
                          receipt=op.receipt)

    def event(self, signed: str | None = None, fits: bool | None = None) -> RecordEvent:
        """A new row for what this operation did."""
        op, part = self.op, self.part
        return RecordEvent(
            visit_id=self.visit.id, visit_task_id=part.id if part else None, kind=op.kind, path=op.path, value=op.value,
            digest=signed, digest_fits=fits, op_id=op.id, person_id=op.person_id, at=op.at,
            clock_offset_ms=op.clock_offset_ms, receipt=op.receipt, received_at=op.received_at)


def flagged(refusals: list[Refusal]) -> rules.Outcome:
    """Entered all the same; the first thing a person has to look at, if there is one."""
    return rules.needs_attention(refusals[0]) if refusals else rules.APPLIED


def whatever_is_said(check: Any, *arguments: Any, **facts: Any) -> list[Refusal]:
    """A check's refusal as a flag, for what has happened on site and is recorded in any case."""
    try:
        check(*arguments, **facts)
    except Refusal as refusal:
        return [refusal]
    return []
