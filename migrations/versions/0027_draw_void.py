"""Who asked for the void of a draw, when, and who approved it: columns of draw."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0027"
down_revision = "0026"
PEOPLE = ("void_asked_by", "voided_by")


def upgrade() -> None:
    """Add the columns; SQLite takes a foreign key only with its column."""
    op.add_column("draw", sa.Column("void_asked_at", UtcDateTime(), nullable=True))
    for name in PEOPLE:
        key = f"fk_draw_{name}_person"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE draw ADD COLUMN {name} CHAR(32) CONSTRAINT {key} REFERENCES person (id)")
        else:
            op.add_column("draw", sa.Column(name, sa.Uuid(), nullable=True))
            op.create_foreign_key(key, "draw", "person", [name], ["id"])
