"""What witnesses would not sign under the log's head."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "ledger_refusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("witness", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_refusal")),
    )
    op.create_index(op.f("ix_ledger_refusal_witness"), "ledger_refusal", ["witness"], unique=False)
    for statement in append_only_statements("ledger_refusal", op.get_bind().dialect.name):
        op.execute(statement)
