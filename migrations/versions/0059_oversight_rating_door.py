"""By which door a rating came, more than one of a visit; a complaint's own address; the slip of an entity's phone."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Add the columns; what was rated before came by the copy, what was complained of before has no address of its own."""
    if op.get_bind().dialect.name == "sqlite":
        _build_anew()
    else:
        op.add_column("visit_rating", sa.Column("door", sa.String(length=20), nullable=False, server_default="copy"))
        op.drop_constraint(op.f("uq_visit_rating_visit_id"), "visit_rating", type_="unique")
    op.create_index(op.f("ix_visit_rating_visit_id"), "visit_rating", ["visit_id"], unique=False)
    for name, column in (("visit_complaint", "secret_sha256"), ("signing_link", "slip_sha256")):
        op.add_column(name, sa.Column(column, sa.String(length=64), nullable=True))
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=True)


def _build_anew() -> None:
    """SQLite takes no constraint off a table: another takes its place with all its rows, and has its triggers."""
    op.create_table(
        "visit_rating_anew",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("door", sa.String(length=20), nullable=False, server_default="copy"),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_rating_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rating")),
    )
    op.execute("INSERT INTO visit_rating_anew (visit_id, score, words, at, id) SELECT visit_id, score, words, at, id"
               " FROM visit_rating")
    op.drop_table("visit_rating")
    op.rename_table("visit_rating_anew", "visit_rating")
    for statement in append_only_statements("visit_rating", "sqlite"):
        op.execute(statement)
