"""The 1 tables of the objections area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the tables."""
    create_objection()


def create_objection() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("applicant_name", sa.String(length=60), nullable=False),
        sa.Column("applicant_contact", sa.String(length=120), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_is_provisional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("examiner_id", sa.Uuid(), nullable=True),
        sa.Column("examination", sa.Text(), nullable=False),
        sa.Column("proposed_decision", sa.String(length=20), nullable=True),
        sa.Column("proposed_category", sa.String(length=60), nullable=True),
        sa.Column("proposed_text", sa.Text(), nullable=False),
        sa.Column("examined_at", UtcDateTime(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("corrected_result_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrected_result_id"], ["inspection_result.id"], name=op.f("fk_objection_corrected_result_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_objection_decided_by")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_objection_entered_by")),
        sa.ForeignKeyConstraint(["examiner_id"], ["person.id"], name=op.f("fk_objection_examiner_id")),
        sa.ForeignKeyConstraint(["result_id"], ["inspection_result.id"], name=op.f("fk_objection_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number")),
    )
    op.create_index(op.f("ix_objection_result_id"), "objection", ["result_id"], unique=False)
    op.create_index(op.f("ix_objection_state"), "objection", ["state"], unique=False)
