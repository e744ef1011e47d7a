"""A supplementary record (补充笔录) beside a signed record: the table of it (article 24)."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "supplementary_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("team_signed_at", UtcDateTime(), nullable=True),
        sa.Column("link_sha256", sa.String(length=64), nullable=True),
        sa.Column("served_by", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.JSON(), nullable=True) for name in ("entity", "declined", "unsigned")),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        *(sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_supplementary_record_{name}"))
          for name, table in (("visit_task_id", "visit_task"), ("written_by", "person"), ("served_by", "person"),
                              ("document_id", "document"))),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplementary_record")),
        sa.UniqueConstraint("link_sha256", name=op.f("uq_supplementary_record_link_sha256")),
    )
    op.create_index(op.f("ix_supplementary_record_visit_task_id"), "supplementary_record", ["visit_task_id"], unique=False)
