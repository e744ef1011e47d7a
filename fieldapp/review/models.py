"""Reviews of a record, and the 补正说明 and 补充笔录 that answer a returned one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.documents.models import Document
from fieldapp.review.rules import SupplementaryState
from fieldapp.visits.models import VisitTask


class RecordReview(Identified, Model):
    """Where the review of one record stands, and what the head has approved as its result."""

    __tablename__ = "record_review"
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), unique=True)
    state: Mapped[str] = mapped_column(sa.String(30), index=True)
    opened_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    category: Mapped[str | None] = mapped_column(sa.String(60))
    result_text: Mapped[str] = mapped_column(sa.Text, default="")
    order_text: Mapped[str] = mapped_column(sa.Text, default="")
    order_until: Mapped[date | None]
    visit_task: Mapped[VisitTask] = relationship(lazy="joined")
    decisions: Mapped[list["ReviewDecision"]] = relationship(
        order_by="ReviewDecision.id", lazy="selectin", back_populates="review")

    @property
    def case_id(self) -> UUID:
        """A review belongs to its visit's case."""
        return self.visit_task.visit_id


class ReviewDecision(Identified, Model):
    """One step: the leader, an officer not of the team, the head; approved or returned."""

    __tablename__ = "review_decision"
    review_id: Mapped[UUID] = mapped_column(sa.ForeignKey("record_review.id"), index=True)
    step: Mapped[str] = mapped_column(sa.String(20))
    decision: Mapped[str] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")
    review: Mapped[RecordReview] = relationship(lazy="select", back_populates="decisions")

    @property
    def case_id(self) -> UUID:
        """A decision belongs to its visit's case."""
        return self.review.case_id


class ClericalCorrection(Identified, Model):
    """A 补正说明 to a signed record: what was wrong, how it should read; both inspectors sign it."""

    __tablename__ = "clerical_correction"
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    path: Mapped[str] = mapped_column(sa.String(200), default="")
    wrong_text: Mapped[str] = mapped_column(sa.Text)
    right_text: Mapped[str] = mapped_column(sa.Text)
    written_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]
    signatures: Mapped[list[Any]] = mapped_column(default=list)
    completed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    visit_task: Mapped[VisitTask] = relationship(lazy="joined")
    writer: Mapped[Person] = relationship(foreign_keys=[written_by], lazy="joined")

    @property
    def is_settled(self) -> bool:
        """Whether it is in force or withdrawn: nobody signs it any more."""
        return self.completed_at is not None or self.withdrawn_at is not None

    @property
    def case_id(self) -> UUID:
        """A correction belongs to its visit's case."""
        return self.visit_task.visit_id


class SupplementaryRecord(Identified, Model):
    """A 补充笔录 to a signed record: the facts it adds, frozen under their digest; both sides sign, or it is noted why the
    entity did not."""

    __tablename__ = "supplementary_record"
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(sa.String(64))
    until: Mapped[date]
    written_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]
    signatures: Mapped[list[Any]] = mapped_column(default=list)
    team_signed_at: Mapped[datetime | None]
    link_sha256: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    served_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    entity: Mapped[dict[str, Any] | None]
    declined: Mapped[dict[str, Any] | None]
    unsigned: Mapped[dict[str, Any] | None]
    document_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("document.id"))
    completed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    visit_task: Mapped[VisitTask] = relationship(lazy="joined")
    writer: Mapped[Person] = relationship(foreign_keys=[written_by], lazy="joined")
    document: Mapped[Document | None] = relationship(lazy="joined")

    @property
    def is_settled(self) -> bool:
        """Whether it is in force or withdrawn: nobody signs it any more."""
        return self.completed_at is not None or self.withdrawn_at is not None

    @property
    def state(self) -> SupplementaryState:
        """Whom it waits for, or how it ended."""
        if self.withdrawn_at is not None:
            return SupplementaryState.WITHDRAWN
        if self.completed_at is not None:
            return SupplementaryState.UNSIGNED if self.unsigned else SupplementaryState.SIGNED
        if self.team_signed_at is None:
            return SupplementaryState.OF_TEAM
        return SupplementaryState.DECLINED if self.declined else SupplementaryState.OF_ENTITY

    @property
    def case_id(self) -> UUID:
        """A supplementary record belongs to its visit's case."""
        return self.visit_task.visit_id


class AnnexSeen(Identified, Model):
    """The leader has seen what came late, and says what is made of it."""

    __tablename__ = "annex_seen"
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("record_item.id"))
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    note: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")
    visit_task: Mapped[VisitTask] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """It belongs to its visit's case."""
        return self.visit_task.visit_id


append_only(ReviewDecision)
