"""On which phone a signing link was offered: it ends with that phone."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Add the column; of what was offered before, nobody knows it."""
    op.add_column("signing_link", sa.Column("offered_on", sa.String(length=64), nullable=True))
