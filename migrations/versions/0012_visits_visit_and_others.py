"""The 8 tables of the visits area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the tables."""
    create_visit()
    create_credential_check()
    create_leader_appointment()
    create_merge_proposal()
    create_team_member()
    create_visit_approval()
    create_visit_task()
    create_visit_remark()
    for table in ("visit_approval",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("lead_division_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("slot_start", UtcDateTime(), nullable=True),
        sa.Column("slot_end", UtcDateTime(), nullable=True),
        sa.Column("slot_agreed_with", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("site_safety", sa.Text(), nullable=False),
        sa.Column("slot_reason", sa.Text(), nullable=False),
        sa.Column("counted_year", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["lead_division_id"], ["division.id"], name=op.f("fk_visit_lead_division_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["visit.id"], name=op.f("fk_visit_merged_into_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["document.id"], name=op.f("fk_visit_notice_id")),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_visit_object_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_lead_division_id"), "visit", ["lead_division_id"], unique=False)
    op.create_index(op.f("ix_visit_object_id"), "visit", ["object_id"], unique=False)
    op.create_index(op.f("ix_visit_state"), "visit", ["state"], unique=False)


def create_credential_check() -> None:
    op.create_table(
        "credential_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_credential_check_inspector_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_credential_check_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_check")),
        sa.UniqueConstraint("secret", name=op.f("uq_credential_check_secret")),
        sa.UniqueConstraint("visit_id", "inspector_id", name=op.f("uq_credential_check_visit_id_inspector_id")),
    )


def create_leader_appointment() -> None:
    op.create_table(
        "leader_appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("appointed_by", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appointed_by"], ["person.id"], name=op.f("fk_leader_appointment_appointed_by")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_leader_appointment_inspector_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_leader_appointment_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_appointment")),
    )
    op.create_index(op.f("ix_leader_appointment_visit_id"), "leader_appointment", ["visit_id"], unique=False)


def create_merge_proposal() -> None:
    op.create_table(
        "merge_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_visit_id", sa.Uuid(), nullable=False),
        sa.Column("second_visit_id", sa.Uuid(), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("lead_division_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_merge_proposal_decided_by")),
        sa.ForeignKeyConstraint(["first_visit_id"], ["visit.id"], name=op.f("fk_merge_proposal_first_visit_id")),
        sa.ForeignKeyConstraint(
            ["lead_division_id"], ["division.id"], name=op.f("fk_merge_proposal_lead_division_id")
        ),
        sa.ForeignKeyConstraint(["second_visit_id"], ["visit.id"], name=op.f("fk_merge_proposal_second_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_proposal")),
        sa.UniqueConstraint(
            "first_visit_id", "second_visit_id", name=op.f("uq_merge_proposal_first_visit_id_second_visit_id")
        ),
    )


def create_team_member() -> None:
    op.create_table(
        "team_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seat_type", sa.String(length=60), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("left_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_team_member_inspector_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_team_member_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("visit_id", "inspector_id", name=op.f("uq_team_member_visit_id_inspector_id")),
    )
    op.create_index(op.f("ix_team_member_inspector_id"), "team_member", ["inspector_id"], unique=False)
    op.create_index(op.f("ix_team_member_visit_id"), "team_member", ["visit_id"], unique=False)


def create_visit_approval() -> None:
    op.create_table(
        "visit_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_approval_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_approval_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_approval")),
    )
    op.create_index(op.f("ix_visit_approval_visit_id"), "visit_approval", ["visit_id"], unique=False)


def create_visit_task() -> None:
    op.create_table(
        "visit_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("record_number_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_visit_task_object_id")),
        sa.ForeignKeyConstraint(["record_number_id"], ["document.id"], name=op.f("fk_visit_task_record_number_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_visit_task_task_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_task_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_task")),
        sa.UniqueConstraint("task_id", "object_id", name=op.f("uq_visit_task_task_id_object_id")),
        sa.UniqueConstraint("visit_id", "task_id", name=op.f("uq_visit_task_visit_id_task_id")),
    )
    op.create_index(op.f("ix_visit_task_task_id"), "visit_task", ["task_id"], unique=False)
    op.create_index(op.f("ix_visit_task_visit_id"), "visit_task", ["visit_id"], unique=False)


def create_visit_remark() -> None:
    op.create_table(
        "visit_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_task_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_visit_remark_by_id")),
        sa.ForeignKeyConstraint(["visit_task_id"], ["visit_task.id"], name=op.f("fk_visit_remark_visit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_remark")),
    )
    op.create_index(op.f("ix_visit_remark_visit_task_id"), "visit_remark", ["visit_task_id"], unique=False)
