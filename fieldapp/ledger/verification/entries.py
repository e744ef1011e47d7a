"""The entries: each as it was hashed, in its place, linked to what came before."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.models import Entry, Leaf, Payload, Queued, Tile, WrittenRows
from fieldapp.ledger.rules import OF_ROWS, WIDTH, commitment, leaf_hash, plain, text_hash, tree_head
from fieldapp.ledger.verification.finding import Finding
from fieldapp.merkle import Frontier

AT_ONCE = 5000
_TEXT = ("action", "before_hash", "after_hash", "reason", "payload_commit")


class Entries:
    """All entries, read once in the tree's order: what does not fit, the heads on the way, what every row should be."""

    def __init__(self, sizes: set[int]) -> None:
        """`sizes` are those at which the head is wanted."""
        self.sizes = sizes
        self.heads: dict[int, bytes] = {}
        self.rows: dict[tuple[str, str], str | None] = {}
        """Table and key to the hash that the last entry left, none for what was deleted."""
        self.size = 0
        self._case_of: dict[str, str] = {}
        self._thing: dict[str, str] = {}

    def check(self) -> Iterator[Finding]:
        """Read all; findings as they come up."""
        frontier, level = Frontier(), list[bytes]()
        self._keep_head(frontier)
        for row in self._in_order():
            if row.position != frontier.size:
                yield Finding("place_missing", Leaf.__tablename__, str(frontier.size))
            if row.id is None:
                yield Finding("entry_missing", Leaf.__tablename__, str(row.position))
            else:
                yield from self._check_entry(row)
                if leaf_hash(row.body.encode()) != row.planted:
                    yield Finding("leaf_differs", Leaf.__tablename__, str(row.position))
            frontier.append(row.planted)
            level.append(row.planted)
            self._keep_head(frontier)
        self.size = frontier.size
        yield from self._check_queue()
        yield from _check_tiles(level)
        yield from self._check_outside_the_tree()

    def _keep_head(self, frontier: Frontier) -> None:
        if frontier.size in self.sizes:
            self.heads[frontier.size] = frontier.head()

    def _in_order(self) -> Iterator[Any]:
        rows = _whole(Leaf).add_columns(Leaf.position, Leaf.leaf_hash.label("planted")).order_by(Leaf.position)
        yield from db.session.execute(rows.execution_options(yield_per=AT_ONCE))

    def _check_queue(self) -> Iterator[Finding]:
        """What is on its way into the tree has not got a place yet, but counts."""
        for row in db.session.execute(_whole(Queued).order_by(Queued.turn)):
            yield from self._check_entry(row)

    def _check_entry(self, row: Any) -> Iterator[Finding]:
        name, key = Entry.__tablename__, str(row.id)
        if leaf_hash(row.body.encode()).hex() != row.leaf_hash:
            yield Finding("entry_changed", name, key)
        said = json.loads(row.body)
        if not _fits(row, said):
            yield Finding("entry_columns_differ", name, key)
        if said["prev"] and self._case_of.get(said["prev"]) != said["case"]:
            yield Finding("case_chain_broken", name, key)
        self._case_of[said["id"]] = said["case"]
        if row.facts is not None and commitment(row.salt, row.facts) != row.payload_commit:
            yield Finding("payload_differs", Payload.__tablename__, key)
        yield from self._take_rows(row, said, key)

    def _take_rows(self, row: Any, said: dict[str, Any], key: str) -> Iterator[Finding]:
        if row.action in OF_ROWS:
            if row.rows is None or text_hash(row.rows) != row.after_hash:
                yield Finding("rows_differ", WrittenRows.__tablename__, key)
                return
            self.rows.update(((table, key), found) for table, key, found in json.loads(row.rows))
            return
        if self._thing.get(said["object"]) != row.before_hash:
            yield Finding("thing_chain_broken", Entry.__tablename__, key)
        self._thing[said["object"]] = row.after_hash
        table, _, thing = said["object"].partition("/")
        self.rows[table, thing] = row.after_hash

    def _check_outside_the_tree(self) -> Iterator[Finding]:
        lost = sa.select(Entry.id).outerjoin(Leaf, Leaf.entry_id == Entry.id).outerjoin(
            Queued, Queued.entry_id == Entry.id).where(Leaf.position.is_(None), Queued.turn.is_(None))
        for entry_id in db.session.scalars(lost):
            yield Finding("entry_not_in_tree", Entry.__tablename__, str(entry_id))


def _whole(places: type[Leaf] | type[Queued]) -> sa.Select[Any]:
    """The entries that have these places, with what stands beside them."""
    return sa.select(
        Entry.id, Entry.at, Entry.actor_id, Entry.thing_type, Entry.thing_id, Entry.case_id, Entry.prev_in_case, Entry.body,
        Entry.leaf_hash, *(getattr(Entry, name) for name in _TEXT), Payload.salt, Payload.facts, WrittenRows.rows,
    ).select_from(places).outerjoin(Entry, Entry.id == places.entry_id).outerjoin(
        Payload, Payload.entry_id == places.entry_id).outerjoin(WrittenRows, WrittenRows.entry_id == places.entry_id)


def _fits(row: Any, said: dict[str, Any]) -> bool:
    """Whether the columns say what the body says."""
    return (said["id"] == str(row.id) and said["actor"] == str(row.actor_id or "")
            and said["object"] == f"{row.thing_type}/{row.thing_id}" and said["case"] == str(row.case_id)
            and said["prev"] == str(row.prev_in_case or "") and said["at"] == plain(row.at)
            and all(said[name] == getattr(row, name) for name in _TEXT))


def _check_tiles(hashes: list[bytes]) -> Iterator[Finding]:
    kept = {(row.level, row.number): row.head for row in db.session.execute(sa.select(Tile.level, Tile.number, Tile.head))}
    for level in count():
        hashes = [tree_head(hashes[start:start + WIDTH]) for start in range(0, len(hashes) - WIDTH + 1, WIDTH)]
        if not hashes:
            break
        for number, head in enumerate(hashes):
            if kept.pop((level, number), None) != head:
                yield Finding("tile_differs", Tile.__tablename__, f"{level}/{number}")
    for level, number in kept:
        yield Finding("tile_differs", Tile.__tablename__, f"{level}/{number}")
