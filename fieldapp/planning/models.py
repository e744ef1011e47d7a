"""The annual plan and its lines."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.db import Identified, Model
from fieldapp.registry.models import InspectionItem
from fieldapp.words import N_


class AnnualPlan(Identified, Model):
    """One version of a year's plan; an issued one is never edited, an adjustment is the next version."""

    __tablename__ = "annual_plan"
    __table_args__ = (sa.UniqueConstraint("year", "version"),)
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(sa.String(40), default="")
    name: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[str] = mapped_column(sa.String(20))
    drafted_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    lines: Mapped[list["PlanLine"]] = relationship(order_by="PlanLine.position", lazy="selectin", back_populates="plan")


class PlanLine(Identified, Model):
    """What the plan says of one item: object, content, method, ratio, frequency, time, and the quota they give."""

    __tablename__ = "plan_line"
    __table_args__ = (sa.UniqueConstraint("plan_id", "item_id"),)
    plan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("annual_plan.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_item.id"))
    position: Mapped[int]
    ratio_basis_points: Mapped[int] = mapped_column(info={"told": N_("抽查比例"), "is_ratio": True})
    frequency_operator: Mapped[str] = mapped_column(sa.String(2))
    frequency: Mapped[int] = mapped_column(info={"told": N_("频次")})
    inspection_methods: Mapped[list[str]]
    first_day: Mapped[date] = mapped_column(info={"told": N_("开始日期")})
    last_day: Mapped[date] = mapped_column(info={"told": N_("结束日期")})
    directory_size: Mapped[int]
    quota: Mapped[int] = mapped_column(info={"told": N_("抽取数量")})
    override_reason: Mapped[str | None] = mapped_column(sa.Text, info={"told": N_("比例理由")})
    plan: Mapped[AnnualPlan] = relationship(back_populates="lines")
    item: Mapped[InspectionItem] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A line belongs to its plan's case."""
        return self.plan_id
