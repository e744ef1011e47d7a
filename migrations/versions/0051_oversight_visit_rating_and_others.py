"""What the inspected say of an inspection: visit_rating, visit_complaint, complaint_answer."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "visit_rating",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_rating_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rating")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_visit_rating_visit_id")),
    )
    op.create_table(
        "visit_complaint",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_complaint_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_complaint")),
    )
    op.create_index(op.f("ix_visit_complaint_visit_id"), "visit_complaint", ["visit_id"], unique=False)
    op.create_table(
        "complaint_answer",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["visit_complaint.id"], name=op.f("fk_complaint_answer_complaint_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_complaint_answer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_answer")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_complaint_answer_complaint_id")),
    )
    for table in ("visit_rating", "visit_complaint", "complaint_answer"):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)
