"""A record that waits for its seal or signer: a column of visit_task."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column."""
    op.add_column("visit_task", sa.Column("awaiting_until", sa.Date(), nullable=True))
