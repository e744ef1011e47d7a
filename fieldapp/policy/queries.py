"""Reading rule sets and the calendar."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from fieldapp import db
from fieldapp.policy import rules
from fieldapp.policy.models import CalendarDay, CalendarNotice, RuleSetRow
from fieldapp.policy.rules import CalendarEntry, DayKind, Due, RuleSet

# Twenty working days have never taken more than thirty-six days; a period of sixty is read with room to spare.
DAYS_PER_WORKING_DAY = 3
ROOM = 30


def rule_set_on(day: date) -> RuleSet:
    """The numbers that hold on a day; without any row, the regulation's own."""
    return rules.in_force(rule_sets() or list(rules.first_rule_sets()), day)


def rule_sets() -> list[RuleSet]:
    """All sets of numbers, the earliest first."""
    return [RuleSet.of(row.name, row.effective_from, row.effective_to, row.numbers) for row in rule_set_rows()]


def rule_set_rows() -> list[RuleSetRow]:
    """The rows of the sets, the earliest first."""
    return db.scalars(sa.select(RuleSetRow).order_by(RuleSetRow.effective_from))


def due(start: date, workdays: int) -> Due:
    """The last day of a period of working days after `start`, marked when a provisional day was counted."""
    entries = entries_between(start, start + timedelta(days=workdays * DAYS_PER_WORKING_DAY + ROOM))
    counted = list(rules.counted_days(start, workdays, _kinds(entries)))
    provisional = any(entries[day].is_provisional if day in entries else True for day in counted[1:])
    return Due(counted[-1], provisional)


def entries_between(first: date, last: date) -> dict[date, CalendarEntry]:
    """What the calendar says of the dates from `first` to `last`."""
    rows = db.scalars(sa.select(CalendarDay).where(CalendarDay.date.between(first, last)).order_by(CalendarDay.date))
    return {row.date: CalendarEntry(DayKind(row.kind), row.provisional) for row in rows}


def days_of_year(year: int) -> list[CalendarDay]:
    """The calendar of a year, day by day."""
    of_year = sa.select(CalendarDay).where(CalendarDay.date.between(date(year, 1, 1), date(year, 12, 31)))
    return db.scalars(of_year.order_by(CalendarDay.date))


def special_spans(days: Sequence[CalendarDay]) -> list[tuple[date, date, str, bool]]:
    """The holidays and days worked in exchange among days in their order: first, last, kind, provisional or not."""
    spans: list[tuple[date, date, str, bool]] = []
    for day in days:
        if day.kind in {DayKind.WORKDAY, DayKind.WEEKEND}:
            continue
        first, last, *same = spans[-1] if spans else (None, None)
        if last is not None and last + timedelta(days=1) == day.date and same == [day.kind, day.provisional]:
            spans[-1] = (first or last, day.date, day.kind, day.provisional)
        else:
            spans.append((day.date, day.date, day.kind, day.provisional))
    return spans


def calendar_day(day: date) -> CalendarDay | None:
    """One day of the calendar."""
    return db.session.get(CalendarDay, day)


def notices(year: int) -> list[CalendarNotice]:
    """What was entered for days of a year, the newest first."""
    of_year = CalendarNotice.first_day.between(date(year, 1, 1), date(year, 12, 31))
    return db.scalars(sa.select(CalendarNotice).where(of_year).order_by(CalendarNotice.id.desc()))


def years() -> list[int]:
    """The years that the calendar holds."""
    first, last = db.session.execute(sa.select(sa.func.min(CalendarDay.date), sa.func.max(CalendarDay.date))).one()
    return list(range(first.year, last.year + 1)) if first else []


def provisional_years() -> list[int]:
    """The years with days that still wait for the State Council's notice."""
    days = sa.select(sa.func.min(CalendarDay.date), sa.func.max(CalendarDay.date)).where(CalendarDay.provisional)
    first, last = db.session.execute(days).one()
    return list(range(first.year, last.year + 1)) if first else []


def _kinds(entries: Mapping[date, CalendarEntry]) -> dict[date, DayKind]:
    return {day: entry.kind for day, entry in entries.items()}
