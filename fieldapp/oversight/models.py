"""What the inspected say of an inspection: apart from its record, and out of the inspecting division's sight."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.visits.models import Visit


class VisitRating(Identified, Model):
    """How a visit is rated: 1 to 5, words, and by which door. A case of its own, so that it stands in no visit's history."""

    __tablename__ = "visit_rating"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    door: Mapped[str] = mapped_column(sa.String(20), server_default="copy")
    score: Mapped[int]
    words: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]
    visit: Mapped[Visit] = relationship(lazy="joined")


class VisitComplaint(Identified, Model):
    """A complaint about a visit: for legal affairs alone, with a way to answer if the complainant gives one.

    Its answer is read at an address of its own, of which only the hash is kept; what is older than that has none.
    """

    __tablename__ = "visit_complaint"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    contact: Mapped[str] = mapped_column(sa.String(120), default="")
    secret_sha256: Mapped[str | None] = mapped_column(sa.String(64), unique=True, index=True)
    at: Mapped[datetime]
    visit: Mapped[Visit] = relationship(lazy="joined")


class ComplaintAnswer(Identified, Model):
    """What legal affairs found and did about a complaint, as the complainant reads it; once."""

    __tablename__ = "complaint_answer"
    complaint_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_complaint.id"), unique=True)
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """It belongs to its complaint."""
        return self.complaint_id


append_only(VisitRating, VisitComplaint, ComplaintAnswer)
