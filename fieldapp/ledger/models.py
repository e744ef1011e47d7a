"""Ledger tables: inserted, never updated, never deleted; triggers on both databases hold it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model, append_only


class Entry(Identified, Model):
    """One thing that was done: `body` is the canonical JSON, `leaf_hash` its RFC 6962 leaf."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.Index("ix_ledger_entry_thing", "thing_type", "thing_id", "id"),
        sa.Index("ix_ledger_entry_case", "case_id", "id"),
    )
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(sa.String(80), index=True)
    thing_type: Mapped[str] = mapped_column(sa.String(60))
    thing_id: Mapped[UUID]
    case_id: Mapped[UUID]
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


class WrittenRows(Model):
    """The rows that one transaction wrote beside those that its entries name: `rows` is what the entry's hash is of."""

    __tablename__ = "ledger_rows"
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ledger_entry.id"), primary_key=True)
    rows: Mapped[str] = mapped_column(sa.Text)


class Queued(Model):
    """An entry on its way into the tree, in its turn (PostgreSQL only: SQLite has one writer at a time)."""

    __tablename__ = "ledger_queue"
    turn: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)


class Leaf(Model):
    """An entry's place in the tree, counted from 0 without a gap."""

    __tablename__ = "ledger_leaf"
    position: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)
    leaf_hash: Mapped[bytes]


class Tile(Model):
    """The head over 256 hashes of one level that stand side by side and will never change: a hash of the level above."""

    __tablename__ = "ledger_tile"
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    head: Mapped[bytes]


class SignedCheckpoint(Identified, Model):
    """The log's head at a moment, signed: `note` as it is handed out (C2SP signed-note)."""

    __tablename__ = "ledger_checkpoint"
    at: Mapped[datetime]
    size: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    note: Mapped[str] = mapped_column(sa.Text)

    @property
    def root(self) -> str:
        """The root that is signed, in Base64 as the note has it."""
        return self.note.split("\n")[2]


class Cosignature(Identified, Model):
    """That a witness saw the log only grow up to a signed head: its line under the note (C2SP tlog-cosignature)."""

    __tablename__ = "ledger_cosignature"
    __table_args__ = (sa.UniqueConstraint("checkpoint_id", "witness"),)
    checkpoint_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ledger_checkpoint.id"))
    witness: Mapped[str] = mapped_column(sa.String(200), index=True)
    at: Mapped[datetime]
    line: Mapped[str] = mapped_column(sa.Text)


class WitnessRefusal(Identified, Model):
    """That a witness would not cosign because the log did not only grow since what it saw: its status (409, 422), its words."""

    __tablename__ = "ledger_refusal"
    witness: Mapped[str] = mapped_column(sa.String(200), index=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[datetime]
    status: Mapped[int]
    words: Mapped[str] = mapped_column(sa.String(200))


append_only(Entry, WrittenRows, Leaf, Tile, SignedCheckpoint, Cosignature, WitnessRefusal)
