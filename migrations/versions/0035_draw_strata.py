"""Strata by credit-risk grade: a task's ratios with their reason, the stratum of every drawn object."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Add the columns; what is there has no strata."""
    op.add_column("task", sa.Column("strata", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("task", sa.Column("ratio_reason", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("drawn_object", sa.Column("stratum", sa.String(length=20), server_default=sa.text("''"), nullable=False))
