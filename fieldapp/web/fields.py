"""The fields of a form, one parser for each kind: what cannot be read is refused at its field, never cut or guessed.

`needed_…` wants something there; the others answer nothing (an empty text, None, an empty list) where nothing is typed.
"""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from fieldapp.refusals import Refusal
from fieldapp.words import N_

Form = MultiDict[str, str]
Word = TypeVar("Word", bound=Enum)
MOST_BASIS_POINTS = 1_000_000
"""More than any ratio: what lies between is for the rules to refuse."""


def json_said(body: bytes) -> Any:
    """What a body of JSON says; None for one that cannot be read, or is nested too deeply."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def text(form: Form, name: str, most: int) -> str:
    """A line or paragraph of at most so many characters; lines end as on this side of the wire."""
    typed = form.get(name, "").replace("\r\n", "\n").strip()
    if len(typed) > most:
        raise Refusal("web.text_too_long", N_("最多 %(most)s 个字"), field=name, most=most)
    return typed


def needed_text(form: Form, name: str, most: int) -> str:
    """A text that must say something."""
    typed = text(form, name, most)
    if not typed:
        raise Refusal("web.text_missing", N_("此项必填"), field=name)
    return typed


def needed_number(form: Form, name: str, least: int, most: int) -> int:
    """A whole number between two, written in plain digits."""
    typed = form.get(name, "").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(most)) and least <= int(typed) <= most):
        raise Refusal("web.number_unreadable", N_("请填写 %(least)s 到 %(most)s 的整数"), field=name, least=least, most=most)
    return int(typed)


def ratio(typed: str, name: str) -> int:
    """A ratio in per cent, at most two decimals ("5", "7.5%"), as basis points; refused at the field `name`."""
    try:
        points = Decimal(typed.strip().removesuffix("%").removesuffix("％").strip()) * 100
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite() or points != points.to_integral_value() or abs(points) > MOST_BASIS_POINTS:
        raise Refusal("web.ratio_unreadable", N_("抽查比例应为百分数，最多两位小数，例如 5 或 7.5"), field=name)
    return int(points)


def day(form: Form, name: str) -> date | None:
    """A day as browsers send it: 2026-11-23."""
    typed = form.get(name, "").strip()
    return needed_day(form, name) if typed else None


def needed_day(form: Form, name: str) -> date:
    """A day that must be there."""
    try:
        return date.fromisoformat(form.get(name, "").strip())
    except ValueError as odd:
        raise Refusal("web.day_unreadable", N_("请填写日期"), field=name) from odd


def identifier(form: Form, name: str) -> UUID | None:
    """What an address or an optional choice names; nonsense counts as nothing."""
    try:
        return UUID(form.get(name, ""))
    except ValueError:
        return None


def needed_identifier(form: Form, name: str) -> UUID:
    """A choice that the page offered."""
    chosen = identifier(form, name)
    if chosen is None:
        raise _not_offered(name)
    return chosen


def identifiers(form: Form, name: str) -> list[UUID]:
    """The things ticked, each once; what is no identifier was never offered."""
    try:
        return list(dict.fromkeys(UUID(chosen) for chosen in form.getlist(name) if chosen))
    except ValueError as odd:
        raise _not_offered(name) from odd


def word(form: Form, name: str, words: type[Word]) -> Word | None:
    """One of some known words; anything else counts as nothing."""
    return next((one for one in words if one.value == form.get(name)), None)


def _not_offered(name: str) -> Refusal:
    return Refusal("web.not_offered", N_("请从列表中选择"), field=name)
