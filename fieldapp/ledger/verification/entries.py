"""The entries: each as it was hashed, in its place, linked to what came before."""

import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.models import Entry, Leaf, Payload, Queued, Tile, WrittenRows
from fieldapp.ledger.rules import OF_ROWS, WIDTH, commitment, leaf_hash, plain, text_hash, tree_head
from fieldapp.ledger.verification.finding import Finding
from fieldapp.merkle import HASH_BYTES, Frontier

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
        for position, planted, *entry in _rows(_leaves(), Leaf.position, last=2):
            if position != frontier.size:
                yield Finding("place_missing", Leaf.__tablename__, str(frontier.size))
            if entry[0] is None:
                yield Finding("entry_missing", Leaf.__tablename__, str(position))
            else:
                yield from self._check_entry(entry, position, planted)
            leaf = planted if isinstance(planted, bytes) and len(planted) == HASH_BYTES else bytes(HASH_BYTES)
            frontier.append(leaf)
            level.append(leaf)
            self._keep_head(frontier)
        self.size = frontier.size
        for entry in _rows(_whole(Queued), Queued.turn):  # on its way into the tree: it has no place yet, but counts
            yield from self._check_entry(entry)
        yield from _check_tiles(level)
        yield from self._check_outside_the_tree()

    def _keep_head(self, frontier: Frontier) -> None:
        if frontier.size in self.sizes:
            self.heads[frontier.size] = frontier.head()

    def _check_entry(self, entry: Sequence[Any], position: int = 0, planted: bytes | None = None) -> Iterator[Finding]:
        try:
            yield from self._check_readable(entry, position, planted)
        except (ValueError, TypeError, KeyError, AttributeError):  # whoever changed it need not have left it readable
            yield Finding("entry_changed", Entry.__tablename__, _as_identifier(entry[2]))

    def _check_readable(self, entry: Sequence[Any], position: int, planted: bytes | None) -> Iterator[Finding]:
        body, leaf, columns, (salt, facts, rows) = entry[0], entry[1], entry[2:-3], entry[-3:]
        said, found = json.loads(body), leaf_hash(body.encode())
        if found.hex() != leaf:
            yield Finding("entry_changed", Entry.__tablename__, said["id"])
        if planted is not None and planted != found:
            yield Finding("leaf_differs", Leaf.__tablename__, str(position))
        if (columns[0], as_moment(columns[1]), *columns[2:]) != _as_columns(said):
            yield Finding("entry_columns_differ", Entry.__tablename__, said["id"])
        if said["prev"] and self._case_of.get(said["prev"]) != said["case"]:
            yield Finding("case_chain_broken", Entry.__tablename__, said["id"])
        self._case_of[said["id"]] = said["case"]
        if facts is not None and commitment(salt, facts) != said["payload_commit"]:
            yield Finding("payload_differs", Payload.__tablename__, said["id"])
        yield from self._take_rows(said, rows)

    def _take_rows(self, said: dict[str, Any], rows: str | None) -> Iterator[Finding]:
        if said["action"] in OF_ROWS:
            if rows is None or text_hash(rows) != said["after_hash"]:
                yield Finding("rows_differ", WrittenRows.__tablename__, said["id"])
                return
            self.rows.update(((table, key), found) for table, key, found in json.loads(rows))
            return
        if self._thing.get(said["object"]) != said["before_hash"]:
            yield Finding("thing_chain_broken", Entry.__tablename__, said["id"])
        self._thing[said["object"]] = said["after_hash"]
        table, _, thing = said["object"].partition("/")
        self.rows[table, thing] = said["after_hash"]

    def _check_outside_the_tree(self) -> Iterator[Finding]:
        lost = sa.select(Entry.id).outerjoin(Leaf, Leaf.entry_id == Entry.id).outerjoin(
            Queued, Queued.entry_id == Entry.id).where(Leaf.position.is_(None), Queued.turn.is_(None))
        for entry_id in db.session.scalars(lost):
            yield Finding("entry_not_in_tree", Entry.__tablename__, str(entry_id))
        for beside in (Payload, WrittenRows):
            without = sa.select(_digits(beside.entry_id)).outerjoin(Entry, Entry.id == beside.entry_id).where(Entry.id.is_(None))
            for digits in db.session.scalars(without):
                yield Finding("entry_missing", beside.__tablename__, _as_identifier(digits))


def _whole(places: type[Leaf] | type[Queued]) -> sa.Select[Any]:
    """The entries that have these places: body, hash, what `_as_columns` gives of the body, and what stands beside them."""
    return sa.select(
        Entry.body, Entry.leaf_hash, _digits(Entry.id), sa.type_coerce(Entry.at, sa.types.NullType()).label("moment"),
        _digits(Entry.actor_id), Entry.thing_type,
        _digits(Entry.thing_id), _digits(Entry.case_id), _digits(Entry.prev_in_case),
        *(getattr(Entry, name) for name in _TEXT), Payload.salt, Payload.facts, WrittenRows.rows,
    ).select_from(places).outerjoin(Entry, Entry.id == places.entry_id).outerjoin(
        Payload, Payload.entry_id == places.entry_id).outerjoin(WrittenRows, WrittenRows.entry_id == places.entry_id)


def _leaves() -> sa.Select[Any]:
    """The entries in the tree, with their place and their hash in it."""
    return _whole(Leaf).add_columns(Leaf.position, sa.type_coerce(Leaf.leaf_hash, sa.types.NullType()).label("planted"))


def _rows(select: sa.Select[Any], order: Any, *, last: int = 0) -> Iterator[list[Any]]:
    """Rows in an order, the last columns first."""
    for row in db.session.execute(select.order_by(order).execution_options(yield_per=AT_ONCE)):
        yield [*row[len(row) - last:], *row[:len(row) - last]]


def _digits(identifier: Any) -> sa.Function[str]:
    """An identifier's 32 hexadecimal digits on both databases, which is quicker read than the identifier."""
    return sa.func.replace(sa.cast(identifier, sa.Text), "-", "")


def as_moment(raw: Any) -> str:
    """A moment as an entry has it, out of what the database keeps: text on SQLite."""
    return f"{raw.replace(' ', 'T')}+00:00" if isinstance(raw, str) else plain(raw)


def _as_identifier(digits: object) -> str:
    try:
        return str(UUID(str(digits)))
    except ValueError:
        return str(digits)


def _as_columns(said: dict[str, Any]) -> tuple[Any, ...]:
    """What an entry's columns are by its body."""
    table, _, thing = said["object"].partition("/")
    return (said["id"].replace("-", ""), said["at"], said["actor"].replace("-", "") or None, table,
            thing.replace("-", ""), said["case"].replace("-", ""), said["prev"].replace("-", "") or None,
            said["action"], said["before_hash"], said["after_hash"], said["reason"], said["payload_commit"])


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
