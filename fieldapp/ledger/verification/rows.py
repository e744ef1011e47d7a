"""The rows: each as the last entry about it left it."""

from collections.abc import Iterator

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.rules import is_protected, row_hash
from fieldapp.ledger.verification.entries import Entries
from fieldapp.ledger.verification.finding import Finding

AT_ONCE = 1000


def check_rows(entries: Entries) -> Iterator[Finding]:
    """Compare every protected row with what the entries say of it."""
    for table, key, kept, found in rows_that_differ(entries):
        yield Finding("row_missing" if found is None else "row_changed" if kept else "row_unknown", table, key)


def rows_that_differ(entries: Entries) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Table and key of each protected row that is not as its last entry left it; the hash it left, and the row's own."""
    expected = {key: kept for key, kept in entries.rows.items() if is_protected(key[0])}
    for mapper in db.Model.registry.mappers:
        table = str(mapper.local_table)
        if is_protected(table):
            for key, found in _rows(mapper):
                kept = expected.pop((table, key), None)
                if kept != found:
                    yield table, key, kept, found
    for (table, key), kept in expected.items():
        if kept is not None:
            yield table, key, kept, None


def _rows(mapper: sa.orm.Mapper[db.Model]) -> Iterator[tuple[str, str]]:
    """Each row's key and hash, as it stands in the database now."""
    columns = {column.key: column.columns[0] for column in mapper.column_attrs}
    key = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    rows = sa.select(*(column.label(name) for name, column in columns.items()))
    for row in db.session.execute(rows.execution_options(yield_per=AT_ONCE)).mappings():
        yield "/".join(str(row[name]) for name in key), row_hash(dict(row))
