"""Put entries into the tree: at once where there is one writer, else by one sequencer after the other's commit."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger import queries
from fieldapp.ledger.models import Entry, Leaf, Queued, Tile
from fieldapp.ledger.rules import WIDTH, tree_head

_INSERT = {model: sa.insert(db.table_of(model)) for model in (Leaf, Queued, Tile)}


def append(entries: Sequence[Entry]) -> None:
    """Take entries into the tree in the change's own transaction; on PostgreSQL into the queue, for the sequencer."""
    if db.has_one_writer():
        _plant([(entry.id, bytes.fromhex(entry.leaf_hash)) for entry in entries])
    else:
        db.session.execute(_INSERT[Queued], [{"entry_id": entry.id} for entry in entries])


def sequence() -> int:
    """Empty the queue into the tree, by the one process whose turn it is; the number of entries that found their place.

    The queue is emptied, never read beyond a number: transactions commit in another order than they began.
    """
    taken = db.session.execute(sa.delete(Queued).returning(Queued.turn, Queued.entry_id)).all()
    entry_ids = [entry_id for _, entry_id in sorted((row.turn, row.entry_id) for row in taken)]
    hashes = queries.hashes_of_entries(entry_ids)
    if entry_ids:
        _plant([(entry_id, hashes[entry_id]) for entry_id in entry_ids])
    return len(entry_ids)


def _plant(leaves: list[tuple[UUID, bytes]]) -> None:
    size = queries.size()
    db.session.execute(_INSERT[Leaf], [
        {"position": position, "entry_id": entry_id, "leaf_hash": found}
        for position, (entry_id, found) in enumerate(leaves, size)])
    level, before, after = 0, size // WIDTH, (size + len(leaves)) // WIDTH
    while before < after:
        db.session.execute(_INSERT[Tile], [
            {"level": level, "number": number, "head": tree_head(queries.hashes(level, number))}
            for number in range(before, after)])
        level, before, after = level + 1, before // WIDTH, after // WIDTH
