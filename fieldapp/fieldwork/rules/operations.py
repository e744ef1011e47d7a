"""An operation on its way into the record: what it does to a field where others have written, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from fieldapp.fieldwork.rules.values import is_empty
from fieldapp.fieldwork.rules.words import Became
from fieldapp.law import article
from fieldapp.refusals import Refusal


@dataclass(frozen=True, slots=True)
class AppliedOp:
    """One received operation, as fieldwork sees it: `at` is the phone's time, `receipt` its place in the order.

    `owner_id` is whose phone sent it, where that is not the person who did it: a colleague confirms on it with a PIN.
    `by_entity`: the inspected party did it on its own phone; `person_id` is then who offered the link.
    """

    id: UUID
    device: str
    person_id: UUID
    visit_id: UUID
    kind: str
    path: str
    value: Any
    base: UUID | None
    at: datetime
    receipt: int
    received_at: datetime
    clock_offset_ms: int = 0
    owner_id: UUID | None = None
    by_entity: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation, with a code and a message for a person when it needs one.

    `settled` are the operations whose rivalry this one has ended.
    """

    became: Became
    code: str = ""
    message: str = ""
    settled: tuple[UUID, ...] = field(default=())


APPLIED = Outcome(Became.APPLIED)
MERGED = Outcome(Became.MERGED)


def needs_attention(refusal: Refusal) -> Outcome:
    """Received and kept, but a person has to look: with the refusal's code and sentence."""
    said = refusal.message % dict(refusal.facts) if refusal.facts else refusal.message
    return Outcome(Became.ATTENTION, refusal.code, said)


@article("3", "24")
def happened_at(op: AppliedOp, *, not_before: datetime | None) -> datetime:
    """When an operation happened, as far as it can be known: the phone's time, put right by its known offset, within the
    bounds that only the server's clock sets (what was prepared before, what was received after)."""
    return moment_within(op.at, op.clock_offset_ms, op.received_at, not_before=not_before)


def moment_within(at: datetime, clock_offset_ms: int, received_at: datetime, *, not_before: datetime | None) -> datetime:
    """A phone's time put right by its known offset, within what was prepared before and received after."""
    moment = min(at + timedelta(milliseconds=clock_offset_ms), received_at)
    return max(moment, not_before) if not_before is not None and not_before <= received_at else moment


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that stands in a field, current or rival: which operation set it, which said the same, from which phone."""

    op_id: UUID
    device: str
    value: Any
    same_ops: Collection[UUID] = field(default=frozenset())

    def is_seen_by(self, base: UUID | None) -> bool:
        """Whether a phone that last saw operation `base` in this field has seen this value."""
        return base is not None and (base == self.op_id or base in self.same_ops)


class Move(StrEnum):
    """What a newcomer does to its field."""

    REPLACE = "replace"
    CHOOSE = "choose"
    MERGE = "merge"
    JOIN_RIVAL = "join_rival"
    UPDATE_RIVAL = "update_rival"
    STAND_BESIDE = "stand_beside"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The move, and which of the rivals it concerns (by its operation)."""

    move: Move
    rival: UUID | None = None


@article("24")
def ruling(current: Standing | None, rivals: Sequence[Standing], *, base: UUID | None, value: Any, device: str) -> Ruling:
    """What a new value does to a field, from what its phone had seen (`base`) when it was typed.

    A phone that had seen the current value replaces it, and ends the conflict only by choosing one of the values that
    stand there: an edit by somebody who has not seen the rival must not end it. What had not seen it stays beside it. A
    phone has seen what it wrote itself, in another tab too.
    """
    if current is None:
        return Ruling(Move.REPLACE)
    own = next((rival for rival in rivals if rival.device == device), None)
    if current.is_seen_by(base) or current.device == device:
        chosen = any(_same(value, standing.value) for standing in (current, *rivals))
        return Ruling(Move.CHOOSE if rivals and chosen else Move.REPLACE)
    if _same(value, current.value):
        return Ruling(Move.MERGE, own.op_id if own else None)
    if own is not None:
        return Ruling(Move.UPDATE_RIVAL, own.op_id)
    twin = next((rival for rival in rivals if _same(value, rival.value)), None)
    return Ruling(Move.JOIN_RIVAL, twin.op_id) if twin else Ruling(Move.STAND_BESIDE)


def _same(one: Any, other: Any) -> bool:
    return one == other or (is_empty(one) and is_empty(other))
