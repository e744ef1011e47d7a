"""For which visit a chunk came: a column of evidence_chunk."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("evidence_chunk", sa.Column("visit_id", sa.Uuid(), nullable=True))
    op.create_index("ix_evidence_chunk_visit_id", "evidence_chunk", ["visit_id"])
