"""How the demonstration acts: as somebody, at some moment, in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from fieldapp import clock, db
from fieldapp.demo.people import officer
from fieldapp.jobs.actions import run_all_due
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import DayKind
from fieldapp.roles import Officer


@contextmanager
def acting(user_name: str) -> Iterator[Officer]:
    """One transaction in somebody's name; what it asks of the jobs is done right after it."""
    with db.transaction(write=True):
        yield officer(user_name)
    run_all_due()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment, so that something can have happened some time ago."""
    before = clock.set_source(lambda: moment)
    try:
        yield
    finally:
        clock.set_source(before)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day as clocks in Shandong show it."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.SHANGHAI)


def working_day_before(day: date, count: int) -> date:
    """The day that lies so many working days before another."""
    with db.transaction(write=False):
        while count:
            day -= timedelta(days=1)
            count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether a day is worked, as the calendar says."""
    entry = policy.calendar_day(day)
    return entry.kind in {DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY} if entry else day.weekday() < 5
