"""Paper sets come back: how many sheets were printed, entries from paper, voided numbers."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the column and the tables."""
    op.add_column("paper_set", sa.Column("sheets", sa.Integer(), nullable=True))
    op.create_table(
        "paper_entry",
        sa.Column("paper_set_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("happened_from", UtcDateTime(), nullable=False),
        sa.Column("happened_until", UtcDateTime(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["paper_set_id"], ["paper_set.id"], name=op.f("fk_paper_entry_paper_set_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_entry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
    )
    op.create_index(op.f("ix_paper_entry_paper_set_id"), "paper_entry", ["paper_set_id"], unique=False)
    op.create_table(
        "paper_void",
        sa.Column("paper_set_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["paper_set_id"], ["paper_set.id"], name=op.f("fk_paper_void_paper_set_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_void_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_void")),
        sa.UniqueConstraint("paper_set_id", "page", name=op.f("uq_paper_void_paper_set_id_page")),
    )
    for table in ("paper_entry", "paper_void"):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)
