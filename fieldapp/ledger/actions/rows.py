"""What a transaction writes beside the rows that its entries name goes into one entry more: nothing is written unseen."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction, object_session

from fieldapp import db
from fieldapp.ledger import queries
from fieldapp.ledger.actions.entering import write_entries
from fieldapp.ledger.actions.recording import FRESH, LAST, NAMED, OURS, enter_rows
from fieldapp.ledger.rules import is_protected, text_hash

IN_ONE_ENTRY = 500
WRITTEN = "ledger.written"
"""Key of `session.info`: the rows written in this transaction, by the identity of their objects."""


@event.listens_for(db.Model, "after_insert", propagate=True)
def _made(mapper: object, connection: object, row: Any) -> None:
    session = object_session(row)
    if session is not None and is_protected(row.__tablename__):
        session.info.setdefault(OURS, set()).add(id(row))
        _written(mapper, connection, row)


@event.listens_for(db.Model, "after_update", propagate=True)
def _changed(mapper: object, connection: object, row: Any) -> None:
    session = object_session(row)
    if session is not None and session.is_modified(row, include_collections=False):
        _written(mapper, connection, row)


@event.listens_for(db.Model, "after_delete", propagate=True)
def _written(_mapper: object, _connection: object, row: Any) -> None:
    session = object_session(row)
    if session is not None and is_protected(row.__tablename__):
        session.info.setdefault(WRITTEN, {})[id(row)] = row
        session.info.get(FRESH, set()).discard(id(row))


@event.listens_for(db.session, "before_commit")
def _committing(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    named = session.info.get(NAMED, {})
    _read_what_others_may_have_changed(session)
    beside = [(*key, found) for key, found in _as_they_are(session.info.get(WRITTEN, {}).values())
              if key not in named or named[key] != found]
    for start in range(0, len(beside), IN_ONE_ENTRY):
        enter_rows(beside[start:start + IN_ONE_ENTRY])
    write_entries()


@event.listens_for(db.session, "after_soft_rollback")
def _taken_back(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(NAMED, None)  # the savepoint may have taken entries with it: better a row is entered twice


@event.listens_for(db.session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        for key in (WRITTEN, OURS, FRESH, NAMED, LAST):
            session.info.pop(key, None)


def _read_what_others_may_have_changed(session: Session) -> None:
    """Where several write at a time, a row that was there before may have got other columns from another since it was read."""
    if db.has_one_writer():
        return
    known = session.info.get(OURS, set()) | session.info.get(FRESH, set())
    older = [row for key, row in session.info.get(WRITTEN, {}).items() if key not in known and sa.inspect(row).persistent]
    for table, rows in groupby(sorted(older, key=lambda row: row.__tablename__), key=type):
        if issubclass(table, db.Identified):
            queries.read_again(list(rows))
        else:
            for row in rows:
                session.refresh(row)


def _as_they_are(rows: Iterable[Any]) -> Iterator[tuple[tuple[str, str], str | None]]:
    """Table and key of each row with its hash, none where it was deleted; what a savepoint took back is left out."""
    for row in rows:
        state = sa.inspect(row)
        if state.persistent or state.deleted:
            key = "/".join(map(str, state.identity))
            yield (row.__tablename__, key), text_hash(queries.text_of(row)) if state.persistent else None
