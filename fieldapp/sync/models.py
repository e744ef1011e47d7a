"""Operations as received, insert-only, and what became of them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model, append_only


class Op(Model):
    """One operation of one phone: durable, with its receipt number, before it is applied; kept for ever."""

    __tablename__ = "op"
    __table_args__ = (sa.UniqueConstraint("device", "n"), sa.Index("ix_op_visit", "visit_id", "receipt"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(sa.String(64))
    n: Mapped[int]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    visit_id: Mapped[UUID]  # as the phone says it: what names no visit is received all the same
    kind: Mapped[str] = mapped_column(sa.String(20))
    path: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    receipt: Mapped[int] = mapped_column(unique=True)
    received_at: Mapped[datetime]
    received_from: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def case_id(self) -> UUID:
        """An operation belongs to its visit's case."""
        return self.visit_id


class ReceiptCounter(Model):
    """The last receipt number given (row 1), the last outcome's number (row 2)."""

    __tablename__ = "receipt_counter"
    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class OpOutcome(Identified, Model):
    """What became of an operation: applied, merged, rival, needs attention; a later row counts."""

    __tablename__ = "op_outcome"
    op_id: Mapped[UUID] = mapped_column(sa.ForeignKey("op.id"), index=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    outcome: Mapped[str] = mapped_column(sa.String(20))
    code: Mapped[str] = mapped_column(sa.String(80), default="")
    message: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]


class Device(Model):
    """A phone as the server knows it: its last number, its person, its clock."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    last_n: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    clock_skew_ms: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    revoked_at: Mapped[datetime | None]
    name: Mapped[str | None] = mapped_column(sa.String(60))
    unsent: Mapped[int | None]
    oldest_unsent_at: Mapped[datetime | None]
    gaps: Mapped[int] = mapped_column(default=0, server_default="0")
    forks: Mapped[int] = mapped_column(default=0, server_default="0")


class DeviceStop(Identified, Model):
    """A phone was stopped, or a found one let go on: who, when, why; the latest row counts."""

    __tablename__ = "device_stop"
    device_id: Mapped[str] = mapped_column(sa.ForeignKey("device.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    is_stopped: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(200))

    @property
    def case_id(self) -> UUID:
        """It belongs to the phone's person."""
        return self.person_id


class SigningLink(Identified, Model):
    """A link by which the entity signs on its own phone: only hashes of its secret, its on-site code, the session that the
    one POST has exchanged it for and the slip by which that phone rates the visit; what was
    written through it is a log of its own (`own-<id>`).

    One that was served away from the site has no code, and opens until its day as often as it is asked (`LinkOpening`).
    """

    __tablename__ = "signing_link"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    offered_by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    offered_on: Mapped[str | None] = mapped_column(sa.String(64))  # the phone, where it said so
    secret_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code_sha256: Mapped[str] = mapped_column(sa.String(64))
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    session_sha256: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    slip_sha256: Mapped[str | None] = mapped_column(sa.String(64), unique=True, index=True)
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")
    ended_at: Mapped[datetime | None]

    @property
    def is_served(self) -> bool:
        """Whether it was served for a written or an online inspection: nobody was there to tell a code."""
        return not self.code_sha256

    @property
    def case_id(self) -> UUID:
        """A link belongs to its visit's case."""
        return self.visit_id


class LinkOpening(Identified, Model):
    """One opening of a served link: the hash of the session that its POST was exchanged for."""

    __tablename__ = "link_opening"
    link_id: Mapped[UUID] = mapped_column(sa.ForeignKey("signing_link.id"), index=True)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    session_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    opened_at: Mapped[datetime]

    @property
    def case_id(self) -> UUID:
        """An opening belongs to its visit's case."""
        return self.visit_id


append_only(Op, OpOutcome, DeviceStop, LinkOpening)
