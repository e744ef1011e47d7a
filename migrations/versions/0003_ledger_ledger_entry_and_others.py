"""The 2 tables of the ledger area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables."""
    create_ledger_entry()
    create_ledger_payload()
    for table in ("ledger_entry",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("thing_type", sa.String(length=60), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("prev_in_case", sa.Uuid(), nullable=True),
        sa.Column("before_hash", sa.String(length=64), nullable=True),
        sa.Column("after_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("payload_commit", sa.String(length=64), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("leaf_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["prev_in_case"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_prev_in_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("leaf_hash", name=op.f("uq_ledger_entry_leaf_hash")),
    )
    op.create_index(op.f("ix_ledger_entry_action"), "ledger_entry", ["action"], unique=False)
    op.create_index(op.f("ix_ledger_entry_case_id"), "ledger_entry", ["case_id"], unique=False)
    op.create_index("ix_ledger_entry_thing", "ledger_entry", ["thing_type", "thing_id", "id"], unique=False)


def create_ledger_payload() -> None:
    op.create_table(
        "ledger_payload",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.id"], name=op.f("fk_ledger_payload_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_ledger_payload")),
    )
