"""Where a remark is answered: a column of visit_remark."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the column."""
    op.add_column("visit_remark", sa.Column("place", sa.String(length=200), nullable=True))
