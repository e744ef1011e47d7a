"""The fields of a form: what is read, and what is refused at which field."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from uuid import UUID

import pytest
from werkzeug.datastructures import MultiDict

from fieldapp.refusals import Refusal
from fieldapp.web import fields

ONE = UUID("0190f5fe-7c00-7a00-8000-000000000001")


class Weather(Enum):
    RAIN = "rain"


def form(*typed: str) -> fields.Form:
    return MultiDict([("field", one) for one in typed])


@pytest.mark.parametrize(("read", "wanted"), [
    (lambda: fields.text(form(" 一\r\n二 "), "field", 3), "一\n二"),
    (lambda: fields.text(form(), "field", 3), ""),
    (lambda: fields.needed_text(form("一"), "field", 1), "一"),
    (lambda: fields.needed_number(form(" 7 "), "field", 1, 99), 7),
    (lambda: fields.day(form("2026-11-23"), "field"), date(2026, 11, 23)),
    (lambda: fields.day(form(" "), "field"), None),
    (lambda: fields.identifier(form(str(ONE)), "field"), ONE),
    (lambda: fields.identifier(form("nobody"), "field"), None),
    (lambda: fields.needed_identifier(form(str(ONE)), "field"), ONE),
    (lambda: fields.identifiers(form(str(ONE), "", str(ONE)), "field"), [ONE]),
    (lambda: fields.word(form("rain"), "field", Weather), Weather.RAIN),
    (lambda: fields.word(form("snow"), "field", Weather), None),
])
def test_what_can_be_read_is_read(read: Callable[[], object], wanted: object) -> None:
    assert read() == wanted


@pytest.mark.parametrize(("read", "code"), [
    (lambda: fields.text(form("一二三四"), "field", 3), "web.text_too_long"),
    (lambda: fields.needed_text(form(" "), "field", 3), "web.text_missing"),
    *((lambda typed=typed: fields.needed_number(form(typed), "field", 1, 99), "web.number_unreadable")
      for typed in ("", "0", "100", "-1", "1.5", "七", "7" * 5000)),
    *((lambda read=read: read(form("someday"), "field"), "web.day_unreadable") for read in (fields.day, fields.needed_day)),
    (lambda: fields.needed_day(form(), "field"), "web.day_unreadable"),
    (lambda: fields.needed_identifier(form("nobody"), "field"), "web.not_offered"),
    (lambda: fields.identifiers(form(str(ONE), "nobody"), "field"), "web.not_offered"),
])
def test_what_cannot_be_read_is_refused_at_its_field(read: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read()
    assert (refused.value.code, refused.value.field) == (code, "field")
