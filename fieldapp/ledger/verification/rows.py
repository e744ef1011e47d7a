"""The rows: each as the last entry about it left it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapper

from fieldapp import db
from fieldapp.ledger.rules import is_protected, row_hash
from fieldapp.ledger.verification.entries import Entries
from fieldapp.ledger.verification.finding import Finding

AT_ONCE = 1000
Columns = Mapping[str, set[str]]
"""By table the names of its columns."""
UNREADABLE = "unreadable"
"""In place of the hash of a row whose columns hold what they cannot hold."""


def check_rows(entries: Entries) -> Iterator[Finding]:
    """Compare every protected row with what the entries say of it."""
    for table, key, kept, found in rows_that_differ(entries):
        yield Finding("row_missing" if found is None else "row_changed" if kept else "row_unknown", table, key)


def rows_that_differ(entries: Entries, there: Columns | None = None) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Table and key of each protected row that is not as its last entry left it; the hash it left, and the row's own.

    `there` are the columns that an older database has: what it has not yet got was empty when the row was entered.
    """
    expected = {key: kept for key, kept in entries.rows.items() if is_protected(key[0])}
    for mapper in db.Model.registry.mappers:
        table = str(mapper.local_table)
        if is_protected(table) and (there is None or table in there):
            for key, found in _rows(mapper, there):
                kept = expected.pop((table, key), None)
                if kept != found:
                    yield table, key, kept, found
    for (table, key), kept in expected.items():
        if kept is not None:
            yield table, key, kept, None


def columns_there() -> Columns:
    """The tables and their columns as the database has them now."""
    found = sa.inspect(db.session.connection()).get_multi_columns()
    return {table: {column["name"] for column in columns} for (_, table), columns in found.items()}


def _rows(mapper: Mapper[Any], there: Columns | None) -> Iterator[tuple[str, str]]:
    """Each row's key and hash, as it stands in the database now."""
    names = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    done, rows = 0, _whole(mapper, there).order_by(*mapper.primary_key).execution_options(yield_per=AT_ONCE)
    try:
        found = db.session.execute(rows)
        columns = tuple(found.keys())
        for row in found:
            said = dict(zip(columns, row, strict=True))
            one = "/".join([str(said[name]) for name in names]), row_hash(said)
            done += 1
            yield one
    except (ValueError, TypeError):
        yield from _one_by_one(mapper, there, done)


def _one_by_one(mapper: Mapper[Any], there: Columns | None, done: int) -> Iterator[tuple[str, str]]:
    """The rows from some place on, each read by itself: one of them cannot be read."""
    raw = [sa.type_coerce(column, sa.types.NullType()) for column in mapper.primary_key]
    for key in db.session.execute(sa.select(*raw).order_by(*mapper.primary_key).offset(done)).all():
        try:
            row = db.session.execute(_whole(mapper, there).where(*map(sa.ColumnElement.__eq__, raw, key))).mappings().one()
            found = row_hash(dict(row))
        except (ValueError, TypeError):
            found = UNREADABLE
        yield "/".join(map(_as_text, key)), found


def _whole(mapper: Mapper[Any], there: Columns | None) -> sa.Select[Any]:
    known = there and there[str(mapper.local_table)]
    return sa.select(*(column.columns[0].label(column.key) for column in mapper.column_attrs
                       if known is None or column.columns[0].name in known))


def _as_text(part: object) -> str:
    """A part of a key as entries have it: an identifier with its dashes."""
    try:
        return str(UUID(str(part)))
    except ValueError:
        return str(part)
