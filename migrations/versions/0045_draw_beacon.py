"""The public beacon of a draw: its round, later its signature."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "draw_beacon",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=False),
        sa.Column("signature", sa.String(length=96), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_beacon_draw_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_beacon")),
        sa.UniqueConstraint("draw_id", name=op.f("uq_draw_beacon_draw_id")),
    )
