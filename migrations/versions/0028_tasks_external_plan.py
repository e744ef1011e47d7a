"""Tasks drawn elsewhere: the platform's plan, and its number of a task only once."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add the columns and the index; a number taken in twice stays with the first and is marked on the others."""
    op.add_column("task", sa.Column("external_plan_number", sa.String(length=60), nullable=True))
    op.add_column("task", sa.Column("external_plan_name", sa.String(length=200), nullable=True))
    task = sa.table("task", sa.column("id", sa.Uuid()), sa.column("external_ref", sa.String()))
    seen: set[str] = set()
    for row in op.get_bind().execute(sa.select(task).where(task.c.external_ref.is_not(None)).order_by(task.c.id)).all():
        if row.external_ref in seen:
            marked = f"{row.external_ref[:23]}#{row.id.hex}"
            op.execute(task.update().where(task.c.id == row.id).values(external_ref=marked))
        seen.add(row.external_ref)
    op.create_index("uq_task_external_ref", "task", ["external_ref"], unique=True)
