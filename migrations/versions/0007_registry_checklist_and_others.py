"""The 8 tables of the registry area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables."""
    create_checklist()
    create_inspection_object()
    create_checklist_item()
    create_inspection_item()
    create_object_category()
    create_object_name()
    create_object_visit_count()
    create_focus_proposal()


def create_checklist() -> None:
    op.create_table(
        "checklist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("item_code", "version", name=op.f("uq_checklist_item_code_version")),
    )
    op.create_index(op.f("ix_checklist_item_code"), "checklist", ["item_code"], unique=False)


def create_inspection_object() -> None:
    op.create_table(
        "inspection_object",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=20), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("region_name", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("legal_representative", sa.String(length=60), nullable=False),
        sa.Column("telephone", sa.String(length=30), nullable=False),
        sa.Column("credit_risk_grade", sa.String(length=1), nullable=False),
        sa.Column("latitude", sa.String(length=20), nullable=True),
        sa.Column("longitude", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("is_natural_person", sa.Boolean(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_object")),
        sa.UniqueConstraint("uscc", name=op.f("uq_inspection_object_uscc")),
    )
    op.create_index(op.f("ix_inspection_object_name"), "inspection_object", ["name"], unique=False)
    op.create_index(op.f("ix_inspection_object_region_code"), "inspection_object", ["region_code"], unique=False)


def create_checklist_item() -> None:
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_item_checklist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
        sa.UniqueConstraint("checklist_id", "number", name=op.f("uq_checklist_item_checklist_id_number")),
    )


def create_inspection_item() -> None:
    op.create_table(
        "inspection_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("object_category", sa.String(length=60), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("inspection_content", sa.Text(), nullable=False),
        sa.Column("inspection_methods", sa.JSON(), nullable=False),
        sa.Column("ratio_basis_points", sa.Integer(), nullable=False),
        sa.Column("ratio_is_statutory", sa.Boolean(), nullable=False),
        sa.Column("frequency_operator", sa.String(length=2), nullable=False),
        sa.Column("frequency", sa.Integer(), nullable=False),
        sa.Column("required_specialities", sa.JSON(), nullable=False),
        sa.Column("staff_requirement", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_inspection_item_division_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_item")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_inspection_item_code_version")),
    )
    op.create_index(op.f("ix_inspection_item_division_id"), "inspection_item", ["division_id"], unique=False)
    op.create_index(op.f("ix_inspection_item_object_category"), "inspection_item", ["object_category"], unique=False)


def create_object_category() -> None:
    op.create_table(
        "object_category",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_object_category_division_id")),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_object_category_object_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_category")),
        sa.UniqueConstraint("object_id", "category", name=op.f("uq_object_category_object_id_category")),
    )
    op.create_index(op.f("ix_object_category_category"), "object_category", ["category"], unique=False)
    op.create_index(op.f("ix_object_category_division_id"), "object_category", ["division_id"], unique=False)
    op.create_index(op.f("ix_object_category_object_id"), "object_category", ["object_id"], unique=False)


def create_object_name() -> None:
    op.create_table(
        "object_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_object_name_object_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_name")),
    )
    op.create_index(op.f("ix_object_name_object_id"), "object_name", ["object_id"], unique=False)


def create_object_visit_count() -> None:
    op.create_table(
        "object_visit_count",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["object_id"], ["inspection_object.id"], name=op.f("fk_object_visit_count_object_id")
        ),
        sa.PrimaryKeyConstraint("object_id", "year", name=op.f("pk_object_visit_count")),
    )


def create_focus_proposal() -> None:
    op.create_table(
        "focus_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("circumstance", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_focus_proposal_decided_by")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_focus_proposal_division_id")),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_focus_proposal_object_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_proposal")),
    )
    op.create_index(op.f("ix_focus_proposal_division_id"), "focus_proposal", ["division_id"], unique=False)
    op.create_index(op.f("ix_focus_proposal_object_id"), "focus_proposal", ["object_id"], unique=False)
