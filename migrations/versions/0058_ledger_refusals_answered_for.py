"""The ledger answers for what witnesses refused: the rows that are there are entered as they are (rules/protection.py, SINCE)."""

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    """The table stays as it is."""
