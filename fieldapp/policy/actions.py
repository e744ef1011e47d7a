"""Enter rule sets and calendar days; seed the first of each."""

from datetime import date, timedelta

import chinese_calendar

from fieldapp import clock, db, ledger
from fieldapp.jobs import actions as jobs
from fieldapp.ledger.actions import Actor
from fieldapp.policy import queries, rules
from fieldapp.policy.models import CalendarDay, CalendarNotice, RuleSetRow
from fieldapp.policy.rules import DayKind, RuleSet
from fieldapp.refusals import NotFound
from fieldapp.words import N_

FIRST_YEAR = 2024
LAST_PUBLISHED_YEAR = max(day.year for day in chinese_calendar.holidays)
PUBLISHED = "国务院办公厅关于部分节假日安排的通知"
PROVISIONAL = "按周一至周五和法定节日推定"
ONE_DAY = timedelta(days=1)
# The work that follows belongs to the areas that keep deadlines, all above this one.
ENTERED = "policy.calendar_entered"


def seed_rule_set(*, by: Actor) -> list[RuleSetRow]:
    """Put the regulation's numbers and those followed after it ran out into an empty table."""
    if queries.rule_set_rows():
        return queries.rule_set_rows()
    return [_write_rule_set(rule_set, by) for rule_set in rules.first_rule_sets()]


def seed_calendar(*, by: Actor) -> list[CalendarNotice]:
    """Fill the years that the calendar lacks: the published ones as they are, those after them provisionally."""
    present = set(queries.years())
    wanted = range(FIRST_YEAR, max(LAST_PUBLISHED_YEAR, clock.today().year) + 2)
    return [_seed_year(year, by) for year in wanted if year not in present]


def enter_rule_set(rule_set: RuleSet, *, by: Actor) -> RuleSetRow:
    """Let other numbers hold from a coming day on; the set before ends the day before."""
    rules.check_numbers({number.name: getattr(rule_set, number.name) for number in rules.NUMBERS})
    rows = queries.rule_set_rows()
    latest = rows[-1] if rows else None
    rules.check_may_enter(rule_set.effective_from, latest.effective_from if latest else None, clock.today())
    if latest and latest.effective_from == rule_set.effective_from:
        latest.name, latest.numbers = rule_set.name, dict(rule_set.numbers())
        ledger.record(by, "policy.rule_set_changed", latest)
        return latest
    if latest and (latest.effective_to is None or latest.effective_to >= rule_set.effective_from):
        latest.effective_to = rule_set.effective_from - ONE_DAY
        ledger.record(by, "policy.rule_set_ended", latest)
    return _write_rule_set(rule_set, by)


def enter_days(first: date, last: date, kind: DayKind, source: str, *, by: Actor) -> CalendarNotice:
    """Enter what a notice says of one day or of a row of days; they are no longer provisional."""
    rules.check_period(first, last, source)
    for number in range((last - first).days + 1):
        _set_day(first + ONE_DAY * number, kind, source.strip())
    jobs.ask(ENTERED, first=first.isoformat(), last=last.isoformat())
    return _write_notice("policy.days_entered", first, last, kind.value, source.strip(), by)


def confirm_year(year: int, source: str, *, by: Actor) -> CalendarNotice:
    """Say that all of a notice has been entered: what it leaves of the year is no longer provisional."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rules.check_period(first, last, source)
    days = queries.days_of_year(year)
    if not days:
        raise NotFound("policy.no_such_year", N_("日历中没有这一年"))
    for row in days:
        if row.provisional:
            row.source, row.provisional = source.strip(), False
    jobs.ask(ENTERED, first=first.isoformat(), last=last.isoformat())
    return _write_notice("policy.year_confirmed", first, last, "", source.strip(), by)


def _write_rule_set(rule_set: RuleSet, by: Actor) -> RuleSetRow:
    row = RuleSetRow(name=rule_set.name, effective_from=rule_set.effective_from, effective_to=rule_set.effective_to,
                     numbers=dict(rule_set.numbers()))
    db.session.add(row)
    ledger.record(by, "policy.rule_set_entered", row)
    return row


def _seed_year(year: int, by: Actor) -> CalendarNotice:
    known = year <= LAST_PUBLISHED_YEAR
    source = PUBLISHED if known else PROVISIONAL
    kinds = {day: _published_kind(day) if known else kind for day, kind in rules.provisional_year(year).items()}
    db.session.add_all(CalendarDay(date=day, kind=kind.value, source=source, provisional=not known)
                       for day, kind in kinds.items())
    return _write_notice("policy.year_seeded", date(year, 1, 1), date(year, 12, 31), "", source, by)


def _published_kind(day: date) -> DayKind:
    if day in chinese_calendar.holidays:
        return DayKind.HOLIDAY
    return DayKind.MAKEUP_WORKDAY if day in chinese_calendar.workdays else rules.ordinary_kind(day)


def _set_day(day: date, kind: DayKind, source: str) -> None:
    row = queries.calendar_day(day)
    if row is None:
        db.session.add(CalendarDay(date=day, kind=kind.value, source=source, provisional=False))
    else:
        row.kind, row.source, row.provisional = kind.value, source, False


def _write_notice(action: str, first: date, last: date, kind: str, source: str, by: Actor) -> CalendarNotice:
    notice = CalendarNotice(first_day=first, last_day=last, kind=kind, source=source, entered_by=by.person_id,
                            entered_at=clock.now())
    db.session.add(notice)
    ledger.record(by, action, notice)
    return notice
