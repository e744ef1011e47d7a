"""The migrations make exactly the tables that the models describe, with their triggers, on both databases."""

import re
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fieldapp import config, db
from fieldapp.app import load_areas
from fieldapp.canonical import canonical
from fieldapp.cli.serving import take_in_after, upgrade_database
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import sequence
from fieldapp.ledger.verification import verify
from fieldapp.merkle import leaf_hash

APPEND_ONLY = (
    "cap_override", "complaint_answer", "device_stop", "document_file", "draw_key_handout", "draw_row", "drawn_substitute",
    "entity_reply", "entity_reply_file", "entrustment_report", "evidence_original", "ledger_checkpoint",
    "ledger_cosignature", "ledger_entry", "ledger_leaf", "ledger_refusal", "ledger_rows", "ledger_tile", "link_opening",
    "merge_consent", "mutual_recognition", "object_replacement", "op", "op_outcome", "paper_entry", "paper_void",
    "party_certificate", "party_interest", "record_event", "review_decision", "task_decision", "unsigned_decision",
    "visit_approval", "visit_complaint", "visit_rating",
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


def test_who_connects_to_another_database_lets_the_former_one_go(tmp_path: Path) -> None:
    db.connect(f"sqlite:///{tmp_path}/former.db")
    with db.transaction(write=True):
        db.session.execute(sa.text("CREATE TABLE thing (id INTEGER)"))
    db.connect(f"sqlite:///{tmp_path}/other.db")
    assert [file.name for file in tmp_path.glob("former*")] == ["former.db"], "what was written is in the file itself"


def test_the_operator_is_told_of_every_append_only_table() -> None:
    told = (config.HOME / "docs" / "operate.md").read_text()
    [line] = [line for line in told.splitlines() if "are append-only: triggers refuse" in line]
    assert sorted(re.findall(r"`([a-z_]+)`", line.partition(" are append-only")[0])) == sorted(APPEND_ONLY)


def test_a_column_that_no_migration_adds_is_noticed(engine: sa.Engine) -> None:
    load_areas()
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE calendar_day DROP COLUMN source"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.Model.metadata)
    assert [(kind, table) for kind, _, table, *_ in differences] == [("add_column", "calendar_day")]
    engine.dispose()


def test_a_database_of_the_release_before_the_tree_keeps_its_entries_and_verifies(database_url: str, tmp_path: Path) -> None:
    upgrade_database(database_url, "0034")
    engine, division, number = db.connect(database_url), UUID(int=1), iter(range(1, 1000))
    body = {"v": 1, "actor": "", "action": "accounts.division_renamed", "object": f"division/{division}", "case": str(division),
            "prev": "", "before_hash": None, "after_hash": "0" * 64, "reason": None, "payload_commit": None}
    with db.transaction(write=True):
        db.session.execute(sa.text("INSERT INTO division (id, name, is_legal_affairs) VALUES (:id, '旧处', false)"),
                           {"id": division.hex})
        for one in number:
            entry = UUID(int=one)
            text = canonical(body | {"id": str(entry), "at": "2026-01-01T00:00:00.000000+00:00"}).decode()
            db.session.execute(sa.text(
                "INSERT INTO ledger_entry"
                " (id, at, action, thing_type, thing_id, case_id, before_hash, after_hash, body, leaf_hash)"
                " VALUES (:id, '2026-01-01 00:00:00.000000', 'accounts.division_renamed', 'division', :division, :division,"
                " :before, :after, :body, :leaf)"), {
                    "id": entry.hex, "division": division.hex, "before": body["before_hash"], "after": body["after_hash"],
                    "body": text, "leaf": leaf_hash(text.encode()).hex()})
            body |= {"before_hash": body["after_hash"]}
    engine.dispose()
    keys.configure(tmp_path / "keys", "fieldapp.example/ledger")
    revision = upgrade_database(database_url)
    with db.transaction(write=False):
        assert queries.size() == 999
        assert [str(one) for one in verify([])] == [f"row_changed division {division}"]  # a hash as it was then
    with db.transaction(write=True):
        assert take_in_after(revision) == 1
    with db.transaction(write=True):
        assert take_in_after(revision) == 0
        sequence()
        assert list(verify([])) == []
