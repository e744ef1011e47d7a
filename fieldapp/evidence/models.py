"""Originals by content hash, their chunks, their derivatives."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model, append_only


class Chunk(Model):
    """A received chunk by its SHA-256; the bytes are a file of that name until an original is put together."""

    __tablename__ = "evidence_chunk"
    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int]
    received_at: Mapped[datetime]
    received_from: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    visit_id: Mapped[UUID | None] = mapped_column(index=True)  # for whose room it counts


class Original(Identified, Model):
    """An original, bit-exact: capture hash over its chunks' hashes, whole-file SHA-256 and SM3; insert-only."""

    __tablename__ = "evidence_original"
    capture_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    sm3: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(sa.String(60))
    stored_at: Mapped[datetime]


class Derivative(Identified, Model):
    """A picture made from an original for reading: re-encoded, turned upright, without metadata."""

    __tablename__ = "evidence_derivative"
    __table_args__ = (sa.UniqueConstraint("original_id", "width"),)
    original_id: Mapped[UUID] = mapped_column(sa.ForeignKey("evidence_original.id"))
    width: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    media_type: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime]


append_only(Original)
