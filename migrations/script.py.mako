"""${message}"""

import sqlalchemy as sa
from alembic import op

import fieldapp.db
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Add what this release needs."""
    ${upgrades if upgrades else "pass"}
