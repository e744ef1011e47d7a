"""The 6 tables of the tasks area."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables."""
    create_task()
    create_generation_report()
    create_task_decision()
    create_task_member()
    create_work_plan()
    create_work_plan_reading()
    for table in ("task_decision",):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("plan_line_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=True),
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("external_ref", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("draw_mode", sa.String(length=20), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("condition_text", sa.String(length=300), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("match_mode", sa.String(length=20), nullable=False),
        sa.Column("match_conditions", sa.JSON(), nullable=False),
        sa.Column("inspectors_per_object", sa.Integer(), nullable=False),
        sa.Column("inspection_methods", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("generated_at", UtcDateTime(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_task_author_id")),
        sa.ForeignKeyConstraint(["checklist_id"], ["checklist.id"], name=op.f("fk_task_checklist_id")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_task_division_id")),
        sa.ForeignKeyConstraint(["item_id"], ["inspection_item.id"], name=op.f("fk_task_item_id")),
        sa.ForeignKeyConstraint(["plan_line_id"], ["plan_line.id"], name=op.f("fk_task_plan_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("number", name=op.f("uq_task_number")),
    )
    op.create_index(op.f("ix_task_division_id"), "task", ["division_id"], unique=False)
    op.create_index(op.f("ix_task_plan_line_id"), "task", ["plan_line_id"], unique=False)
    op.create_index(op.f("ix_task_state"), "task", ["state"], unique=False)


def create_generation_report() -> None:
    op.create_table(
        "generation_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=True),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_generation_report_noted_by")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_generation_report_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation_report")),
        sa.UniqueConstraint("task_id", name=op.f("uq_generation_report_task_id")),
    )


def create_task_decision() -> None:
    op.create_table(
        "task_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_decision_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_decision_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_decision")),
    )
    op.create_index(op.f("ix_task_decision_task_id"), "task_decision", ["task_id"], unique=False)


def create_task_member() -> None:
    op.create_table(
        "task_member",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_member_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_member_task_id")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_task_member")),
    )
    op.create_index(op.f("ix_task_member_person_id"), "task_member", ["person_id"], unique=False)


def create_work_plan() -> None:
    op.create_table(
        "work_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("methods_text", sa.Text(), nullable=False),
        sa.Column("standard_text", sa.Text(), nullable=False),
        sa.Column("workflow_text", sa.Text(), nullable=False),
        sa.Column("guidance_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_work_plan_author_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_work_plan_decided_by")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_work_plan_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_plan")),
        sa.UniqueConstraint("task_id", "version", name=op.f("uq_work_plan_task_id_version")),
    )
    op.create_index(op.f("ix_work_plan_task_id"), "work_plan", ["task_id"], unique=False)


def create_work_plan_reading() -> None:
    op.create_table(
        "work_plan_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_plan_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_work_plan_reading_person_id")),
        sa.ForeignKeyConstraint(["work_plan_id"], ["work_plan.id"], name=op.f("fk_work_plan_reading_work_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_plan_reading")),
        sa.UniqueConstraint("work_plan_id", "person_id", name=op.f("uq_work_plan_reading_work_plan_id_person_id")),
    )
