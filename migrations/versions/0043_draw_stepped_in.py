"""When an object of the reserve stepped in, beside its place in the draw: the public counts it."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Add the column, and fill it from the replacements that there are."""
    op.add_column("drawn_object", sa.Column("stepped_in_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE drawn_object SET stepped_in_at = (SELECT object_replacement.at FROM object_replacement "
               "WHERE object_replacement.drawn_object_id = drawn_object.id) WHERE id IN "
               "(SELECT drawn_object_id FROM object_replacement)")
