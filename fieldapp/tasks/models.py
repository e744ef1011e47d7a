"""Tasks, what was decided about them, and their work plans."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.planning.models import PlanLine
from fieldapp.registry.models import Checklist, InspectionItem
from fieldapp.words import N_


class Task(Identified, Model):
    """An inspection task: what is drawn from which pool, how inspectors are matched, when."""

    __tablename__ = "task"
    __table_args__ = (sa.Index("uq_task_external_ref", "external_ref", unique=True),)
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), info={"told": N_("任务名称")})
    plan_line_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("plan_line.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_item.id"))
    checklist_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("checklist.id"))
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    origin: Mapped[str] = mapped_column(sa.String(20), default="plan")
    external_ref: Mapped[str | None] = mapped_column(sa.String(60))
    external_plan_number: Mapped[str | None] = mapped_column(sa.String(60))
    external_plan_name: Mapped[str | None] = mapped_column(sa.String(200))
    state: Mapped[str] = mapped_column(sa.String(30), index=True)
    draw_mode: Mapped[str] = mapped_column(sa.String(20))
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    condition_text: Mapped[str] = mapped_column(sa.String(300), default="", info={"told": N_("定向条件")})
    quota: Mapped[int] = mapped_column(info={"told": N_("抽取数量")})
    strata: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    ratio_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default=sa.text("''"), info={"told": N_("比例理由")})
    match_mode: Mapped[str] = mapped_column(sa.String(20))
    match_conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    inspectors_per_object: Mapped[int] = mapped_column(default=2, info={"told": N_("每个对象的检查人员")})
    inspection_methods: Mapped[list[str]]
    takes_reserve: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    first_day: Mapped[date] = mapped_column(info={"told": N_("开始日期")})
    last_day: Mapped[date] = mapped_column(info={"told": N_("结束日期")})
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    generated_at: Mapped[datetime | None]
    completed_on: Mapped[date | None]
    plan_line: Mapped[PlanLine | None] = relationship(lazy="joined")
    item: Mapped[InspectionItem] = relationship(lazy="joined")
    checklist: Mapped[Checklist | None] = relationship(lazy="select")
    division: Mapped[Division] = relationship(lazy="joined")
    author: Mapped[Person] = relationship(lazy="joined")


class TaskDecision(Identified, Model):
    """Submitted, approved or returned: who, when, with which remarks; a second approval with what made it wanted."""

    __tablename__ = "task_decision"
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    reasons: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A decision belongs to its task's case."""
        return self.task_id


class GenerationReport(Identified, Model):
    """The generation of a task, reported to legal affairs (article 14), and when they took note."""

    __tablename__ = "generation_report"
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), unique=True)
    reported_at: Mapped[datetime]
    summary: Mapped[dict[str, Any]]
    noted_at: Mapped[datetime | None]
    noted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def case_id(self) -> UUID:
        """The report belongs to its task's case."""
        return self.task_id


class WorkPlan(Identified, Model):
    """One version of a task's 工作方案: method, standard, workflow, guidance; approved by the head, read by each member."""

    __tablename__ = "work_plan"
    __table_args__ = (sa.UniqueConstraint("task_id", "version"),)
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), index=True)
    version: Mapped[int]
    author_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    methods_text: Mapped[str] = mapped_column(sa.Text)
    standard_text: Mapped[str] = mapped_column(sa.Text)
    workflow_text: Mapped[str] = mapped_column(sa.Text)
    guidance_text: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="", server_default=sa.text("''"))
    state: Mapped[str] = mapped_column(sa.String(20))
    written_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    opinion: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def case_id(self) -> UUID:
        """The work plan belongs to its task's case."""
        return self.task_id


class WorkPlanReading(Identified, Model):
    """A member has read a version of the work plan."""

    __tablename__ = "work_plan_reading"
    __table_args__ = (sa.UniqueConstraint("work_plan_id", "person_id"),)
    work_plan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("work_plan.id"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    read_at: Mapped[datetime]


class TaskMember(Model):
    """Somebody of a task's teams: written by the visits area, asked here to read the work plan."""

    __tablename__ = "task_member"
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    named_at: Mapped[datetime]


append_only(TaskDecision)
