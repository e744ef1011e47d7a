"""Working days: which days count, and on which day a period ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

LONGEST_PERIOD = 400
ONE_DAY = timedelta(days=1)


class DayKind(Labelled):
    """What kind of day a date is."""

    WORKDAY = "workday", N_("工作日")
    WEEKEND = "weekend", N_("周末")
    HOLIDAY = "holiday", N_("节假日")
    MAKEUP_WORKDAY = "makeup_workday", N_("调休上班")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What the calendar says of a date; provisional until the State Council's notice is entered."""

    kind: DayKind
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, and whether a provisional day was counted on the way."""

    day: date
    is_provisional: bool = False


def ordinary_kind(day: date) -> DayKind:
    """Monday to Friday are working days as long as nobody says otherwise."""
    return DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND


def is_workday(kind: DayKind) -> bool:
    """Whether a day of that kind counts: ordinary working days and those worked in exchange for a holiday."""
    return kind in {DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY}


@article("25", "26")
def counted_days(start: date, count: int, kinds: Mapping[date, DayKind]) -> Iterator[date]:
    """Every date from the start (included) to the day on which the period ends."""
    if count < 0:
        raise ValueError(f"{count} working days")
    day, left = start, count
    yield day
    while left:
        day += ONE_DAY
        left -= is_workday(kinds.get(day) or ordinary_kind(day))
        yield day


@article("11")
def plan_due(year: int, month: int, day: int) -> date:
    """The day by which a year's plan is made: a date of the year itself, so that no calendar need be known (E31)."""
    return date(year, month, day)


def check_period(first: date, last: date, source: str) -> None:
    """Days are entered from a first to a last one, with the notice that says so."""
    if last < first:
        raise Refusal("policy.period_reversed", N_("结束日期不能早于开始日期"), field="last")
    if (last - first).days >= LONGEST_PERIOD:
        raise Refusal("policy.period_too_long", N_("一次最多录入 %(most)s 天"), field="last", most=LONGEST_PERIOD)
    if not source.strip():
        raise Refusal("policy.source_missing", N_("请写明依据的通知文号"), field="source")
