"""What entities send through the link of a written inspection: the table entity_reply."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "entity_reply",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("capacity", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_entity_reply_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_reply")),
    )
    op.create_index(op.f("ix_entity_reply_visit_id"), "entity_reply", ["visit_id"], unique=False)
    for statement in append_only_statements("entity_reply", op.get_bind().dialect.name):
        op.execute(statement)
