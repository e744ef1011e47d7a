"""What the leader makes of what came late: the table annex_seen."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "annex_seen",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["record_item.id"], name=op.f("fk_annex_seen_item_id")),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_annex_seen_visit_task_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_annex_seen_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_seen")),
    )
    op.create_index(op.f("ix_annex_seen_visit_task_id"), "annex_seen", ["visit_task_id"], unique=False)
