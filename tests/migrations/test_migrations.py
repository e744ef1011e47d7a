"""The migrations make exactly the tables that the models describe, with their triggers, on both databases."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fieldapp import db
from fieldapp.app import load_areas
from fieldapp.cli.serving import upgrade_database

APPEND_ONLY = (
    "cap_override", "device_stop", "draw_key_handout", "draw_row", "drawn_substitute", "entity_reply", "entrustment_report",
    "evidence_original", "ledger_checkpoint", "ledger_entry", "ledger_leaf", "ledger_rows", "ledger_tile",
    "mutual_recognition", "object_replacement", "op", "op_outcome", "paper_entry", "paper_void", "party_certificate",
    "party_interest", "record_event", "review_decision", "task_decision", "unsigned_decision", "visit_approval",
)


@pytest.fixture
def engine(database_url: str) -> sa.Engine:
    upgrade_database(database_url)
    return db.connect(database_url)


def test_migrations_match_the_models(engine: sa.Engine) -> None:
    load_areas()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.Model.metadata) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(engine: sa.Engine, database_url: str) -> None:
    upgrade_database(database_url)
    engine.dispose()


def test_append_only_tables_have_their_triggers_on_both_databases(engine: sa.Engine) -> None:
    names = sa.text("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'" if engine.dialect.name == "sqlite" else
                    "SELECT event_object_table FROM information_schema.triggers")
    with engine.connect() as connection:
        assert sorted(set(connection.scalars(names))) == sorted(APPEND_ONLY)
    engine.dispose()


def test_a_column_that_no_migration_adds_is_noticed(engine: sa.Engine) -> None:
    load_areas()
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE calendar_day DROP COLUMN source"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.Model.metadata)
    assert [(kind, table) for kind, _, table, *_ in differences] == [("add_column", "calendar_day")]
    engine.dispose()
