"""The 3 tables of the evidence area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the tables."""
    create_evidence_original()
    create_evidence_derivative()
    create_evidence_chunk()
    for table in ("evidence_original",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_evidence_original() -> None:
    op.create_table(
        "evidence_original",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("capture_hash", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sm3", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_original")),
        sa.UniqueConstraint("capture_hash", name=op.f("uq_evidence_original_capture_hash")),
    )
    op.create_index(op.f("ix_evidence_original_sha256"), "evidence_original", ["sha256"], unique=False)


def create_evidence_derivative() -> None:
    op.create_table(
        "evidence_derivative",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["original_id"], ["evidence_original.id"], name=op.f("fk_evidence_derivative_original_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_derivative")),
        sa.UniqueConstraint("original_id", "width", name=op.f("uq_evidence_derivative_original_id_width")),
    )


def create_evidence_chunk() -> None:
    op.create_table(
        "evidence_chunk",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("received_from", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["received_from"], ["person.id"], name=op.f("fk_evidence_chunk_received_from")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence_chunk")),
    )
