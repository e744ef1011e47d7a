"""Dated rule sets and the working-day calendar."""

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model


class RuleSetRow(Identified, Model):
    """The numbers of the law between two days (`effective_to` empty: until further notice)."""

    __tablename__ = "rule_set"
    name: Mapped[str] = mapped_column(sa.String(120))
    effective_from: Mapped[dt.date] = mapped_column(unique=True)
    effective_to: Mapped[dt.date | None]
    numbers: Mapped[dict[str, Any]]


class CalendarDay(Model):
    """What kind of day a date is, by which notice; provisional until the State Council's notice is entered."""

    __tablename__ = "calendar_day"
    date: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    source: Mapped[str] = mapped_column(sa.String(120))
    provisional: Mapped[bool] = mapped_column(default=False)


class CalendarNotice(Identified, Model):
    """What was entered into the calendar: which days, as what kind, by which notice; `kind` empty for a whole year."""

    __tablename__ = "calendar_notice"
    first_day: Mapped[dt.date] = mapped_column(index=True)
    last_day: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(sa.String(20), default="")
    source: Mapped[str] = mapped_column(sa.String(120))
    entered_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime]
