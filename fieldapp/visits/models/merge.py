"""Visits offered as one: what legal affairs proposes, and what each division concerned answers (article 15)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.visits.models.visit import Visit


class MergeProposal(Identified, Model):
    """Two visits to one object in overlapping time, found by the product; legal affairs proposes to make one of them.

    `round` counts how often it was proposed, 0 before the first time; `reason` is what legal affairs said last.
    """

    __tablename__ = "merge_proposal"
    __table_args__ = (sa.UniqueConstraint("first_visit_id", "second_visit_id"),)
    first_visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"))
    second_visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"))
    found_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=0, server_default="0")
    proposed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    lead_division_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("division.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    first_visit: Mapped[Visit] = relationship(foreign_keys=[first_visit_id], lazy="joined")
    second_visit: Mapped[Visit] = relationship(foreign_keys=[second_visit_id], lazy="joined")
    lead_division: Mapped[Division | None] = relationship(foreign_keys=[lead_division_id])

    @property
    def case_id(self) -> UUID:
        """A proposal belongs to the case of the first visit."""
        return self.first_visit_id


class MergeConsent(Identified, Model):
    """What the head of a division concerned answered to a proposal, in one of its rounds."""

    __tablename__ = "merge_consent"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "division_id", "round"),)
    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("merge_proposal.id"))
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"))
    round: Mapped[int]
    decision: Mapped[str] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    proposal: Mapped[MergeProposal] = relationship()
    division: Mapped[Division] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """An answer belongs to the case of its proposal."""
        return self.proposal.first_visit_id


append_only(MergeConsent)
