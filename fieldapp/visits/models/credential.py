"""人员核验: what a second browser verifies by, and what it doubts."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model


class CredentialCheck(Identified, Model):
    """One inspector at one visit, as a second browser verifies them; its secret address lists who was sent."""

    __tablename__ = "credential_check"
    __table_args__ = (sa.UniqueConstraint("visit_id", "inspector_id"),)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"))
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"))
    secret: Mapped[str] = mapped_column(sa.String(60), unique=True)
    created_at: Mapped[datetime]


class CredentialKey(Identified, Model):
    """The public half of a phone's key: a point of P-256, uncompressed; the other half never leaves the phone."""

    __tablename__ = "credential_key"
    key_id: Mapped[str] = mapped_column(sa.String(16), unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    device: Mapped[str] = mapped_column(sa.String(64), index=True)
    public_key: Mapped[bytes]
    registered_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()

    @property
    def case_id(self) -> UUID:
        """It belongs to the phone's person."""
        return self.person_id


class CredentialDoubt(Identified, Model):
    """What somebody who checked an inspector doubts, and what legal affairs found; the visit only where the code was genuine."""

    __tablename__ = "credential_doubt"
    text: Mapped[str] = mapped_column(sa.Text)
    contact: Mapped[str] = mapped_column(sa.String(120), default="")
    answer_given: Mapped[str] = mapped_column(sa.String(200))
    code: Mapped[str] = mapped_column(sa.String(200), default="")
    visit_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    inspector_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspector.id"))
    at: Mapped[datetime]
    finding: Mapped[str | None] = mapped_column(sa.Text)
    found_at: Mapped[datetime | None]
    found_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
