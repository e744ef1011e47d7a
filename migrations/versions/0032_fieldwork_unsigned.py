"""The head's decision where an inspector does not sign: the table unsigned_decision."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "unsigned_decision",
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unsigned_decision_person_id")),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_unsigned_decision_visit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsigned_decision")),
    )
    op.create_index(op.f("ix_unsigned_decision_visit_task_id"), "unsigned_decision", ["visit_task_id"], unique=False)
    for statement in append_only_statements("unsigned_decision", op.get_bind().dialect.name):
        op.execute(statement)
