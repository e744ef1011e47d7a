"""What somebody with the database in hand can do to one row: edit it, delete it, exchange it with another, slip one in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.rules import is_protected

OF_THE_LOG = frozenset({"ledger_entry", "ledger_payload", "ledger_leaf", "ledger_tile", "ledger_checkpoint", "ledger_rows",
                        "ledger_cosignature"})
# A datum may be erased, not changed; a head or a witness's line that is taken away shows only against one kept outside.
ERASABLE = frozenset({"ledger_payload", "ledger_checkpoint", "ledger_cosignature"})
UNSIGNED = frozenset({("ledger_checkpoint", "at")})  # a head says how far the log goes; when, only its witnesses say
CHANGES = ("edit", "delete", "swap", "insert")


@dataclass(frozen=True)
class Mutation:
    """What was done to which row of which table; `keys` are the rows that no longer fit, as findings write them."""

    change: str
    table: str
    keys: tuple[str, ...]
    column: str = ""


def tables() -> list[sa.Table]:
    """The tables that the ledger answers for, and the log's own, that hold rows."""
    found = [table for table in db.Model.metadata.sorted_tables if is_protected(table.name) or table.name in OF_THE_LOG]
    return [table for table in found if db.session.scalar(sa.select(sa.func.count()).select_from(table))]


@contextmanager
def as_superuser() -> Iterator[None]:
    """As whoever owns the server, where there is one; afterwards as the application again."""
    own = db.session.get_bind().url
    if own.get_backend_name() == "sqlite":
        yield
        return
    db.session.get_bind().dispose()
    engine = db.connect(own.set(username="postgres").render_as_string())
    try:
        yield
    finally:
        db.session.remove()
        engine.dispose()
        db.connect(own.render_as_string())


def unguarded() -> None:
    """Take the triggers away, and let nothing point anywhere, until the transaction is taken back."""
    if not db.has_one_writer():
        db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        return
    db.session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    for (name,) in db.session.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        db.session.execute(sa.text(f"DROP TRIGGER {name}"))


def mutate(table: sa.Table, chance: Random) -> Mutation | None:
    """Do one thing to a row of the table; None where that thing cannot be done to it."""
    change = chance.choice(CHANGES)
    if (change == "delete" and table.name in ERASABLE) or (change == "insert" and table.name == "ledger_checkpoint"):
        return None  # a signed head that stands there twice says nothing else
    key = sa.tuple_(*table.primary_key.columns)
    rows = [dict(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings()]
    row = chance.choice(rows)
    free = [column for column in table.columns if not column.primary_key and (table.name, column.name) not in UNSIGNED]
    if change == "delete":
        db.session.execute(sa.delete(table).where(key == _key(table, row)))
        return Mutation(change, table.name, (_text(table, row),))
    if change == "insert":
        return _insert(table, row)
    if not free:
        return None
    column = chance.choice(free)
    if change == "swap":
        return _swap(table, column, row, [one for one in rows if one[column.name] != row[column.name]], chance)
    changed = sa.update(table).where(key == _key(table, row)).values({column.name: other(column, row[column.name])})
    return Mutation(change, table.name, (_text(table, row),), column.name) if _is_let_in(changed) else None


def other(column: sa.Column[Any], value: Any) -> Any:
    """Another value of the column's kind."""
    if value is None:
        return _SOMETHING.get(_kind(column.type), "x")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    if isinstance(value, dict):
        return {**value, "changed": 1}
    if isinstance(value, list):
        return [*value, "changed"]
    return f"{value[:-1]}{'x' if value[-1:] != 'x' else 'y'}"


def _kind(of: Any) -> type:
    """The kind of Python value that a column holds, also where it is decorated."""
    return _kind(of.impl_instance) if isinstance(of, sa.types.TypeDecorator) else of.python_type


_SOMETHING: dict[type, Any] = {
    int: 0, bool: False, datetime: datetime.fromisoformat("2020-01-01T00:00:00+00:00"), date: date(2020, 1, 1), UUID: UUID(int=1),
    bytes: b"x", dict: {}, list: []}


def _insert(table: sa.Table, row: dict[str, Any]) -> Mutation | None:
    """The row once more under another identifier, where the table has one of its own and lets it in."""
    [*keys] = table.primary_key.columns
    if len(keys) != 1 or not isinstance(row[keys[0].name], UUID):
        return None
    new = {**row, keys[0].name: uuid4()}
    for constraint in table.constraints | table.indexes:
        if isinstance(constraint, sa.UniqueConstraint) or (isinstance(constraint, sa.Index) and constraint.unique):
            column = next(iter(constraint.columns))
            new[column.name] = other(column, new[column.name])
    return Mutation("insert", table.name, (_text(table, new),)) if _is_let_in(sa.insert(table).values(new)) else None


def _swap(table: sa.Table, column: sa.Column[Any], row: dict[str, Any], rest: list[dict[str, Any]],
          chance: Random) -> Mutation | None:
    """Exchange one column of two rows."""
    if not rest:
        return None
    second, key = chance.choice(rest), sa.tuple_(*table.primary_key.columns)
    first_value, second_value = row[column.name], second[column.name]
    steps = [sa.update(table).where(key == _key(table, one)).values({column.name: value})
             for one, value in ((row, None), (second, first_value), (row, second_value)) if value is not None or column.nullable]
    keys = _text(table, row), _text(table, second)
    return Mutation("swap", table.name, keys, column.name) if _is_let_in(*steps) else None


def _is_let_in(*steps: sa.Executable) -> bool:
    """Do it, unless a constraint of the database refuses it."""
    try:
        with db.session.begin_nested():
            for step in steps:
                db.session.execute(step)
    except sa.exc.StatementError:
        return False
    return True


def _key(table: sa.Table, row: dict[str, Any]) -> Any:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _text(table: sa.Table, row: dict[str, Any]) -> str:
    return "/".join(str(part) for part in _key(table, row))
