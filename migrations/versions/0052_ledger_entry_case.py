"""The newest entry of a case is found at once, however many it has."""

from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    """Index the entries of a case in their order."""
    op.create_index("ix_ledger_entry_case", "ledger_entry", ["case_id", "id"], unique=False)
    op.drop_index(op.f("ix_ledger_entry_case_id"), "ledger_entry")
