"""What a change made of the columns that have a word for people: kept for the entry that names the row."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from fieldapp import db
from fieldapp.ledger import rules

CHANGED = "ledger.changed"
"""Key of `session.info`: by table and key of a row, by column, what stood there before the transaction and what stands now."""

Key = tuple[str, str]
_known: dict[str, dict[str, dict[str, Any]]] = {}


def changes_of(session: Session, thing: Any) -> list[list[Any]]:
    """[word, before, after] of each column that changed and was not told before, in the order of the table."""
    changed = session.info.get(CHANGED, {}).pop(_key(thing), {})
    return [[info["told"], *(rules.in_words(value, info) for value in changed[name])]
            for name, info in _told(thing).items() if name in changed and changed[name][0] != changed[name][1]]


@event.listens_for(db.session, "before_flush")
def _about_to_write(session: Session, _context: object, _instances: object) -> None:
    for row in session.dirty:
        for name in _told(row):
            history = sa.inspect(row).attrs[name].history
            if history.added and history.deleted:
                of_row = session.info.setdefault(CHANGED, {}).setdefault(_key(row), {})
                before = of_row[name][0] if name in of_row else history.deleted[0]
                of_row[name] = (before, history.added[0])


@event.listens_for(db.session, "after_soft_rollback")
def _taken_back(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(CHANGED, None)


@event.listens_for(db.session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(CHANGED, None)


def _key(row: Any) -> Key:
    return row.__tablename__, str(sa.inspect(row).identity)


def _told(row: Any) -> dict[str, dict[str, Any]]:
    """The columns of a row's table that say by which word people know them: `info={"told": N_("名称")}`."""
    if row.__tablename__ not in _known:
        columns = ((one.key, one.columns[0].info) for one in sa.inspect(type(row)).column_attrs)
        _known[row.__tablename__] = {name: info for name, info in columns if "told" in info}
    return _known[row.__tablename__]
