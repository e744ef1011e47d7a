"""The statutory holidays of years whose State Council notice has not come out: dates fixed by law and moon."""

from datetime import date, timedelta

from fieldapp.law import article
from fieldapp.policy.rules.calendar import DayKind, ordinary_kind

# 清明, 正月初一, 端午, 中秋 as month-day; the other statutory days have fixed dates.
_MOVING: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2027: ((4, 5), (2, 6), (6, 9), (9, 15)),
    2028: ((4, 4), (1, 26), (5, 28), (10, 3)),
    2029: ((4, 4), (2, 13), (6, 16), (9, 22)),
    2030: ((4, 5), (2, 3), (6, 5), (9, 12)),
    2031: ((4, 5), (1, 23), (6, 24), (10, 1)),
    2032: ((4, 4), (2, 11), (6, 12), (9, 19)),
    2033: ((4, 4), (1, 31), (6, 1), (9, 8)),
    2034: ((4, 5), (2, 19), (6, 20), (9, 27)),
    2035: ((4, 5), (2, 8), (6, 10), (9, 16)),
    2036: ((4, 4), (1, 28), (5, 30), (10, 4)),
}
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# 除夕 and the first three days of the new year.
_SPRING_FESTIVAL = range(-1, 3)


def statutory_days(year: int) -> frozenset[date]:
    """The statutory holidays of a year; beyond the years whose moon is listed, those with a fixed date alone."""
    days = {date(year, month, day) for month, day in _FIXED}
    if year in _MOVING:
        tomb_sweeping, new_year, dragon_boat, mid_autumn = (date(year, *day) for day in _MOVING[year])
        days |= {tomb_sweeping, dragon_boat, mid_autumn}
        days |= {new_year + timedelta(days=offset) for offset in _SPRING_FESTIVAL}
    return frozenset(days)


@article("25", "26")
def provisional_year(year: int) -> dict[date, DayKind]:
    """A year as far as it can be known before the notice: Monday to Friday without the statutory days (E23).

    Longer holidays and the days worked in exchange are unknown, so a period may end a few days earlier than the
    notice will say, hardly ever later.
    """
    statutory = statutory_days(year)
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
    return {day: DayKind.HOLIDAY if day in statutory else ordinary_kind(day) for day in days}
