"""By which door a rating came, more than one of a visit; a complaint's own address; the slip of an entity's phone."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import append_only_statements

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Add the columns; what was rated before came by the copy, what was complained of before has no address of its own.

    On SQLite the table of ratings is built anew with all its rows, and its triggers with it.
    """
    dialect = op.get_bind().dialect.name
    with op.batch_alter_table("visit_rating") as table:
        table.add_column(sa.Column("door", sa.String(length=20), nullable=False, server_default="copy"))
        table.drop_constraint(op.f("uq_visit_rating_visit_id"), type_="unique")
        table.create_index(op.f("ix_visit_rating_visit_id"), ["visit_id"], unique=False)
    for name, column in (("visit_complaint", "secret_sha256"), ("signing_link", "slip_sha256")):
        op.add_column(name, sa.Column(column, sa.String(length=64), nullable=True))
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=True)
    if dialect == "sqlite":
        for statement in append_only_statements("visit_rating", dialect):
            op.execute(statement)
