"""Recusal, swap, replacement, substitutes drawn by code: drawn_substitute, recusal, substitution."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Add the tables."""
    _drawn_substitute()
    _recusal()
    _substitution()


def _drawn_substitute() -> None:
    op.create_table(
        "drawn_substitute",
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_object_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat_type", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("circle", sa.String(length=20), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_drawn_substitute_draw_id")),
        sa.ForeignKeyConstraint(["drawn_object_id"], ["drawn_object.id"], name=op.f("fk_drawn_substitute_drawn_object_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_drawn_substitute_inspector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_substitute")),
        sa.UniqueConstraint("draw_id", "number", name=op.f("uq_drawn_substitute_draw_id_number")),
    )
    op.create_index(op.f("ix_drawn_substitute_drawn_object_id"), "drawn_substitute", ["drawn_object_id"], unique=False)
    for statement in append_only_statements("drawn_substitute", op.get_bind().dialect.name):
        op.execute(statement)


def _recusal() -> None:
    op.create_table(
        "recusal",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.Column("by_party", sa.Boolean(), nullable=False),
        sa.Column("interest", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("swap_visit_id", sa.Uuid(), nullable=True),
        sa.Column("swap_inspector_id", sa.Uuid(), nullable=True),
        sa.Column("consented_by", sa.Uuid(), nullable=True),
        sa.Column("consented_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_recusal_visit_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_recusal_inspector_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_recusal_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_recusal_decided_by")),
        sa.ForeignKeyConstraint(["swap_visit_id"], ["visit.id"], name=op.f("fk_recusal_swap_visit_id")),
        sa.ForeignKeyConstraint(["swap_inspector_id"], ["inspector.id"], name=op.f("fk_recusal_swap_inspector_id")),
        sa.ForeignKeyConstraint(["consented_by"], ["person.id"], name=op.f("fk_recusal_consented_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
    )
    op.create_index(op.f("ix_recusal_visit_id"), "recusal", ["visit_id"], unique=False)


def _substitution() -> None:
    op.create_table(
        "substitution",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("recusal_id", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("drawn_id", sa.Uuid(), nullable=True),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("exhausted_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_substitution_visit_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_substitution_inspector_id")),
        sa.ForeignKeyConstraint(["recusal_id"], ["recusal.id"], name=op.f("fk_substitution_recusal_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_substitution_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_substitution_decided_by")),
        sa.ForeignKeyConstraint(["drawn_id"], ["drawn_substitute.id"], name=op.f("fk_substitution_drawn_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["inspector.id"], name=op.f("fk_substitution_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    op.create_index(op.f("ix_substitution_visit_id"), "substitution", ["visit_id"], unique=False)
