"""The reason for a changed work plan; which version of it a check was begun by."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
KEY = "fk_visit_task_work_plan_id"


def upgrade() -> None:
    """Add the two columns; SQLite takes a foreign key only with its column."""
    op.add_column("work_plan", sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE visit_task ADD COLUMN work_plan_id CHAR(32) CONSTRAINT {KEY} REFERENCES work_plan (id)")
    else:
        op.add_column("visit_task", sa.Column("work_plan_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(KEY, "visit_task", "work_plan", ["work_plan_id"], ["id"])
