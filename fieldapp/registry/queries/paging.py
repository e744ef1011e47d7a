"""One page of a long list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from fieldapp import db

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Page(Generic[Thing]):
    """Some rows of a list, how many there are in all, which page this is."""

    rows: list[Thing]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // self.per_page))

    def __iter__(self) -> Iterator[Thing]:
        return iter(self.rows)


def page_of(statement: sa.Select[Any], page: int, per_page: int) -> Page[Any]:
    """The rows of a page; one beyond the end is the last page."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = min(max(1, page), max(1, -(-total // per_page)))
    rows = db.scalars(statement.limit(per_page).offset((number - 1) * per_page))
    return Page(rows, total, number, per_page)


def containing(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Whether a column contains a text, taken as it is typed."""
    return column.icontains(text, autoescape=True)
