"""A clerical correction written by mistake is withdrawn: a column of clerical_correction."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the column."""
    op.add_column("clerical_correction", sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
