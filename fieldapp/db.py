"""The database: one engine, one session per thread, transactions that say whether they write."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, scoped_session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from fieldapp import ids

Value = TypeVar("Value")
Other = TypeVar("Other")
SQLITE_SAFE_FOR_WAL = (3, 51, 3)
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment, stored in UTC, aware on the way out; a naive one is refused on the way in."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the moment its UTC back where the database forgot it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Model(DeclarativeBase):
    """A row with an identifier in the order of time."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
        list[Any]: sa.JSON,
        bytes: sa.LargeBinary,
        UUID: sa.Uuid,
    }


class Identified:
    """Mix-in: the UUIDv7 primary key that most tables have."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.uuid7, sort_order=-1)


session: scoped_session[Session] = scoped_session(sessionmaker(autoflush=True))


def connect(url: str, *, pool_size: int = 10) -> sa.Engine:
    """Make the engine for a URL and bind the session to it; the earlier session is closed, the earlier engine let go."""
    session.remove()
    if (former := session.session_factory.kw.get("bind")) is not None:
        former.dispose()
    engine = _sqlite(url, pool_size) if url.startswith("sqlite") else _postgresql(url, pool_size)
    event.listen(engine, "begin", _begin)
    _end_with(engine)
    session.configure(bind=engine)
    return engine


@contextmanager
def transaction(*, write: bool) -> Iterator[None]:
    """One transaction: committed at the end, rolled back on any exception, read-only unless it says `write`."""
    begin(write=write)
    try:
        yield
        session.commit()
    finally:
        session.remove()


WHERE = "where"
"""Key of `session.info`: from where the transaction's change is made, in a word for people."""


def begin(*, write: bool) -> None:
    """Open this thread's transaction; on SQLite a writer takes the lock at once."""
    session.remove()
    session.connection(execution_options={"fieldapp_write": write})


def in_parts(values: Sequence[Value], most: int = 500) -> Iterator[Sequence[Value]]:
    """Many values in parts that one statement takes."""
    return (values[start:start + most] for start in range(0, len(values), most))


def one_at_a_time(name: str) -> None:
    """Let everybody else who asks for the same name wait until this transaction ends; SQLite has one writer anyway."""
    if not has_one_writer():
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


def one_at_a_time_among(name: str, numbers: Iterable[int]) -> None:
    """The same for things of one name by their numbers (31 bits), always in their order: who asks for these last of all, and
    once, never holds what another needs who holds what he needs."""
    if not has_one_writer():
        session.execute(_AMONG, {"name": name, "numbers": sorted(set(numbers))})


_AMONG = sa.text("SELECT pg_advisory_xact_lock(hashtext(:name), number) FROM unnest(CAST(:numbers AS integer[])) AS number")


def has_one_writer() -> bool:
    """Whether the database lets one transaction write at a time, as SQLite does."""
    return session.get_bind().dialect.name == "sqlite"


def is_our_turn(name: str) -> bool:
    """Take what `one_at_a_time` gives if nobody has it now, until this transaction ends."""
    lock = sa.func.pg_try_advisory_xact_lock(sa.func.hashtextextended(name, 0))
    return has_one_writer() or bool(session.scalar(sa.select(lock)))


def scalars(statement: sa.Select[Any]) -> list[Any]:
    """All first columns of a SELECT, as a list."""
    return list(session.scalars(statement))


def held(statement: sa.Select[Any], of: type[Model]) -> sa.Select[Any]:
    """A SELECT that holds the rows of this model against others until the transaction ends, and reads them as they stand once
    they are held, also those read before."""
    return statement.with_for_update(of=of).execution_options(populate_existing=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[Value]):
    """Some rows of a list, how many there are in all, which page this is, from 1."""

    rows: list[Value]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // self.per_page))

    def __iter__(self) -> Iterator[Value]:
        return iter(self.rows)

    def each(self, told: Callable[[Value], Other]) -> "Page[Other]":
        """The same page, each of its rows as it is told."""
        return Page([told(row) for row in self.rows], self.total, self.page, self.per_page)


def page_of(statement: sa.Select[Any], page: int, per_page: int) -> Page[Any]:
    """The rows of a page; one beyond the end is the last page."""
    total = session.scalar(sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = min(max(1, page), max(1, -(-total // per_page)))
    return Page(scalars(statement.limit(per_page).offset((number - 1) * per_page)), total, number, per_page)


def containing(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Whether a column contains a text, taken as it is typed."""
    return column.icontains(text, autoescape=True)


def is_out_of_room(error: OperationalError) -> bool:
    """Whether the database has no room left on its disk."""
    return "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100"


def is_unavailable(error: OperationalError) -> bool:
    """Whether the database cannot be reached or used just now: locked, its disk failing, its server away or overrun."""
    state = getattr(error.orig, "sqlstate", None)
    if has_one_writer():
        return any(words in str(error.orig) for words in ("is locked", "disk I/O error", "unable to open"))
    return state is None or state[:2] in {"08", "40", "53", "55", "57", "58"}


def table_of(model: type[Model]) -> sa.Table:
    """The table of a model: statements about it need no object of the session."""
    return cast(sa.Table, model.__table__)


def append_only(*models: type[Model]) -> None:
    """Let the database itself refuse to change or delete the rows of these tables, wherever they are created."""
    for model in models:
        table = table_of(model)
        for dialect in ("sqlite", "postgresql"):
            for statement in append_only_statements(table.name, dialect):
                ddl = sa.DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
                event.listen(table, "after_create", ddl)


def append_only_statements(table: str, dialect: str) -> list[str]:
    """The SQL that makes a table append-only on one kind of database (migrations use it too)."""
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return [f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {refuse}" for verb in ("update", "delete")]
    refuse = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
    rows, whole = f"{table} FOR EACH ROW", f"{table} FOR EACH STATEMENT"
    return [
        f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {rows} EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {whole} EXECUTE FUNCTION refuse_change()",
    ]


def _sqlite(url: str, pool_size: int) -> sa.Engine:
    from pysqlite3 import dbapi2  # noqa: PLC0415 - only where SQLite is used

    engine = sa.create_engine(url, module=dbapi2, pool_size=pool_size, max_overflow=pool_size)
    wal = tuple(map(int, dbapi2.sqlite_version.split("."))) >= SQLITE_SAFE_FOR_WAL

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"journal_mode={'WAL' if wal else 'DELETE'}", "synchronous=FULL", "foreign_keys=ON",
                       "busy_timeout=15000", "trusted_schema=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _postgresql(url: str, pool_size: int) -> sa.Engine:
    return sa.create_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)


def _begin(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("fieldapp_write", True)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")
    elif not write:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")  # one moment, as on SQLite


def _end_with(engine: sa.Engine) -> None:
    """A commit that failed can leave its transaction open: nobody is given a connection that still holds one."""

    @event.listens_for(engine, "checkin")
    def end(connection: Any, record: ConnectionPoolEntry) -> None:
        if connection is None:
            return
        try:
            connection.rollback()
        except engine.dialect.loaded_dbapi.Error as error:
            record.invalidate(error)
