"""The 6 tables of the registry area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables."""
    create_import_batch()
    create_inspector()
    create_import_row()
    create_inspector_interest()
    create_inspector_load()
    create_inspector_unavailability()


def create_import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("handed_in_by", sa.Uuid(), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_import_batch_decided_by")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_import_batch_division_id")),
        sa.ForeignKeyConstraint(["handed_in_by"], ["person.id"], name=op.f("fk_import_batch_handed_in_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_division_id"), "import_batch", ["division_id"], unique=False)


def create_inspector() -> None:
    op.create_table(
        "inspector",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("certificate_number", sa.String(length=40), nullable=True),
        sa.Column("certificate_issuer", sa.String(length=60), nullable=False),
        sa.Column("certificate_until", sa.Date(), nullable=True),
        sa.Column("specialities", sa.JSON(), nullable=False),
        sa.Column("subject_types", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("city", sa.String(length=20), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_inspector_division_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inspector_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector")),
        sa.UniqueConstraint("certificate_number", name=op.f("uq_inspector_certificate_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_inspector_person_id")),
        sa.UniqueConstraint("staff_number", name=op.f("uq_inspector_staff_number")),
    )
    op.create_index(op.f("ix_inspector_division_id"), "inspector", ["division_id"], unique=False)


def create_import_row() -> None:
    op.create_table(
        "import_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=True),
        sa.Column("chosen_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id")),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_import_row_chosen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_import_row_batch_id_number")),
    )
    op.create_index(op.f("ix_import_row_batch_id"), "import_row", ["batch_id"], unique=False)
    op.create_index(op.f("ix_import_row_verdict"), "import_row", ["verdict"], unique=False)


def create_inspector_interest() -> None:
    op.create_table(
        "inspector_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("object_name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_inspector_interest_inspector_id")),
        sa.ForeignKeyConstraint(
            ["object_id"], ["inspection_object.id"], name=op.f("fk_inspector_interest_object_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector_interest")),
    )
    op.create_index(op.f("ix_inspector_interest_inspector_id"), "inspector_interest", ["inspector_id"], unique=False)
    op.create_index(op.f("ix_inspector_interest_object_id"), "inspector_interest", ["object_id"], unique=False)


def create_inspector_load() -> None:
    op.create_table(
        "inspector_load",
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_inspector_load_inspector_id")),
        sa.PrimaryKeyConstraint("inspector_id", name=op.f("pk_inspector_load")),
    )


def create_inspector_unavailability() -> None:
    op.create_table(
        "inspector_unavailability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspector.id"], name=op.f("fk_inspector_unavailability_inspector_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector_unavailability")),
    )
    op.create_index(
        op.f("ix_inspector_unavailability_inspector_id"), "inspector_unavailability", ["inspector_id"], unique=False
    )
