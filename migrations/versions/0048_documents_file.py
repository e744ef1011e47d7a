"""The sealed file of a document: its hashes, by which template and scheme, over which head of the log."""

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """Add the table; no document has a file yet, each gets one when it is first asked for."""
    op.create_table(
        "document_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sm3", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("head", sa.String(length=200), nullable=False),
        sa.Column("sealed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_file_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_file_document_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_file_sha256")),
    )
    for statement in append_only_statements("document_file", op.get_bind().dialect.name):
        op.execute(statement)
