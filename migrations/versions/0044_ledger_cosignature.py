"""What witnesses sign under the log's head."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "ledger_cosignature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("witness", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["checkpoint_id"], ["ledger_checkpoint.id"],
                                name=op.f("fk_ledger_cosignature_checkpoint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_cosignature")),
        sa.UniqueConstraint("checkpoint_id", "witness", name=op.f("uq_ledger_cosignature_checkpoint_id_witness")),
    )
    op.create_index(op.f("ix_ledger_cosignature_witness"), "ledger_cosignature", ["witness"], unique=False)
    for statement in append_only_statements("ledger_cosignature", op.get_bind().dialect.name):
        op.execute(statement)
