"""An object at the yearly cap that legal affairs lets into a task's pool: the table cap_override."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "cap_override",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_cap_override_task_id")),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_cap_override_object_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cap_override_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_override")),
        sa.UniqueConstraint("task_id", "object_id", name=op.f("uq_cap_override_task_id_object_id")),
    )
    op.create_index(op.f("ix_cap_override_task_id"), "cap_override", ["task_id"])
    for statement in append_only_statements("cap_override", op.get_bind().dialect.name):
        op.execute(statement)
