"""Openings of the links that are served for written and online inspections: the table link_opening."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    """Add the table; what stands in it stays as it is."""
    op.create_table(
        "link_opening",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("session_sha256", sa.String(length=64), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["signing_link.id"], name=op.f("fk_link_opening_link_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_link_opening_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_opening")),
        sa.UniqueConstraint("session_sha256", name=op.f("uq_link_opening_session_sha256")),
    )
    op.create_index(op.f("ix_link_opening_link_id"), "link_opening", ["link_id"], unique=False)
    op.create_index(op.f("ix_link_opening_visit_id"), "link_opening", ["visit_id"], unique=False)
    for statement in append_only_statements("link_opening", op.get_bind().dialect.name):
        op.execute(statement)
