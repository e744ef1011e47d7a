"""Links by which the entity signs on its own phone: the table signing_link."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "signing_link",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("offered_by_id", sa.Uuid(), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("session_sha256", sa.String(length=64), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_signing_link_offered_by_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_signing_link_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_link")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_signing_link_secret_sha256")),
        sa.UniqueConstraint("session_sha256", name=op.f("uq_signing_link_session_sha256")),
    )
    op.create_index(op.f("ix_signing_link_visit_id"), "signing_link", ["visit_id"], unique=False)
