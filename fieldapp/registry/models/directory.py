"""The inspector directory."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model
from fieldapp.registry.models.object import InspectionObject
from fieldapp.words import N_


class Inspector(Identified, Model):
    """Somebody of the 执法检查人员名录库; without a valid certificate only an assisting person."""

    __tablename__ = "inspector"
    staff_number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60), info={"told": N_("姓名")})
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(30))
    certificate_number: Mapped[str | None] = mapped_column(sa.String(40), unique=True, info={"told": N_("执法证号")})
    certificate_issuer: Mapped[str] = mapped_column(sa.String(60), default="", info={"told": N_("发证机关")})
    certificate_until: Mapped[date | None] = mapped_column(info={"told": N_("有效期至")})
    specialities: Mapped[list[str]] = mapped_column(default=list, info={"told": N_("专业")})
    subject_types: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    city: Mapped[str] = mapped_column(sa.String(20), default="", info={"told": N_("市")})
    left_on: Mapped[date | None] = mapped_column(info={"told": N_("离开日期")})
    added_at: Mapped[datetime]
    division: Mapped[Division] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship(lazy="joined")
    interests: Mapped[list["InspectorInterest"]] = relationship(lazy="select")

    def has_left_by(self, day: date) -> bool:
        """Whether the inspector is out of the directory on that day, or out of the department."""
        last_days = (self.left_on, self.person.left_on if self.person else None)
        return any(left_on is not None and left_on <= day for left_on in last_days)

    def is_certified_on(self, day: date) -> bool:
        """Whether a certificate is held that is valid on that day."""
        return bool(self.certificate_number) and self.certificate_until is not None and self.certificate_until >= day


class InspectorInterest(Identified, Model):
    """A declared interest (利害关系) in an enterprise; kept by name until the enterprise is in the directory."""

    __tablename__ = "inspector_interest"
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"), index=True)
    object_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspection_object.id"), index=True)
    object_name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(40), default="declared")
    declared_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    object: Mapped[InspectionObject | None] = relationship()

    @property
    def case_id(self) -> UUID:
        """What is declared belongs to the inspector's case."""
        return self.inspector_id


class InspectorUnavailability(Identified, Model):
    """Days on which an inspector cannot go out."""

    __tablename__ = "inspector_unavailability"
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(120), default="")

    @property
    def case_id(self) -> UUID:
        """What is declared belongs to the inspector's case."""
        return self.inspector_id


class InspectorLoad(Model):
    """How many open visits an inspector has: written by the visits area, read by the matching."""

    __tablename__ = "inspector_load"
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"), primary_key=True)
    visits: Mapped[int] = mapped_column(default=0)
