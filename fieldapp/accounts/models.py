"""People, divisions, roles, sessions, one-time links, and the list 待我审批."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.db import Identified, Model
from fieldapp.roles import Officer, Role
from fieldapp.words import N_


class Division(Identified, Model):
    """A 处室 of the department; a renamed one keeps its history by dates."""

    __tablename__ = "division"
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    is_legal_affairs: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Person(Identified, Model):
    """Somebody who can sign in."""

    __tablename__ = "person"
    staff_number: Mapped[str] = mapped_column(sa.String(40), unique=True, info={"told": N_("工号")})
    user_name: Mapped[str] = mapped_column(sa.String(60), unique=True, info={"told": N_("用户名")})
    name: Mapped[str] = mapped_column(sa.String(60), info={"told": N_("姓名")})
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    telephone: Mapped[str] = mapped_column(sa.String(30), default="", info={"told": N_("电话")})
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    portrait: Mapped[bytes | None] = mapped_column(deferred=True)
    portrait_type: Mapped[str | None] = mapped_column(sa.String(40))
    left_on: Mapped[date | None] = mapped_column(info={"told": N_("离开日期")})
    division: Mapped[Division] = relationship(lazy="joined")
    role_rows: Mapped[list["PersonRole"]] = relationship(lazy="select", cascade="all, delete-orphan")

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the person holds."""
        return frozenset(Role(row.role) for row in self.role_rows)

    @property
    def officer(self) -> Officer:
        """The person as actions and the ledger see whoever acts."""
        return Officer(self.id, self.name, self.division_id, self.roles)


class PersonRole(Model):
    """One role of one person."""

    __tablename__ = "person_role"
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(30), primary_key=True)


class SignIn(Identified, Model):
    """A session: the SHA-256 of its 256-bit secret, until when, and when it was ended."""

    __tablename__ = "sign_in"
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(sa.String(60))
    device: Mapped[str] = mapped_column(sa.String(200))
    second_factor: Mapped[str | None] = mapped_column(sa.String(30))
    person: Mapped[Person] = relationship(lazy="joined")


class OneTimeLink(Identified, Model):
    """A link that sets a password once: for the first, or after an administrator's reset."""

    __tablename__ = "one_time_link"
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    issued_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")


class Waiting(Identified, Model):
    """One thing that waits for somebody's decision: written by the area that asks, listed in 待我审批."""

    __tablename__ = "waiting"
    __table_args__ = (sa.Index("ix_waiting_open", "answered_at", "role", "division_id"),)
    kind: Mapped[str] = mapped_column(sa.String(60))
    thing_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(sa.String(30))
    division_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("division.id"))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    not_person_ids: Mapped[list[Any]] = mapped_column(default=list)
    title: Mapped[str] = mapped_column(sa.String(300))
    endpoint: Mapped[str] = mapped_column(sa.String(80))
    arguments: Mapped[dict[str, Any]]
    due_on: Mapped[date | None]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
