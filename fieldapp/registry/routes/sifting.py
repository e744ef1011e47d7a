"""Filters as links that can be shared: each keeps what the address already says and changes one thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _

NAMES = frozenset({"q", "category", "city", "size", "grade", "focus", "division", "certificate", "verdict", "state"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a filter."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, what is chosen now, the links."""

    label: str
    current: str
    is_set: bool
    choices: list[Choice]


def filter_by(endpoint: str, name: str, label: str, options: Iterable[tuple[str, str]], **place: UUID) -> Filter:
    """A filter over `?name=` with all its options and “all” before them; `place` are the address's own parts."""
    chosen = request.args.get(name, "")
    choices = [Choice(word, address(endpoint, **place, **{name: value}), value == chosen)
               for value, word in [("", _("全部")), *options]]
    current = next((choice for choice in choices if choice.is_current), choices[0])
    return Filter(label, current.label, current is not choices[0], choices)


def address(endpoint: str, **changes: str | UUID) -> str:
    """The list's address with the filters that are set, some of them changed, back on the first page."""
    said: dict[str, Any] = {name: value for name, value in request.args.items() if name in NAMES} | changes
    return url_for(endpoint, **{name: value for name, value in said.items() if value})
