"""A proposal of key supervision: who proposed it, what shows it, and who lifted it before its last day, with the reason."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0040"
down_revision = "0039"
PEOPLE = ("proposed_by", "lifted_by")


def upgrade() -> None:
    """Add the columns; SQLite takes a foreign key only with its column."""
    op.add_column("focus_proposal", sa.Column("evidence", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("focus_proposal", sa.Column("lifted_at", UtcDateTime(), nullable=True))
    op.add_column("focus_proposal", sa.Column("lift_reason", sa.Text(), nullable=True))
    for name in PEOPLE:
        key = f"fk_focus_proposal_{name}_person"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE focus_proposal ADD COLUMN {name} CHAR(32) CONSTRAINT {key} REFERENCES person (id)")
        else:
            op.add_column("focus_proposal", sa.Column(name, sa.Uuid(), nullable=True))
            op.create_foreign_key(key, "focus_proposal", "person", [name], ["id"])
