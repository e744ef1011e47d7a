"""Who assists at a visit, beside the team and never of it (article 19)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldapp.law import article

_BETWEEN = re.compile(r"[\s、,，;；/（）()]+")


@dataclass(frozen=True, slots=True)
class Assisting:
    """An agency or an expert who comes along: whether the qualification holds on the day, to whom of the team related."""

    name: str
    is_qualified: bool
    related_to: Sequence[str] = ()


@article("19")
def is_qualified_on(day: date, valid_until: date | None) -> bool:
    """Whether the qualification of who assists holds on a day; None is one that does not end."""
    return valid_until is None or valid_until >= day


@article("19", "24")
def people_named(line: str) -> list[str]:
    """The names that one line of an agency's people may hold: the whole of it, and each that stands between its marks."""
    return [name for name in (line, *_BETWEEN.split(line)) if name]
