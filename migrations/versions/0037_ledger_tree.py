"""The ledger's tree: places, tiles, checkpoints, rows written beside; the entries that are there take their places."""

from itertools import count

import sqlalchemy as sa
from alembic import op

from fieldapp.db import UtcDateTime, append_only_statements
from fieldapp.merkle import tree_head

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Add the tables, fill the tree, then close them."""
    create_rows()
    create_queue()
    leaf = create_leaf()
    tile = create_tile()
    create_checkpoint()
    heads = _plant(leaf)
    for level in count():
        full = [heads[start:start + 256] for start in range(0, len(heads) - 255, 256)]
        if not full:
            break
        heads = [tree_head(part) for part in full]
        op.bulk_insert(tile, [{"level": level, "number": number, "head": head} for number, head in enumerate(heads)])
    for table in ("ledger_rows", "ledger_leaf", "ledger_tile", "ledger_checkpoint"):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def create_rows() -> None:
    op.create_table(
        "ledger_rows",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.id"], name=op.f("fk_ledger_rows_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_ledger_rows")),
    )


def create_queue() -> None:
    op.create_table(
        "ledger_queue",
        sa.Column("turn", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.id"], name=op.f("fk_ledger_queue_entry_id")),
        sa.PrimaryKeyConstraint("turn", name=op.f("pk_ledger_queue")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_ledger_queue_entry_id")),
    )


def create_leaf() -> sa.Table:
    return op.create_table(
        "ledger_leaf",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.id"], name=op.f("fk_ledger_leaf_entry_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_ledger_leaf")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_ledger_leaf_entry_id")),
    )


def create_tile() -> sa.Table:
    return op.create_table(
        "ledger_tile",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_ledger_tile")),
    )


def create_checkpoint() -> None:
    op.create_table(
        "ledger_checkpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_checkpoint")),
    )
    op.create_index(op.f("ix_ledger_checkpoint_size"), "ledger_checkpoint", ["size"], unique=False)


def _plant(leaf: sa.Table) -> list[bytes]:
    """Give every entry its place, in the order of time; their leaf hashes."""
    entry = sa.table("ledger_entry", sa.column("id", sa.Uuid()), sa.column("leaf_hash", sa.String()))
    planted: list[bytes] = []
    for part in op.get_bind().execute(sa.select(entry).order_by(entry.c.id)).partitions(1000):
        hashes = [bytes.fromhex(row.leaf_hash) for row in part]
        op.bulk_insert(leaf, [{"position": position, "entry_id": row.id, "leaf_hash": found}
                              for position, row, found in zip(count(len(planted)), part, hashes, strict=False)])
        planted += hashes
    return planted
