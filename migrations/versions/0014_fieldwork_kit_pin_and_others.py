"""The 7 tables of the fieldwork area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the tables."""
    create_kit_pin()
    create_field_value()
    create_kit()
    create_record_copy()
    create_record_item()
    create_copy_entry()
    create_record_event()
    for table in ("record_event",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_kit_pin() -> None:
    op.create_table(
        "kit_pin",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=64), nullable=False),
        sa.Column("iterations", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kit_pin_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_kit_pin")),
    )


def create_field_value() -> None:
    op.create_table(
        "field_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("is_rival", sa.Boolean(), nullable=False),
        sa.Column("same_ops", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_field_value_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_field_value_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_value")),
        sa.UniqueConstraint("op_id", name=op.f("uq_field_value_op_id")),
    )
    op.create_index("ix_field_value_place", "field_value", ["visit_id", "path"], unique=False)


def create_kit() -> None:
    op.create_table(
        "kit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("prepared_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kit_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_kit_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
        sa.UniqueConstraint(
            "visit_id", "person_id", "form_version", name=op.f("uq_kit_visit_id_person_id_form_version")
        ),
    )
    op.create_index(op.f("ix_kit_person_id"), "kit", ["person_id"], unique=False)
    op.create_index(op.f("ix_kit_visit_id"), "kit", ["visit_id"], unique=False)


def create_record_copy() -> None:
    op.create_table(
        "record_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_record_copy_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_copy")),
        sa.UniqueConstraint("secret", name=op.f("uq_record_copy_secret")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_record_copy_visit_id")),
    )


def create_record_item() -> None:
    op.create_table(
        "record_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("original_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("voided_by_op", sa.Uuid(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["original_id"], ["evidence_original.id"], name=op.f("fk_record_item_original_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_record_item_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_record_item_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_item")),
        sa.UniqueConstraint("op_id", name=op.f("uq_record_item_op_id")),
    )
    op.create_index("ix_record_item_place", "record_item", ["visit_id", "path"], unique=False)


def create_copy_entry() -> None:
    op.create_table(
        "copy_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_copy_entry_visit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_entry")),
    )
    op.create_index(op.f("ix_copy_entry_visit_task_id"), "copy_entry", ["visit_task_id"], unique=False)


def create_record_event() -> None:
    op.create_table(
        "record_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("digest_fits", sa.Boolean(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("clock_offset_ms", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_record_event_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_record_event_visit_id")),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_record_event_visit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_event")),
        sa.UniqueConstraint("op_id", name=op.f("uq_record_event_op_id")),
    )
    op.create_index("ix_record_event_place", "record_event", ["visit_id", "path"], unique=False)
    op.create_index(op.f("ix_record_event_visit_task_id"), "record_event", ["visit_task_id"], unique=False)
