"""The 3 tables of the review area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the tables."""
    create_clerical_correction()
    create_record_review()
    create_review_decision()
    for table in ("review_decision",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_clerical_correction() -> None:
    op.create_table(
        "clerical_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("wrong_text", sa.Text(), nullable=False),
        sa.Column("right_text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit_task_id"], ["visit_task.id"], name=op.f("fk_clerical_correction_visit_task_id")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_clerical_correction_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clerical_correction")),
    )
    op.create_index(
        op.f("ix_clerical_correction_visit_task_id"), "clerical_correction", ["visit_task_id"], unique=False
    )


def create_record_review() -> None:
    op.create_table(
        "record_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=True),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("order_text", sa.Text(), nullable=False),
        sa.Column("order_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_record_review_visit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_review")),
        sa.UniqueConstraint("visit_task_id", name=op.f("uq_record_review_visit_task_id")),
    )
    op.create_index(op.f("ix_record_review_state"), "record_review", ["state"], unique=False)


def create_review_decision() -> None:
    op.create_table(
        "review_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_decision_person_id")),
        sa.ForeignKeyConstraint(["review_id"], ["record_review.id"], name=op.f("fk_review_decision_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
    )
    op.create_index(op.f("ix_review_decision_review_id"), "review_decision", ["review_id"], unique=False)
