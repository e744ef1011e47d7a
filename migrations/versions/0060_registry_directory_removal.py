"""An object leaves a category, an inspector the directory: proposed by a division, decided by legal affairs."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "directory_removal",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("object_category_id", sa.Uuid(), nullable=True),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(object_category_id IS NULL) <> (inspector_id IS NULL)",
                           name=op.f("ck_directory_removal_of_one_entry")),
        sa.ForeignKeyConstraint(["object_category_id"], ["object_category.id"],
                                name=op.f("fk_directory_removal_object_category_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_directory_removal_inspector_id")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_directory_removal_division_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_directory_removal_proposed_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_directory_removal_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_removal")),
    )
    op.create_index(op.f("ix_directory_removal_case_id"), "directory_removal", ["case_id"], unique=False)
