"""Days, moments and labels in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from markupsafe import Markup

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


@pytest.mark.parametrize(("text", "said"), [
    ("赵某 0531-00000000（示例）", '赵某 <span class="one">0531-00000000</span>（示例）'),
    ("400-123-4567", '<span class="one">400-123-4567</span>'),
    ("<b>0531-86666666", '&lt;b&gt;<span class="one">0531-86666666</span>'),
    ("a1-22, 7B3C-9912, 18560273744", "a1-22, 7B3C-9912, 18560273744"),
])
def test_a_telephone_number_is_not_broken_at_its_hyphen(text: str, said: str) -> None:
    assert filters.unbroken(text) == said


def test_what_is_no_plain_text_is_left_as_it_is() -> None:
    marked = Markup("<i>0531-00000000</i>")
    assert filters.unbroken(marked) is marked
    assert filters.unbroken(7) == 7
