"""Results: versions that are never overwritten, and what was done about a finding."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.db import Identified, Model
from fieldapp.visits.models import VisitTask


class InspectionResult(Identified, Model):
    """One version of the result of a task for an object; a correction is the next version, both stay visible."""

    __tablename__ = "inspection_result"
    __table_args__ = (sa.UniqueConstraint("visit_task_id", "version"),)
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    category: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    measure_text: Mapped[str] = mapped_column(sa.Text, default="")
    inspected_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(20), index=True)
    entered_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    due_on: Mapped[date | None]
    due_is_provisional: Mapped[bool] = mapped_column(default=False)
    corrected_reason: Mapped[str | None] = mapped_column(sa.Text)
    objection_state: Mapped[str] = mapped_column(sa.String(20), default="")
    visit_task: Mapped[VisitTask] = relationship(lazy="joined")
    measures: Mapped[list["ResultMeasure"]] = relationship(order_by="ResultMeasure.at", lazy="selectin")

    @property
    def case_id(self) -> UUID:
        """A result belongs to its visit's case."""
        return self.visit_task.visit_id


class ResultMeasure(Identified, Model):
    """What was done about a finding (查处结果), as the public reads it: written by the disposal area."""

    __tablename__ = "result_measure"
    result_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_result.id"), index=True)
    measure: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    is_public: Mapped[bool] = mapped_column(default=True)


class OutgoingFile(Identified, Model):
    """A file for the publicity system: what was in it, when it was made."""

    __tablename__ = "outgoing_file"
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    result_count: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[str] = mapped_column(sa.Text)
