"""The 6 tables of the draw area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables."""
    create_draw()
    create_draw_contribution()
    create_draw_row()
    create_draw_view()
    create_drawn_object()
    create_drawn_seat()
    for table in ("draw_row",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_draw() -> None:
    op.create_table(
        "draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("manifest_hash", sa.String(length=64), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("draw_key", sa.LargeBinary(), nullable=False),
        sa.Column("roll", sa.JSON(), nullable=False),
        sa.Column("directory_size", sa.Integer(), nullable=False),
        sa.Column("pool_size", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("is_narrow", sa.Boolean(), nullable=False),
        sa.Column("shortfall", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("frozen_at", UtcDateTime(), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=True),
        sa.Column("matched_at", UtcDateTime(), nullable=True),
        sa.Column("transcript_root", sa.String(length=64), nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["frozen_by"], ["person.id"], name=op.f("fk_draw_frozen_by")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_draw_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_draw_year_number")),
    )
    op.create_index(op.f("ix_draw_task_id"), "draw", ["task_id"], unique=False)
    op.create_index(
        "uq_draw_task_once",
        "draw",
        ["task_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )


def create_draw_contribution() -> None:
    op.create_table(
        "draw_contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("committed_at", UtcDateTime(), nullable=True),
        sa.Column("nonce", sa.LargeBinary(), nullable=True),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("revealed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_contribution_draw_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draw_contribution_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_contribution")),
        sa.UniqueConstraint("draw_id", "person_id", name=op.f("uq_draw_contribution_draw_id_person_id")),
        sa.UniqueConstraint("draw_id", "position", name=op.f("uq_draw_contribution_draw_id_position")),
    )
    op.create_index(op.f("ix_draw_contribution_draw_id"), "draw_contribution", ["draw_id"], unique=False)


def create_draw_row() -> None:
    op.create_table(
        "draw_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("blind", sa.String(length=64), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_row_draw_id")),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_draw_row_object_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_row")),
        sa.UniqueConstraint("draw_id", "leaf", name=op.f("uq_draw_row_draw_id_leaf")),
        sa.UniqueConstraint("draw_id", "object_id", name=op.f("uq_draw_row_draw_id_object_id")),
    )
    op.create_index(op.f("ix_draw_row_draw_id"), "draw_row", ["draw_id"], unique=False)


def create_draw_view() -> None:
    op.create_table(
        "draw_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_view_draw_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draw_view_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_view")),
    )
    op.create_index(op.f("ix_draw_view_draw_id"), "draw_view", ["draw_id"], unique=False)


def create_drawn_object() -> None:
    op.create_table(
        "drawn_object",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("is_reserve", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_drawn_object_draw_id")),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_drawn_object_object_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_object")),
        sa.UniqueConstraint("draw_id", "object_id", name=op.f("uq_drawn_object_draw_id_object_id")),
        sa.UniqueConstraint("draw_id", "rank", name=op.f("uq_drawn_object_draw_id_rank")),
    )
    op.create_index(op.f("ix_drawn_object_draw_id"), "drawn_object", ["draw_id"], unique=False)
    op.create_index(op.f("ix_drawn_object_object_id"), "drawn_object", ["object_id"], unique=False)


def create_drawn_seat() -> None:
    op.create_table(
        "drawn_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drawn_object_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("seat_type", sa.String(length=60), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["drawn_object_id"], ["drawn_object.id"], name=op.f("fk_drawn_seat_drawn_object_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_drawn_seat_inspector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_seat")),
        sa.UniqueConstraint(
            "drawn_object_id", "inspector_id", name=op.f("uq_drawn_seat_drawn_object_id_inspector_id")
        ),
        sa.UniqueConstraint("drawn_object_id", "seat", name=op.f("uq_drawn_seat_drawn_object_id_seat")),
    )
    op.create_index(op.f("ix_drawn_seat_drawn_object_id"), "drawn_seat", ["drawn_object_id"], unique=False)
    op.create_index(op.f("ix_drawn_seat_inspector_id"), "drawn_seat", ["inspector_id"], unique=False)
