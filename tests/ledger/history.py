"""A short history to verify: what a test does in the open, and behind the application."""

from contextlib import closing
from uuid import UUID

import sqlalchemy as sa
from pysqlite3 import dbapi2

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.ledger import keys
from fieldapp.ledger.actions import sequence
from fieldapp.ledger.models import Entry
from fieldapp.ledger.rules import ROWS_WRITTEN, Checkpoint
from fieldapp.ledger.verification import verify
from tests.people import Cast


def rename(cast: Cast, name: str) -> UUID:
    """Rename the division, in a transaction of its own; the entry."""
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        division.name = name
        entry = ledger.record(cast.security_admin.officer, "accounts.division_renamed", division, facts={"name": name})
    return entry.id


def last_action() -> str:
    """What the newest entry says was done, but for rows written beside."""
    newest = sa.select(Entry.action).where(Entry.action != ROWS_WRITTEN).order_by(Entry.id.desc()).limit(1)
    return db.session.execute(newest).scalar_one()


def findings(outside: list[Checkpoint] | None = None) -> list[str]:
    """What verification finds, as it is printed, once everything has found its place."""
    with db.transaction(write=True):
        sequence()
    with db.transaction(write=False):
        return list(map(str, verify(keys.verifier_keys(), outside, keys.witness_keys())))


def behind(*statements: str, **values: object) -> None:
    """Change the database as somebody who owns it can, triggers and foreign keys taken away; an identifier is given as it is."""
    db.session.remove()
    engine = db.session.get_bind()
    assert isinstance(engine, sa.Engine)
    if engine.name == "sqlite":
        given = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
        with closing(dbapi2.connect(engine.url.database, isolation_level=None)) as connection:
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                assert connection.execute(statement, given).rowcount, statement
        return
    with engine.begin() as connection:
        for statement in (*connection.scalars(sa.text(_GUARDS)).all(), *statements):
            changed = connection.execute(sa.text(statement), values if statement in statements else {})
            assert changed.rowcount, statement


_GUARDS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
 WHERE contype = 'f' AND connamespace = 'public'::regnamespace
UNION ALL SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal
"""
