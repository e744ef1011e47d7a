"""Leaving a directory: proposed by a division, decided by legal affairs."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model
from fieldapp.registry.models.directory import Inspector
from fieldapp.registry.models.object import ObjectCategory


class DirectoryRemoval(Identified, Model):
    """A proposal to take an object out of one category, or an inspector out of the directory; exactly one of the two."""

    __tablename__ = "directory_removal"
    __table_args__ = (sa.CheckConstraint("(object_category_id IS NULL) <> (inspector_id IS NULL)", name="of_one_entry"),)
    case_id: Mapped[UUID] = mapped_column(index=True)  # the object or the inspector
    object_category_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("object_category.id"))
    inspector_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspector.id"))
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"))
    ground: Mapped[str] = mapped_column(sa.String(30))
    reason: Mapped[str] = mapped_column(sa.Text)
    proposed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    link: Mapped[ObjectCategory | None] = relationship(lazy="joined")
    inspector: Mapped[Inspector | None] = relationship(lazy="joined")
    division: Mapped[Division] = relationship(lazy="joined")
    proposer: Mapped[Person] = relationship(foreign_keys=[proposed_by], lazy="joined")
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by], lazy="joined")

    @property
    def name(self) -> str:
        """What the entry is called."""
        entry = self.link.object if self.link else self.inspector
        return entry.name if entry else ""
