"""Visits, teams, leaders, approvals, merge proposals."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.documents.models import Document
from fieldapp.draw.models import DrawnSubstitute
from fieldapp.registry.models import InspectionObject, Inspector
from fieldapp.tasks.models import Task, WorkPlan
from fieldapp.words import N_


class Visit(Identified, Model):
    """One going to one object: one team, one notice, one record per task."""

    __tablename__ = "visit"
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), index=True)
    lead_division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    state: Mapped[str] = mapped_column(sa.String(30), index=True)
    method: Mapped[str] = mapped_column(sa.String(20))
    slot_start: Mapped[datetime | None] = mapped_column(info={"told": N_("约定开始")})
    slot_end: Mapped[datetime | None] = mapped_column(info={"told": N_("约定结束")})
    slot_agreed_with: Mapped[str] = mapped_column(sa.String(120), default="", info={"told": N_("约定人")})
    contact: Mapped[str] = mapped_column(sa.String(120), default="", info={"told": N_("联系人")})
    site_safety: Mapped[str] = mapped_column(sa.Text, default="", info={"told": N_("现场安全要求")})
    slot_reason: Mapped[str] = mapped_column(sa.Text, default="", info={"told": N_("约定说明")})
    counted_year: Mapped[int | None]
    notice_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("document.id"))
    merged_into_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("visit.id"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    object: Mapped[InspectionObject] = relationship(lazy="joined")
    lead_division: Mapped[Division] = relationship(lazy="joined")
    notice: Mapped[Document | None] = relationship(lazy="select")
    visit_tasks: Mapped[list["VisitTask"]] = relationship(lazy="selectin", back_populates="visit")
    members: Mapped[list["TeamMember"]] = relationship(order_by="TeamMember.position", lazy="selectin")
    leader_rows: Mapped[list["LeaderAppointment"]] = relationship(order_by="LeaderAppointment.at", lazy="selectin")
    assistants: Mapped[list["VisitAssistant"]] = relationship(order_by="VisitAssistant.id", lazy="select")


class VisitTask(Identified, Model):
    """What one task does in a visit: its record and its result hang here (the 抽查检查记录表)."""

    __tablename__ = "visit_task"
    __table_args__ = (sa.UniqueConstraint("visit_id", "task_id"), sa.UniqueConstraint("task_id", "object_id"))
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), index=True)
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"))
    record_number_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("document.id"))
    work_plan_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("work_plan.id"))  # by which the check was begun
    awaiting_until: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    work_plan: Mapped[WorkPlan | None] = relationship(lazy="select")
    visit: Mapped[Visit] = relationship(lazy="joined", back_populates="visit_tasks")
    task: Mapped[Task] = relationship(lazy="joined")
    record_number: Mapped[Document | None] = relationship(lazy="select")

    @property
    def case_id(self) -> UUID:
        """A record belongs to its visit's case."""
        return self.visit_id


class TeamMember(Identified, Model):
    """An inspector of a visit's team; one who left keeps the row with the moment and the reason."""

    __tablename__ = "team_member"
    __table_args__ = (sa.UniqueConstraint("visit_id", "inspector_id"),)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"), index=True)
    position: Mapped[int]
    seat_type: Mapped[str] = mapped_column(sa.String(60))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    left_reason: Mapped[str | None] = mapped_column(sa.Text)
    inspector: Mapped[Inspector] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A seat belongs to its visit's case."""
        return self.visit_id


class VisitAssistant(Identified, Model):
    """An agency or an expert who assists at a visit and has no seat on its team: written by the area of article 19.

    `kind` is agency or expert, `people` who of an agency comes along; nobody comes whom `left_at` has ended or
    `named_at` has not begun. `valid_until` is the last day of the qualification, None where it has none;
    `related` are the inspectors with whom an interest was declared; `visit_task_id` is for which task alone somebody
    assists, `letter_id` the 委托书 in force until its work is done.
    """

    __tablename__ = "visit_assistant"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(120))
    unit: Mapped[str] = mapped_column(sa.String(120), default="")
    people: Mapped[str] = mapped_column(sa.String(120), default="")
    is_on_site: Mapped[bool]
    valid_until: Mapped[date | None]
    related: Mapped[list[str]] = mapped_column(default=list)
    due_on: Mapped[date]
    visit_task_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("visit_task.id"))
    letter_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("document.id"))
    named_at: Mapped[datetime | None]
    report_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left_reason: Mapped[str | None] = mapped_column(sa.Text)
    visit: Mapped[Visit] = relationship(lazy="joined", overlaps="assistants")

    @property
    def case_id(self) -> UUID:
        """Who assists belongs to the visit's case."""
        return self.visit_id


class LeaderAppointment(Identified, Model):
    """The head of the division makes a member the leader; the last one that has not ended counts."""

    __tablename__ = "leader_appointment"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"))
    appointed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    ended_at: Mapped[datetime | None]
    inspector: Mapped[Inspector] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """An appointment belongs to its visit's case."""
        return self.visit_id


class VisitApproval(Identified, Model):
    """The department head's approval of an inspection, or its return."""

    __tablename__ = "visit_approval"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """An approval belongs to its visit's case."""
        return self.visit_id


class Recusal(Identified, Model):
    """An application for recusal: by a member for a swap or for leaving, by the inspected party, or by the division ex officio
    (article 17).
    """

    __tablename__ = "recusal"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    inspector_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspector.id"))
    by_party: Mapped[bool] = mapped_column(default=False)
    interest: Mapped[str] = mapped_column(sa.String(30))
    text: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    swap_visit_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("visit.id"))
    swap_inspector_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspector.id"))
    consented_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consented_at: Mapped[datetime | None]
    visit: Mapped[Visit] = relationship(foreign_keys=[visit_id], lazy="joined")
    inspector: Mapped[Inspector | None] = relationship(foreign_keys=[inspector_id], lazy="joined")
    swap_visit: Mapped[Visit | None] = relationship(foreign_keys=[swap_visit_id])
    swap_inspector: Mapped[Inspector | None] = relationship(foreign_keys=[swap_inspector_id])

    @property
    def is_ex_officio(self) -> bool:
        """Whether the division proposed it, and not the member whom it concerns."""
        return self.inspector is not None and self.inspector.person_id != self.asked_by

    @property
    def case_id(self) -> UUID:
        """An application belongs to its visit's case."""
        return self.visit_id


class Substitution(Identified, Model):
    """A member to be replaced: why, with whose consent, by whom; the whole chain is kept (article 18).

    `reference` is the number of the drawing on another platform, where the task was drawn there.
    """

    __tablename__ = "substitution"
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"))
    recusal_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("recusal.id"))
    ground: Mapped[str] = mapped_column(sa.String(30))
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    drawn_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("drawn_substitute.id"))
    substitute_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspector.id"))
    reference: Mapped[str] = mapped_column(sa.String(120), default="")
    exhausted_at: Mapped[datetime | None]
    visit: Mapped[Visit] = relationship(lazy="joined")
    inspector: Mapped[Inspector] = relationship(foreign_keys=[inspector_id], lazy="joined")
    substitute: Mapped[Inspector | None] = relationship(foreign_keys=[substitute_id], lazy="joined")
    drawn: Mapped[DrawnSubstitute | None] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A replacement belongs to its visit's case."""
        return self.visit_id


class ObjectReplacement(Identified, Model):
    """A drawn object that is gone, and the one of the reserve that took its place: both visits stay visible."""

    __tablename__ = "object_replacement"
    gone_visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), unique=True)
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), unique=True)
    drawn_object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("drawn_object.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    gone: Mapped[Visit] = relationship(foreign_keys=[gone_visit_id])
    visit: Mapped[Visit] = relationship(foreign_keys=[visit_id])

    @property
    def case_id(self) -> UUID:
        """A replacement belongs to the case of the visit that is no more."""
        return self.gone_visit_id


class VisitRemark(Identified, Model):
    """What a reviewer asks of the team, anchored to a field: written by review, first on the inspectors' Today."""

    __tablename__ = "visit_remark"
    visit_task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_task.id"), index=True)
    path: Mapped[str] = mapped_column(sa.String(200), default="")
    text: Mapped[str] = mapped_column(sa.Text)
    place: Mapped[str | None] = mapped_column(sa.String(200))
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[dict[str, Any] | None]
    by: Mapped[Person] = relationship(lazy="joined")


append_only(ObjectReplacement)
append_only(VisitApproval)
