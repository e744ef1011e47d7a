"""Agencies and experts of article 19: directory, qualifications, interests, entrustments, recusals, reports."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0036"
down_revision = "0035"
APPEND_ONLY = ("party_certificate", "party_interest", "entrustment_report")


def upgrade() -> None:
    """Add the tables."""
    _entrusted_party()
    _party_certificate()
    _party_interest()
    _visit_assistant()
    _entrustment()
    _entrusted_recusal()
    _entrustment_report()
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _entrusted_party() -> None:
    op.create_table(
        "entrusted_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=18), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("fields_of_work", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_entrusted_party_division_id")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_entrusted_party_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrusted_party")),
    )


def _party_certificate() -> None:
    op.create_table(
        "party_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("original_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["original_id"], ["evidence_original.id"], name=op.f("fk_party_certificate_original_id")),
        sa.ForeignKeyConstraint(["party_id"], ["entrusted_party.id"], name=op.f("fk_party_certificate_party_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_party_certificate_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_certificate")),
    )
    op.create_index(op.f("ix_party_certificate_party_id"), "party_certificate", ["party_id"], unique=False)


def _party_interest() -> None:
    op.create_table(
        "party_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("object_name", sa.String(length=120), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_party_interest_object_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_party_interest_inspector_id")),
        sa.ForeignKeyConstraint(["party_id"], ["entrusted_party.id"], name=op.f("fk_party_interest_party_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_party_interest_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_interest")),
    )
    op.create_index(op.f("ix_party_interest_party_id"), "party_interest", ["party_id"], unique=False)


def _visit_assistant() -> None:
    op.create_table(
        "visit_assistant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("people", sa.String(length=120), nullable=False),
        sa.Column("is_on_site", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=True),
        sa.Column("report_at", UtcDateTime(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("left_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_assistant_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_assistant")),
    )
    op.create_index(op.f("ix_visit_assistant_visit_id"), "visit_assistant", ["visit_id"], unique=False)


def _entrustment() -> None:
    op.create_table(
        "entrustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=True),
        sa.Column("work", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_entrustment_decided_by")),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_entrustment_visit_task_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_entrustment_asked_by")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_entrustment_division_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_entrustment_document_id")),
        sa.ForeignKeyConstraint(["id"], ["visit_assistant.id"], name=op.f("fk_entrustment_id")),
        sa.ForeignKeyConstraint(["party_id"], ["entrusted_party.id"], name=op.f("fk_entrustment_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrustment")),
    )
    op.create_index(op.f("ix_entrustment_party_id"), "entrustment", ["party_id"], unique=False)


def _entrusted_recusal() -> None:
    op.create_table(
        "entrusted_recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entrustment_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_entrusted_recusal_noted_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_entrusted_recusal_decided_by")),
        sa.ForeignKeyConstraint(["entrustment_id"], ["entrustment.id"], name=op.f("fk_entrusted_recusal_entrustment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrusted_recusal")),
    )
    op.create_index(op.f("ix_entrusted_recusal_entrustment_id"), "entrusted_recusal", ["entrustment_id"], unique=False)


def _entrustment_report() -> None:
    op.create_table(
        "entrustment_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entrustment_id", sa.Uuid(), nullable=False),
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("is_annex", sa.Boolean(), nullable=False),
        sa.Column("handed_in_by", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["original_id"], ["evidence_original.id"], name=op.f("fk_entrustment_report_original_id")),
        sa.ForeignKeyConstraint(["handed_in_by"], ["person.id"], name=op.f("fk_entrustment_report_handed_in_by")),
        sa.ForeignKeyConstraint(["entrustment_id"], ["entrustment.id"], name=op.f("fk_entrustment_report_entrustment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrustment_report")),
    )
    op.create_index(op.f("ix_entrustment_report_entrustment_id"), "entrustment_report", ["entrustment_id"], unique=False)
