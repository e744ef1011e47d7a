"""The object directory: one object per enterprise, one category link per division's duty."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model
from fieldapp.words import N_


class InspectionObject(Identified, Model):
    """An inspected party, kept by its unified social credit code through every change of name."""

    __tablename__ = "inspection_object"
    uscc: Mapped[str] = mapped_column(sa.String(18), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120), index=True, info={"told": N_("名称")})
    size: Mapped[str] = mapped_column(sa.String(10), default="", info={"told": N_("规模")})
    city: Mapped[str] = mapped_column(sa.String(20), default="", info={"told": N_("市")})
    region_code: Mapped[str] = mapped_column(sa.String(6), default="", index=True)
    region_name: Mapped[str] = mapped_column(sa.String(40), default="", info={"told": N_("区划")})
    address: Mapped[str] = mapped_column(sa.String(200), default="", info={"told": N_("地址")})
    legal_representative: Mapped[str] = mapped_column(sa.String(60), default="", info={"told": N_("法定代表人")})
    telephone: Mapped[str] = mapped_column(sa.String(30), default="", info={"told": N_("电话")})
    credit_risk_grade: Mapped[str] = mapped_column(sa.String(1), default="", info={"told": N_("信用风险等级")})
    latitude: Mapped[str | None] = mapped_column(sa.String(20))
    longitude: Mapped[str | None] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(20), default="active")
    is_natural_person: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    categories: Mapped[list["ObjectCategory"]] = relationship(back_populates="object", lazy="select")


class ObjectCategory(Identified, Model):
    """An object belongs to a category (主体类型) that a division supervises, from one day to another."""

    __tablename__ = "object_category"
    __table_args__ = (sa.UniqueConstraint("object_id", "category"),)
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), index=True)
    category: Mapped[str] = mapped_column(sa.String(60), index=True)
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    division: Mapped[Division] = relationship(lazy="joined")
    object: Mapped[InspectionObject] = relationship(back_populates="categories", lazy="select")

    def is_over_by(self, day: date) -> bool:
        """Whether the object is out of the category on that day."""
        return self.valid_to is not None and self.valid_to <= day


class ObjectName(Identified, Model):
    """A name that an object bore before."""

    __tablename__ = "object_name"
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    until: Mapped[date]


class ObjectVisitCount(Model):
    """How many visits of a year count for an object: written by the visits area, read by the draw (article 6)."""

    __tablename__ = "object_visit_count"
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    visits: Mapped[int] = mapped_column(default=0)


class ObjectLastTeam(Model):
    """Who inspected an object last time: written by the visits area, read by the matching (article 16)."""

    __tablename__ = "object_last_team"
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"), primary_key=True)


class FocusProposal(Identified, Model):
    """重点监管情形 proposed by a division's sheet: legal affairs decides, with basis, evidence and an end."""

    __tablename__ = "focus_proposal"
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), index=True)
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    circumstance: Mapped[str] = mapped_column(sa.String(200))
    proposed_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    opinion: Mapped[str | None] = mapped_column(sa.Text)
    expires_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(sa.Text, default="", server_default=sa.text("''"))
    proposed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    lift_reason: Mapped[str | None] = mapped_column(sa.Text)
    object: Mapped[InspectionObject] = relationship(lazy="joined")
    division: Mapped[Division] = relationship(lazy="joined")
    proposer: Mapped[Person | None] = relationship(foreign_keys=[proposed_by], lazy="joined")
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by], lazy="joined")
    lifter: Mapped[Person | None] = relationship(foreign_keys=[lifted_by], lazy="select")

    @property
    def case_id(self) -> UUID:
        """A proposal belongs to its object's case."""
        return self.object_id
