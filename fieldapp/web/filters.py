"""What templates may say: days and moments in the reader's language, labels of states, the parts of every page."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from fieldapp import clock
from fieldapp.web.pages import sentence
from fieldapp.web.preferences import LANGUAGES, language, reader
from fieldapp.words import Labelled

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"(?<![\w-])(\+?\d{2,5}(?:-\d{2,8}){1,3})(?![\w-])")
_CODE = re.compile(r"[0-9A-Z]{18}")
PARTS = ("web/_parts.html", "web/_fields.html")


class Parts:
    """The macros of every page under one name; loaded when a page first asks, so that they see all globals."""

    def __getattr__(self, name: str) -> Any:
        for template in PARTS:
            module = current_app.jinja_env.get_template(template).module
            if hasattr(module, name):
                return getattr(module, name)
        raise AttributeError(name)


def install(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.filters.update(day=day, short_day=short_day, weekday=weekday, moment=moment, clock=hour, label=label,
                                 word=word, told=told, unbroken=unbroken)
    app.jinja_env.tests.update(credit_code=is_credit_code)
    app.jinja_env.globals.update(parts=Parts(), sentence=sentence, languages=LANGUAGES, today=clock.today)
    app.context_processor(about_the_request)


def about_the_request() -> dict[str, Any]:
    """What every page knows of its request: who reads, how, and the form that came back with a refusal."""
    return {"officer": g.get("officer"), "reader": reader(), "refusal": g.get("refusal"), "form": _form()}


def _form() -> MultiDict[str, str]:
    """What was typed; nothing of a form that was too large to be read."""
    try:
        return request.form
    except RequestEntityTooLarge:
        return MultiDict()


def word(text: str) -> str:
    """A text that may be a word of ours, in the reader's language; `_()` would take what people wrote for markup."""
    return gettext(text) if text else ""


def told(value: Any) -> str:
    """What a history keeps of a value: a day or a moment as people read it, yes or no, a word of ours, else as it is."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if value is None or value == "":
        return gettext("（空）")
    if isinstance(value, str) and _DAY.fullmatch(value[:10]):
        with suppress(ValueError):
            return day(date.fromisoformat(value)) if len(value) == 10 else moment(datetime.fromisoformat(value))
    return word(value) if isinstance(value, str) else str(value)


def unbroken(value: Any) -> Any:
    """A text whose telephone numbers, 0531-00000000, stay on one line each; what is no plain text as it is."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    whole = Markup('<span class="one">{}</span>')
    return Markup("").join(whole.format(part) if place % 2 else part for place, part in enumerate(_NUMBER.split(value)))


def day(value: date | None) -> str:
    """2026年11月23日, 23 Nov 2026; nothing for no day."""
    if value is None:
        return ""
    value = _day_of(value)
    if language() == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | None) -> str:
    """11月23日, 23 Nov; with its year when that is not this year."""
    if value is None or _day_of(value).year != clock.today().year:
        return day(value)
    value = _day_of(value)
    return f"{value.month}月{value.day}日" if language() == "zh" else f"{value.day} {MONTHS[value.month - 1]}"


def weekday(value: date) -> str:
    """周一, Mon."""
    name = WEEKDAYS[language()][_day_of(value).weekday()]
    return f"周{name}" if language() == "zh" else name


def hour(value: datetime | None) -> str:
    """14:02, as clocks in Shandong show it."""
    return f"{clock.local(value):%H:%M}" if value else ""


def moment(value: datetime | None) -> str:
    """11月23日 14:02, 23 Nov 14:02; with its year when that is not this year."""
    return f"{short_day(value)} {hour(value)}" if value else ""


def is_credit_code(value: Any) -> bool:
    """Whether a fact is a 统一社会信用代码, which stands on a line of its own: a phone's column is too narrow for it."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def label(value: str | None, words: type[Labelled]) -> str:
    """The regulation's word for a stored state or kind, in the reader's language."""
    if not value:
        return ""
    return gettext(words(value).label) if value in {member.value for member in words} else value


def _day_of(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value
