"""What the database was told to change, and whether it was committed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from fieldapp import db

VERB = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# A try counts against its limit, also one that is refused.
BESIDE = frozenset({"rate_bucket"})


class Writes:
    """The tables that committed transactions wrote to since the last look."""

    def __init__(self) -> None:
        self._pending: dict[int, list[str]] = {}
        self._kept: list[str] = []

    def take(self) -> list[str]:
        """The tables written to, and a clean slate."""
        kept, self._kept = self._kept, []
        return sorted(set(kept) - BESIDE)

    def executed(self, connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Note a statement that changes something, until its transaction ends."""
        if found := VERB.match(statement):
            self._pending.setdefault(id(connection), []).append(found[1])

    def committed(self, connection: Any) -> None:
        """What was pending is kept."""
        self._kept += self._pending.pop(id(connection), [])

    def rolled_back(self, connection: Any) -> None:
        """What was pending never happened."""
        self._pending.pop(id(connection), None)


@contextmanager
def watched() -> Iterator[Writes]:
    """Watch the application's database."""
    writes, engine = Writes(), db.session.get_bind()
    listeners: list[tuple[str, Callable[..., None]]] = [
        ("before_cursor_execute", writes.executed), ("commit", writes.committed), ("rollback", writes.rolled_back)]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield writes
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def row_counts() -> dict[str, int]:
    """How many rows every table has."""
    tables = [table for table in db.Model.metadata.sorted_tables if table.name not in BESIDE]
    counted = sa.union_all(*(sa.select(sa.literal(table.name), sa.func.count()).select_from(table) for table in tables))
    with db.transaction(write=False):
        return {row[0]: row[1] for row in db.session.execute(counted)}
