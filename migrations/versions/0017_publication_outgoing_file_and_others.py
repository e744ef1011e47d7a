"""The 3 tables of the publication area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the tables."""
    create_outgoing_file()
    create_inspection_result()
    create_result_measure()


def create_outgoing_file() -> None:
    op.create_table(
        "outgoing_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("result_count", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_outgoing_file_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_file")),
    )


def create_inspection_result() -> None:
    op.create_table(
        "inspection_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measure_text", sa.Text(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_is_provisional", sa.Boolean(), nullable=False),
        sa.Column("corrected_reason", sa.Text(), nullable=True),
        sa.Column("objection_state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_inspection_result_published_by")),
        sa.ForeignKeyConstraint(
            ["visit_task_id"], ["visit_task.id"], name=op.f("fk_inspection_result_visit_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_result")),
        sa.UniqueConstraint("visit_task_id", "version", name=op.f("uq_inspection_result_visit_task_id_version")),
    )
    op.create_index(op.f("ix_inspection_result_state"), "inspection_result", ["state"], unique=False)
    op.create_index(op.f("ix_inspection_result_visit_task_id"), "inspection_result", ["visit_task_id"], unique=False)


def create_result_measure() -> None:
    op.create_table(
        "result_measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["result_id"], ["inspection_result.id"], name=op.f("fk_result_measure_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_measure")),
    )
    op.create_index(op.f("ix_result_measure_result_id"), "result_measure", ["result_id"], unique=False)
