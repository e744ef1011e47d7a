"""Ledger entries: inserted, never updated, never deleted; triggers on both databases hold it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model, append_only


class Entry(Identified, Model):
    """One thing that was done: `body` is the canonical JSON, `leaf_hash` its RFC 6962 leaf."""

    __tablename__ = "ledger_entry"
    __table_args__ = (sa.Index("ix_ledger_entry_thing", "thing_type", "thing_id", "id"),)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(sa.String(80), index=True)
    thing_type: Mapped[str] = mapped_column(sa.String(60))
    thing_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(index=True)
    prev_in_case: Mapped[UUID | None] = mapped_column(sa.ForeignKey("ledger_entry.id"))
    before_hash: Mapped[str | None] = mapped_column(sa.String(64))
    after_hash: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    payload_commit: Mapped[str | None] = mapped_column(sa.String(64))
    body: Mapped[str] = mapped_column(sa.Text)
    leaf_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)


class Payload(Model):
    """Who it was by name and what else was said, with the salt of its commitment: erasing the row erases the datum."""

    __tablename__ = "ledger_payload"
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ledger_entry.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(64))
    facts: Mapped[str] = mapped_column(sa.Text)


append_only(Entry)
