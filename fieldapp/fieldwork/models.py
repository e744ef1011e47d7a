"""The kit and what the operations have made of it: fields, items, presences, signatures, refusals, closings."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.evidence.models import Original
from fieldapp.visits.models import Visit


class Kit(Identified, Model):
    """One kit per visit, person and form version: its id is the unguessable address."""

    __tablename__ = "kit"
    __table_args__ = (sa.UniqueConstraint("visit_id", "person_id", "form_version"),)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    form_version: Mapped[int] = mapped_column(default=1)
    prepared_at: Mapped[datetime]
    visit: Mapped[Visit] = relationship(lazy="joined")


class KitPin(Model):
    """The verifier of a member's PIN, made on the own phone when preparing (PBKDF2)."""

    __tablename__ = "kit_pin"
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(64))
    verifier: Mapped[str] = mapped_column(sa.String(64))
    iterations: Mapped[int]
    set_at: Mapped[datetime]

    @property
    def id(self) -> UUID:
        """There is one for each person."""
        return self.person_id


class FieldValue(Identified, Model):
    """The value of one field of one visit and the operation that set it; rivals stand beside it.

    `same_ops` are the operations that said the same and were merged into it.
    """

    __tablename__ = "field_value"
    __table_args__ = (sa.Index("ix_field_value_place", "visit_id", "path"),)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"))
    path: Mapped[str] = mapped_column(sa.String(200))
    value: Mapped[Any] = mapped_column(sa.JSON, nullable=True)
    op_id: Mapped[UUID] = mapped_column(unique=True)
    device: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    set_at: Mapped[datetime]
    receipt: Mapped[int]
    is_rival: Mapped[bool] = mapped_column(default=False)
    same_ops: Mapped[list[str]] = mapped_column(default=list)
    person: Mapped[Person] = relationship(lazy="joined")


class RecordItem(Identified, Model):
    """A member of a set: a photo, a person present, another finding; struck out, never deleted."""

    __tablename__ = "record_item"
    __table_args__ = (sa.Index("ix_record_item_place", "visit_id", "path"),)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"))
    path: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(20))
    value: Mapped[dict[str, Any]]
    original_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("evidence_original.id"))
    op_id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    receipt: Mapped[int]
    voided_by_op: Mapped[UUID | None]
    void_reason: Mapped[str | None] = mapped_column(sa.Text)
    original: Mapped[Original | None] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")


class RecordEvent(Identified, Model):
    """Something done once: credential shown, notice served, signed, refused, paused, closed (`issue sign refuse close`)."""

    __tablename__ = "record_event"
    __table_args__ = (sa.Index("ix_record_event_place", "visit_id", "path"),)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"))
    visit_task_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    path: Mapped[str] = mapped_column(sa.String(200))
    value: Mapped[dict[str, Any]]
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    digest_fits: Mapped[bool | None]
    op_id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    clock_offset_ms: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    receipt: Mapped[int]
    received_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """An event belongs to its visit's case."""
        return self.visit_id


class RecordCopy(Identified, Model):
    """The secret address of the copy that the entity keeps: notice, record, result, objection."""

    __tablename__ = "record_copy"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), unique=True)
    secret: Mapped[str] = mapped_column(sa.String(60), unique=True)
    created_at: Mapped[datetime]
    visit: Mapped[Visit] = relationship(lazy="joined")


class CopyEntry(Identified, Model):
    """What the entity reads on its copy of what came later: the published result, the objection; the last of a kind counts.

    Written by the areas above, which know what happened.
    """

    __tablename__ = "copy_entry"
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class EntityReply(Identified, Model):
    """What the entity sent through the link of a written inspection: that it has the request, or its answer."""

    __tablename__ = "entity_reply"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(60))
    capacity: Mapped[str] = mapped_column(sa.String(60), default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]

    @property
    def case_id(self) -> UUID:
        """A reply belongs to its visit's case."""
        return self.visit_id


class ReplyFile(Identified, Model):
    """A file that came with an answer: its original, bit-exact, and what the sender calls it."""

    __tablename__ = "entity_reply_file"
    reply_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entity_reply.id"), index=True)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    original_id: Mapped[UUID] = mapped_column(sa.ForeignKey("evidence_original.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    original: Mapped[Original] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A file belongs to its visit's case."""
        return self.visit_id


class PaperSet(Identified, Model):
    """The numbered paper set of a visit, printed when the day is prepared."""

    __tablename__ = "paper_set"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), unique=True)
    number: Mapped[str] = mapped_column(sa.String(60), unique=True)
    prepared_at: Mapped[datetime]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    sheets: Mapped[int | None]

    @property
    def case_id(self) -> UUID:
        """A set belongs to its visit's case."""
        return self.visit_id


class PaperEntry(Identified, Model):
    """That a visit is entered from its paper set: why, when it really happened, when entered; the last row counts."""

    __tablename__ = "paper_entry"
    paper_set_id: Mapped[UUID] = mapped_column(sa.ForeignKey("paper_set.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    happened_from: Mapped[datetime]
    happened_until: Mapped[datetime]
    entered_at: Mapped[datetime]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    person: Mapped[Person] = relationship(lazy="joined")


class PaperVoid(Identified, Model):
    """A number of the set that was not used: void with its reason, never given again."""

    __tablename__ = "paper_void"
    __table_args__ = (sa.UniqueConstraint("paper_set_id", "page"),)
    paper_set_id: Mapped[UUID] = mapped_column(sa.ForeignKey("paper_set.id"))
    page: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))


class UnsignedDecision(Identified, Model):
    """What the division's head decided where an inspector does not sign (E15); the last row counts."""

    __tablename__ = "unsigned_decision"
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    choice: Mapped[str] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    person: Mapped[Person] = relationship(lazy="joined")


append_only(RecordEvent)
append_only(EntityReply, ReplyFile)
append_only(PaperEntry, PaperVoid, UnsignedDecision)
