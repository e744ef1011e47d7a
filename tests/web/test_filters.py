"""Days, moments and labels in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from fieldapp import clock
from fieldapp.roles import Role
from fieldapp.web import filters

DAY = date(2026, 11, 3)
NIGHT = datetime(2026, 11, 3, 18, 5, tzinfo=UTC)  # 4 November, five past two in the morning in Shandong


@pytest.mark.parametrize(("language", "said"), [
    ("zh", ["2026年11月3日", "11月3日", "周二", "11月4日 02:05", "02:05", "2025年1月2日", "执法检查人员"]),
    ("en", ["3 Nov 2026", "3 Nov", "Tue", "4 Nov 02:05", "02:05", "2 Jan 2025", "Inspector"]),
])
def test_days_and_moments_are_said_in_the_readers_language(app: Flask, language: str, said: list[str]) -> None:
    clock.set_source(lambda: NIGHT)
    with app.test_request_context(headers={"Accept-Language": language}):
        assert [filters.day(DAY), filters.short_day(DAY), filters.weekday(DAY), filters.moment(NIGHT), filters.hour(NIGHT),
                filters.short_day(date(2025, 1, 2)), filters.label("inspector", Role)] == said


def test_what_is_not_there_is_not_said(app: Flask) -> None:
    with app.test_request_context():
        assert [filters.day(None), filters.short_day(None), filters.moment(None), filters.hour(None),
                filters.label(None, Role), filters.label("unheard of", Role)] == ["", "", "", "", "", "unheard of"]
