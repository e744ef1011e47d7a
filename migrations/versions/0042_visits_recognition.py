"""Results recognised instead of another visit: mutual_recognition."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0042"
down_revision = "0041"
TABLE = "mutual_recognition"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("recognised_visit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_mutual_recognition_visit_id")),
        sa.ForeignKeyConstraint(["recognised_visit_id"], ["visit.id"], name=op.f("fk_mutual_recognition_recognised_visit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mutual_recognition_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutual_recognition")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_mutual_recognition_visit_id")),
    )
    op.create_index(op.f("ix_mutual_recognition_recognised_visit_id"), TABLE, ["recognised_visit_id"], unique=False)
    for statement in append_only_statements(TABLE, op.get_bind().dialect.name):
        op.execute(statement)
