"""Disposal cases: what is done about a finding, until when, done when."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.db import Identified, Model
from fieldapp.publication.models import InspectionResult


class DisposalCase(Identified, Model):
    """Rectification, transfer of a lead or judicial referral, following a result."""

    __tablename__ = "disposal_case"
    result_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_result.id"), index=True)
    measure: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    receiver: Mapped[str] = mapped_column(sa.String(120), default="")
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(sa.Text, default="")
    result: Mapped[InspectionResult] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A disposal belongs to its visit's case."""
        return self.result.case_id
