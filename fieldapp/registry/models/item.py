"""The item list and the checklists."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division
from fieldapp.db import Identified, Model
from fieldapp.words import N_


class InspectionItem(Identified, Model):
    """One version of an item of the 随机抽查事项清单; `code` stays through its versions."""

    __tablename__ = "inspection_item"
    __table_args__ = (sa.UniqueConstraint("code", "version"),)
    code: Mapped[str] = mapped_column(sa.String(20))
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(sa.String(200), info={"told": N_("事项名称")})
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    object_category: Mapped[str] = mapped_column(sa.String(60), index=True, info={"told": N_("对象类别")})
    legal_basis: Mapped[str] = mapped_column(sa.Text, info={"told": N_("依据")})
    inspection_content: Mapped[str] = mapped_column(sa.Text, info={"told": N_("检查内容")})
    inspection_methods: Mapped[list[str]]
    ratio_basis_points: Mapped[int] = mapped_column(info={"told": N_("抽查比例"), "is_ratio": True})
    ratio_is_statutory: Mapped[bool] = mapped_column(default=False)
    frequency_operator: Mapped[str] = mapped_column(sa.String(2))
    frequency: Mapped[int] = mapped_column(info={"told": N_("频次")})
    required_specialities: Mapped[list[str]] = mapped_column(default=list)
    staff_requirement: Mapped[str] = mapped_column(sa.String(200), default="", info={"told": N_("人员要求")})
    state: Mapped[str] = mapped_column(sa.String(20))
    published_at: Mapped[datetime | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    division: Mapped[Division] = relationship(lazy="joined")


class Checklist(Identified, Model):
    """The record form of an item: a version is never edited once a task uses it."""

    __tablename__ = "checklist"
    __table_args__ = (sa.UniqueConstraint("item_code", "version"),)
    item_code: Mapped[str] = mapped_column(sa.String(20), index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    accepted_at: Mapped[datetime]
    items: Mapped[list["ChecklistItem"]] = relationship(order_by="ChecklistItem.number", lazy="selectin")


class ChecklistItem(Identified, Model):
    """One line to check: content and standard, method, whether it must be checked, what evidence it asks for."""

    __tablename__ = "checklist_item"
    __table_args__ = (sa.UniqueConstraint("checklist_id", "number"),)
    checklist_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checklist.id"))
    number: Mapped[int]
    standard: Mapped[str] = mapped_column(sa.Text)
    method: Mapped[str] = mapped_column(sa.String(200), default="")
    is_mandatory: Mapped[bool] = mapped_column(default=True)
    evidence: Mapped[list[str]] = mapped_column(default=list)
