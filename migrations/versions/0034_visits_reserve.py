"""The reserve takes the place of an object that is gone: whether a task says so, and who took whose place."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Add the column, false for the tasks that are, and the table."""
    op.add_column("task", sa.Column("takes_reserve", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "object_replacement",
        sa.Column("gone_visit_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_object_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["gone_visit_id"], ["visit.id"], name=op.f("fk_object_replacement_gone_visit_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_object_replacement_visit_id")),
        sa.ForeignKeyConstraint(["drawn_object_id"], ["drawn_object.id"], name=op.f("fk_object_replacement_drawn_object_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_object_replacement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_replacement")),
        sa.UniqueConstraint("gone_visit_id", name=op.f("uq_object_replacement_gone_visit_id")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_object_replacement_visit_id")),
    )
    for statement in append_only_statements("object_replacement", op.get_bind().dialect.name):
        op.execute(statement)
