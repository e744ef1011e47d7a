"""For what a second person approved a draw, beside the decision: another reason that comes up later is asked about again."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Add the column. What an earlier approval was shown is not known: it covers nothing that is still to be drawn."""
    op.add_column("task_decision", sa.Column("reasons", sa.JSON(), nullable=True))
