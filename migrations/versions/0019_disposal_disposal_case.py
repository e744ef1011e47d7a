"""The 1 tables of the disposal area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the tables."""
    create_disposal_case()


def create_disposal_case() -> None:
    op.create_table(
        "disposal_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_disposal_case_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_disposal_case_opened_by")),
        sa.ForeignKeyConstraint(["result_id"], ["inspection_result.id"], name=op.f("fk_disposal_case_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_case")),
    )
    op.create_index(op.f("ix_disposal_case_result_id"), "disposal_case", ["result_id"], unique=False)
