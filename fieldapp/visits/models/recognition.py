"""A result recognised instead of another visit."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.visits.models.visit import Visit


class MutualRecognition(Identified, Model):
    """A visit that is not made because the result of one already made to the same object is recognised (article 15, E6)."""

    __tablename__ = "mutual_recognition"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), unique=True)
    recognised_visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    visit: Mapped[Visit] = relationship(foreign_keys=[visit_id])
    recognised: Mapped[Visit] = relationship(foreign_keys=[recognised_visit_id])
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A recognition belongs to the case of the visit that is not made."""
        return self.visit_id


append_only(MutualRecognition)
