"""The register of official documents and the counters of their numbers."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model, append_only
from fieldapp.documents.rules import PUBLIC_KINDS, DocumentKind


class NumberCounter(Model):
    """The last serial given for a kind of document in a year: never goes back."""

    __tablename__ = "number_counter"
    kind: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Document(Identified, Model):
    """One numbered document: what it says is frozen with its hash; voided numbers stay."""

    __tablename__ = "document"
    __table_args__ = (sa.UniqueConstraint("kind", "year", "serial"),)
    kind: Mapped[str] = mapped_column(sa.String(40))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(60), unique=True)
    subject_type: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    content: Mapped[dict[str, Any] | None]
    content_hash: Mapped[str | None] = mapped_column(sa.String(64))
    secret: Mapped[str] = mapped_column(sa.String(60), unique=True)
    reserved_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def word(self) -> str:
        """Its kind in words."""
        return DocumentKind(self.kind).label

    @property
    def is_public(self) -> bool:
        """Whether a party outside holds it."""
        return self.kind in PUBLIC_KINDS

    @property
    def case_id(self) -> UUID:
        """The case of a document is the thing it is about."""
        return self.subject_id


class DocumentFile(Identified, Model):
    """The sealed PDF of a document: made once, kept under its SHA-256, never made anew; insert-only."""

    __tablename__ = "document_file"
    document_id: Mapped[UUID] = mapped_column(sa.ForeignKey("document.id"), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    sm3: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    template: Mapped[str] = mapped_column(sa.String(60))
    scheme: Mapped[str] = mapped_column(sa.String(60))
    head: Mapped[str] = mapped_column(sa.String(200))
    sealed_at: Mapped[datetime]


append_only(DocumentFile)
