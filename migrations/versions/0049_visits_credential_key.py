"""人员核验 by a code that changes: the keys of phones, and what somebody doubts."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "credential_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credential_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_key")),
        sa.UniqueConstraint("key_id", name=op.f("uq_credential_key_key_id")),
    )
    for name in ("person_id", "device"):
        op.create_index(op.f(f"ix_credential_key_{name}"), "credential_key", [name], unique=False)
    op.create_table(
        "credential_doubt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(120), nullable=False),
        sa.Column("answer_given", sa.String(200), nullable=False),
        sa.Column("code", sa.String(200), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=True),
        sa.Column("found_by_id", sa.Uuid(), nullable=True),
        *(sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_credential_doubt_{name}"))
          for name, table in (("visit_id", "visit"), ("inspector_id", "inspector"), ("found_by_id", "person"))),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_doubt")),
    )
    op.create_index(op.f("ix_credential_doubt_visit_id"), "credential_doubt", ["visit_id"], unique=False)
