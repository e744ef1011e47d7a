"""Legal affairs proposes a merge and each division concerned answers: the round of a proposal, and the answers (article 15)."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    """Add the columns and the table; what nobody has decided yet is still to be proposed."""
    op.add_column("merge_proposal", sa.Column("round", sa.Integer(), server_default="0", nullable=False))
    op.add_column("merge_proposal", sa.Column("proposed_at", UtcDateTime(), nullable=True))
    key = "fk_merge_proposal_proposed_by"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE merge_proposal ADD COLUMN proposed_by CHAR(32) CONSTRAINT {key} REFERENCES person (id)")
    else:
        op.add_column("merge_proposal", sa.Column("proposed_by", sa.Uuid(), nullable=True))
        op.create_foreign_key(key, "merge_proposal", "person", ["proposed_by"], ["id"])
    op.create_table(
        "merge_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        *(sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_merge_consent_{name}"))
          for name, table in (("proposal_id", "merge_proposal"), ("division_id", "division"), ("person_id", "person"))),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_consent")),
        sa.UniqueConstraint("proposal_id", "division_id", "round", name=op.f("uq_merge_consent_proposal_id_division_id_round")),
    )
    for statement in append_only_statements("merge_consent", op.get_bind().dialect.name):
        op.execute(statement)
