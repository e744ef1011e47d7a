"""Files with the entity's answer to a written inspection: the table entity_reply_file."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import append_only_statements

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "entity_reply_file",
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["original_id"], ["evidence_original.id"], name=op.f("fk_entity_reply_file_original_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["entity_reply.id"], name=op.f("fk_entity_reply_file_reply_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_entity_reply_file_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_reply_file")),
    )
    for column in ("reply_id", "visit_id", "original_id"):
        op.create_index(op.f(f"ix_entity_reply_file_{column}"), "entity_reply_file", [column], unique=False)
    for statement in append_only_statements("entity_reply_file", op.get_bind().dialect.name):
        op.execute(statement)
