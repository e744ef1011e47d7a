"""Objections to a result."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model
from fieldapp.publication.models import InspectionResult


class Objection(Identified, Model):
    """An objection: received on a day, due in 20 working days, re-examined outside the team, decided by the head."""

    __tablename__ = "objection"
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    result_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_result.id"), index=True)
    channel: Mapped[str] = mapped_column(sa.String(20))
    applicant_name: Mapped[str] = mapped_column(sa.String(60))
    applicant_contact: Mapped[str] = mapped_column(sa.String(120), default="")
    grounds: Mapped[str] = mapped_column(sa.Text)
    received_on: Mapped[date]
    received_at: Mapped[datetime]
    entered_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    due_on: Mapped[date]
    due_is_provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(sa.String(30), index=True)
    examiner_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    examination: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_decision: Mapped[str | None] = mapped_column(sa.String(20))
    proposed_category: Mapped[str | None] = mapped_column(sa.String(60))
    proposed_text: Mapped[str] = mapped_column(sa.Text, default="")
    examined_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    corrected_result_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspection_result.id"))
    result: Mapped[InspectionResult] = relationship(foreign_keys=[result_id], lazy="joined")
    examiner: Mapped[Person | None] = relationship(foreign_keys=[examiner_id], lazy="joined")

    @property
    def case_id(self) -> UUID:
        """An objection belongs to its visit's case."""
        return self.result.case_id
