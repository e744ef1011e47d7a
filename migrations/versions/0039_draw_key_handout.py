"""Auditors get a draw's key after the inspections: who, when, why."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "draw_key_handout",
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_key_handout_draw_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draw_key_handout_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_key_handout")),
    )
    op.create_index("ix_draw_key_handout_draw_id", "draw_key_handout", ["draw_id"])
    for statement in append_only_statements("draw_key_handout", op.get_bind().dialect.name):
        op.execute(statement)
