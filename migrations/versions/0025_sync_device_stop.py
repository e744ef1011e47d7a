"""Phones: what each still holds by its own word, gaps and forks, and a row for each stop."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("device", sa.Column("name", sa.String(length=60), nullable=True))
    op.add_column("device", sa.Column("unsent", sa.Integer(), nullable=True))
    op.add_column("device", sa.Column("oldest_unsent_at", UtcDateTime(), nullable=True))
    op.add_column("device", sa.Column("gaps", sa.Integer(), server_default="0", nullable=False))
    op.add_column("device", sa.Column("forks", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "device_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_device_stop_by_id")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_stop_device_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_stop_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_stop")),
    )
    op.create_index(op.f("ix_device_stop_device_id"), "device_stop", ["device_id"], unique=False)
    for statement in append_only_statements("device_stop", op.get_bind().dialect.name):
        op.execute(statement)
