"""Draws: the frozen directory, contributions, drawn objects, matched seats."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.draw.rules import takes_beacon
from fieldapp.registry.models import InspectionObject, Inspector
from fieldapp.tasks.models import Task


class Draw(Identified, Model):
    """The draw of a task: one that is not void, ever; `number` is gapless per year."""

    __tablename__ = "draw"
    __table_args__ = (
        sa.Index("uq_draw_task_once", "task_id", unique=True,
                 sqlite_where=sa.text("voided_at IS NULL"), postgresql_where=sa.text("voided_at IS NULL")),
        sa.UniqueConstraint("year", "number"),
    )
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), index=True)
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(20))
    manifest: Mapped[str] = mapped_column(sa.Text)
    manifest_hash: Mapped[str] = mapped_column(sa.String(64))
    root: Mapped[str] = mapped_column(sa.String(64))
    draw_key: Mapped[bytes]
    roll: Mapped[dict[str, Any]]
    directory_size: Mapped[int]
    pool_size: Mapped[int]
    quota: Mapped[int]
    is_narrow: Mapped[bool] = mapped_column(default=False)
    shortfall: Mapped[int] = mapped_column(default=0)
    seed: Mapped[str | None] = mapped_column(sa.String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    drawn_at: Mapped[datetime | None]
    matched_at: Mapped[datetime | None]
    transcript_root: Mapped[str | None] = mapped_column(sa.String(64))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None] = mapped_column(sa.Text)
    void_asked_at: Mapped[datetime | None]
    void_asked_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    voided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    task: Mapped[Task] = relationship(lazy="joined")
    contributions: Mapped[list["Contribution"]] = relationship(order_by="Contribution.position", lazy="selectin")
    beacon: Mapped["DrawBeacon | None"] = relationship()

    @property
    def steps_done(self) -> int:
        """How many steps follow the freeze that were done, void or not: committed, revealed, drawn, matched."""
        done = (all(part.commitment for part in self.contributions), self.seed, self.drawn_at, self.matched_at)
        return sum(bool(one) for one in done)

    @property
    def takes_beacon(self) -> bool:
        """Whether the manifest names a public beacon as the last source of the seed."""
        return takes_beacon(json.loads(self.manifest)["seed_sources"])

    @property
    def case_id(self) -> UUID:
        """A draw belongs to its task's case."""
        return self.task_id


class DrawRow(Identified, Model):
    """One row of the frozen directory: the object as it was, its salt, its leaf, its tickets, why it is out."""

    __tablename__ = "draw_row"
    __table_args__ = (sa.UniqueConstraint("draw_id", "object_id"), sa.UniqueConstraint("draw_id", "leaf"))
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"), index=True)
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"))
    row: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.String(60), default="")
    tickets: Mapped[int]
    blind: Mapped[str] = mapped_column(sa.String(64))
    leaf: Mapped[str] = mapped_column(sa.String(64))


class Contribution(Identified, Model):
    """One officer's part of the seed: committed first, revealed later."""

    __tablename__ = "draw_contribution"
    __table_args__ = (sa.UniqueConstraint("draw_id", "person_id"), sa.UniqueConstraint("draw_id", "position"))
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"), index=True)
    position: Mapped[int]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    commitment: Mapped[str | None] = mapped_column(sa.String(64))
    committed_at: Mapped[datetime | None]
    nonce: Mapped[bytes | None]
    value: Mapped[bytes | None]
    revealed_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A contribution belongs to its draw's case."""
        return self.draw_id


class DrawBeacon(Identified, Model):
    """The beacon's part of a seed: the round, named when the last officer revealed, later its signature in hexadecimal."""

    __tablename__ = "draw_beacon"
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"), unique=True)
    round: Mapped[int] = mapped_column(sa.BigInteger)
    named_at: Mapped[datetime]
    signature: Mapped[str | None] = mapped_column(sa.String(96))
    taken_at: Mapped[datetime | None]

    @property
    def case_id(self) -> UUID:
        """A beacon belongs to its draw's case."""
        return self.draw_id


class DrawnObject(Identified, Model):
    """An object in ticket order: the drawn ones and the reserve behind them; with strata one stratum after the other."""

    __tablename__ = "drawn_object"
    __table_args__ = (sa.UniqueConstraint("draw_id", "object_id"), sa.UniqueConstraint("draw_id", "rank"))
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"), index=True)
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"), index=True)
    rank: Mapped[int]
    ticket: Mapped[str] = mapped_column(sa.String(64))
    leaf: Mapped[str] = mapped_column(sa.String(64))
    is_reserve: Mapped[bool] = mapped_column(default=False)
    stepped_in_at: Mapped[datetime | None]
    stratum: Mapped[str] = mapped_column(sa.String(20), default="", server_default=sa.text("''"))
    object: Mapped[InspectionObject] = relationship(lazy="joined")
    seats: Mapped[list["DrawnSeat"]] = relationship(order_by="DrawnSeat.seat", lazy="selectin")


class DrawnSeat(Identified, Model):
    """A seat of a team and the inspector matched to it."""

    __tablename__ = "drawn_seat"
    __table_args__ = (sa.UniqueConstraint("drawn_object_id", "seat"),
                      sa.UniqueConstraint("drawn_object_id", "inspector_id"))
    drawn_object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("drawn_object.id"), index=True)
    seat: Mapped[int]
    seat_type: Mapped[str] = mapped_column(sa.String(60))
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"), index=True)
    ticket: Mapped[str] = mapped_column(sa.String(64))
    inspector: Mapped[Inspector] = relationship(lazy="joined")


class DrawnSubstitute(Identified, Model):
    """A substitute: by which code of the chain, from how wide a circle, for which object's seat."""

    __tablename__ = "drawn_substitute"
    __table_args__ = (sa.UniqueConstraint("draw_id", "number"),)
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"))
    drawn_object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("drawn_object.id"), index=True)
    number: Mapped[int]
    seat_type: Mapped[str] = mapped_column(sa.String(60))
    code: Mapped[str] = mapped_column(sa.String(64))
    circle: Mapped[str] = mapped_column(sa.String(20))
    sizes: Mapped[dict[str, Any]]
    pool: Mapped[list[str]]
    inspector_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspector.id"))
    ticket: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    inspector: Mapped[Inspector] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A substitute belongs to the draw's case."""
        return self.draw_id


class CapOverride(Identified, Model):
    """Legal affairs lets an object that is at the yearly cap into the pool of one task: who, when, why."""

    __tablename__ = "cap_override"
    __table_args__ = (sa.UniqueConstraint("task_id", "object_id"),)
    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("task.id"), index=True)
    object_id: Mapped[UUID] = mapped_column(sa.ForeignKey("inspection_object.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """An override belongs to its task's case."""
        return self.task_id


class DrawView(Identified, Model):
    """Somebody looked at who is drawn before the embargo's end: who, when."""

    __tablename__ = "draw_view"
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")


class DrawKeyHandout(Identified, Model):
    """An auditor got the key of a draw whose inspections are over: who, when, why."""

    __tablename__ = "draw_key_handout"
    draw_id: Mapped[UUID] = mapped_column(sa.ForeignKey("draw.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A handout belongs to the draw's case."""
        return self.draw_id


append_only(DrawKeyHandout)
append_only(CapOverride)
append_only(DrawRow)
append_only(DrawnSubstitute)
