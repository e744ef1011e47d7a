"""Paper sets, numbered when the day is prepared: the table paper_set."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "paper_set",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("prepared_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_paper_set_visit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_set_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_set")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_paper_set_visit_id")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_set_number")),
    )
