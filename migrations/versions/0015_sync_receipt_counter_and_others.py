"""The 4 tables of the sync area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the tables."""
    create_receipt_counter()
    create_device()
    create_op()
    create_op_outcome()
    for table in ("op", "op_outcome"):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_receipt_counter() -> None:
    op.create_table(
        "receipt_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_counter")),
    )


def create_device() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("last_n", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("clock_skew_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_person_id"), "device", ["person_id"], unique=False)


def create_op() -> None:
    op.create_table(
        "op",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("received_from", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_op_person_id")),
        sa.ForeignKeyConstraint(["received_from"], ["person.id"], name=op.f("fk_op_received_from")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_op")),
        sa.UniqueConstraint("device", "n", name=op.f("uq_op_device_n")),
        sa.UniqueConstraint("receipt", name=op.f("uq_op_receipt")),
    )
    op.create_index(op.f("ix_op_person_id"), "op", ["person_id"], unique=False)
    op.create_index("ix_op_visit", "op", ["visit_id", "receipt"], unique=False)


def create_op_outcome() -> None:
    op.create_table(
        "op_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["op_id"], ["op.id"], name=op.f("fk_op_outcome_op_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_op_outcome")),
        sa.UniqueConstraint("sequence", name=op.f("uq_op_outcome_sequence")),
    )
    op.create_index(op.f("ix_op_outcome_op_id"), "op_outcome", ["op_id"], unique=False)
