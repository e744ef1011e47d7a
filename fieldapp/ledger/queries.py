"""Reading the ledger: the last entry of a case, of a thing, and a thing's history; the tree over all entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.models import Cosignature, Entry, Leaf, Payload, Queued, SignedCheckpoint, Tile, WrittenRows
from fieldapp.ledger.rules import ERASED, ROWS_MIGRATED, ROWS_WRITTEN, WIDTH, row_text, tree_head
from fieldapp.merkle import consistency_ranges, inclusion_ranges, joined, whole_subtrees

_OF_CASE = sa.select(Entry.id).where(Entry.case_id == sa.bindparam("case_id")).order_by(Entry.id.desc()).limit(1)
_OF_THING = sa.select(Entry).where(
    Entry.thing_type == sa.bindparam("thing_type"), Entry.thing_id == sa.bindparam("thing_id")).order_by(Entry.id.desc()).limit(1)
_LAST_OF = sa.select(_OF_CASE.scalar_subquery(), *(
    _OF_THING.with_only_columns(column).scalar_subquery() for column in (Entry.id, Entry.after_hash)))


def last_of(case_id: UUID, thing_type: str, thing_id: UUID) -> tuple[UUID | None, tuple[UUID | None, str | None]]:
    """The newest entry of a case, and the newest about a thing with the hash that it left behind."""
    of = {"case_id": case_id, "thing_type": thing_type, "thing_id": thing_id}
    prev, about, before = db.session.execute(_LAST_OF, of).one()
    return prev, (about, before)


def last_in_cases(case_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The newest entry of each of many cases."""
    return {case_id: entry_id for case_id, (entry_id, _) in _newest(Entry.case_id, case_ids).items()}


def last_about(thing_type: str, thing_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """The newest entry about each of many things, and the hash that it left behind."""
    return _newest(Entry.thing_id, thing_ids, Entry.thing_type == thing_type)


def columns_of(row: Any) -> dict[str, Any]:
    """A row's columns by name, as its object has them."""
    return {column.key: getattr(row, column.key) for column in sa.inspect(type(row)).column_attrs}


def text_of(row: Any) -> str:
    """A row as the ledger hashes it: canonical JSON, whose SHA-256 is the hash that entries name."""
    return row_text(columns_of(row))


def read_again(things: Sequence[Any]) -> None:
    """Hold many rows of one table, in one order, and read them back as they stand in the database now."""
    if not things:
        return
    table = type(things[0])
    for part in db.in_parts(sorted(thing.id for thing in things)):
        rows = sa.select(table).where(table.id.in_(part)).order_by(table.id).with_for_update(of=table, key_share=True)
        db.session.scalars(rows.execution_options(populate_existing=True)).unique().all()


def history(case_id: UUID, *, about: UUID | None = None) -> list[tuple[Entry, Payload | None]]:
    """The entries of a case, or those that concern one thing in it, with what is still known beside them, the oldest first."""
    entries = sa.select(Entry, Payload).outerjoin(Payload).where(
        Entry.case_id == case_id, Entry.action != ROWS_WRITTEN).order_by(Entry.id)
    if about is not None:
        entries = entries.where(sa.or_(Entry.thing_id == about, Payload.facts.contains(str(about))))
    return [(entry, payload) for entry, payload in db.session.execute(entries)]


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in its place: its index, its body, the list of rows that it names if it is of such, and what it commits to."""

    index: int
    body: str
    rows: str | None
    salt: str | None
    facts: str | None


def entries_under(case_id: UUID, size: int) -> list[Placed]:
    """The entries of a case in the tree of the first `size` entries, in its order."""
    placed = sa.select(Leaf.position, Entry.body, WrittenRows.rows, Payload.salt, Payload.facts).join(
        Entry, Entry.id == Leaf.entry_id).outerjoin(WrittenRows, WrittenRows.entry_id == Entry.id).outerjoin(Payload)
    rows = db.session.execute(placed.where(Entry.case_id == case_id, Leaf.position < size).order_by(Leaf.position))
    return [Placed(*row) for row in rows]


def last_entry_about(action: str, thing_id: UUID) -> tuple[Entry, Payload | None] | None:
    """The last entry of that action about a thing, with what is still known beside it, if there is one."""
    newest = sa.select(Entry, Payload).outerjoin(Payload).where(Entry.thing_id == thing_id, Entry.action == action)
    found = db.session.execute(newest.order_by(Entry.id.desc()).limit(1)).one_or_none()
    return (found[0], found[1]) if found else None


def taken_in_after() -> str | None:
    """The last revision of the tables after which rows were entered as they were: revisions rise, whatever the clock."""
    return db.session.scalar(sa.select(sa.func.max(Entry.reason)).where(Entry.action == ROWS_MIGRATED))


def payloads_gone() -> tuple[int, int]:
    """Beside how many entries nothing stands any more of what they committed to: by an entry that says so, and without."""
    said = sa.select(Entry.thing_id).where(Entry.action == ERASED)
    gone = sa.select(sa.func.count()).select_from(Entry).outerjoin(Payload).where(
        Payload.entry_id.is_(None), Entry.payload_commit.is_not(None))
    told, all_gone = (db.session.scalar(one) or 0 for one in (gone.where(Entry.id.in_(said)), gone))
    return told, all_gone - told


def last_moment(action: str, thing_type: str, thing_ids: Sequence[UUID], *, until: datetime) -> datetime | None:
    """When that was last done to one of these things, not after a moment."""
    done = sa.select(sa.func.max(Entry.at)).where(
        Entry.thing_type == thing_type, Entry.thing_id.in_(thing_ids), Entry.action == action, Entry.at <= until)
    return db.session.scalar(done)


_LAST_PLACE = sa.select(sa.func.max(Leaf.position))


def size() -> int:
    """How many entries have their place in the tree."""
    last = db.session.scalar(_LAST_PLACE)
    return 0 if last is None else last + 1


def is_queue_empty() -> bool:
    """Whether every entry has found its place."""
    return db.session.scalar(sa.select(Queued.turn).limit(1)) is None


def place_of(entry_id: UUID) -> int | None:
    """An entry's index in the tree, once it has one."""
    return db.session.scalar(sa.select(Leaf.position).where(Leaf.entry_id == entry_id))


def hashes(level: int, number: int, width: int = WIDTH) -> list[bytes]:
    """The first `width` hashes of a tile: leaf hashes on level 0, above it the heads of the full tiles below."""
    start = number * WIDTH
    return _hashes(level, start, start + width)


def bodies(start: int, end: int) -> list[bytes]:
    """The entries from one place up to before another, as they were hashed."""
    rows = sa.select(Entry.body).join(Leaf, Leaf.entry_id == Entry.id).where(Leaf.position >= start, Leaf.position < end)
    return [body.encode() for body in db.session.scalars(rows.order_by(Leaf.position))]


def hashes_of_entries(entry_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """The leaf hash of each of many entries."""
    found: dict[UUID, bytes] = {}
    for part in db.in_parts(entry_ids):
        rows = db.session.execute(sa.select(Entry.id, Entry.leaf_hash).where(Entry.id.in_(part)))
        found |= {entry_id: bytes.fromhex(leaf_hash) for entry_id, leaf_hash in rows}
    return found


def head_at(end: int) -> bytes:
    """The root of the tree of the first `end` entries."""
    return _head(0, end) if end else tree_head([])


def inclusion_path(index: int, end: int) -> list[bytes]:
    """The audit path of an entry in the tree of the first `end` entries; raises ValueError as `inclusion_proof` does."""
    return [_head(start, stop) for start, stop in inclusion_ranges(index, end)]


def inclusion_paths(indices: Sequence[int], end: int) -> list[list[bytes]]:
    """The audit path of each of many entries in the tree of the first `end`; each tile is read once for all of them."""
    tile = cache(hashes)

    @cache
    def head(start: int, stop: int) -> bytes:
        return joined([_inside(tile, height, number) for height, number in whole_subtrees(start, stop)])

    return [[head(*part) for part in inclusion_ranges(index, end)] for index in indices]


def continuation(old: int, end: int) -> list[bytes]:
    """The consistency proof between two sizes of the tree; raises ValueError as `consistency_proof` does."""
    return [_head(start, stop) for start, stop in consistency_ranges(old, end)]


def last_checkpoint() -> SignedCheckpoint | None:
    """The newest signed head of the log."""
    newest = sa.select(SignedCheckpoint).order_by(SignedCheckpoint.size.desc(), SignedCheckpoint.id.desc())
    return db.session.scalar(newest.limit(1))


def checkpoint_over(index: int) -> SignedCheckpoint | None:
    """The head under which an entry is proved: the newest that a witness has cosigned and that covers it, else the newest."""
    cosigned = sa.select(SignedCheckpoint).join(Cosignature).where(SignedCheckpoint.size > index)
    found = db.session.scalar(cosigned.order_by(SignedCheckpoint.size.desc(), SignedCheckpoint.id.desc()).limit(1))
    last = found or last_checkpoint()
    return last if last is not None and last.size > index else None


def first_checkpoint_over(index: int) -> SignedCheckpoint | None:
    """The first head under which an entry could be proved: the first that a witness has cosigned, else the first signed."""
    over = sa.select(SignedCheckpoint).where(SignedCheckpoint.size > index)
    over = over.order_by(SignedCheckpoint.size, SignedCheckpoint.id).limit(1)
    return db.session.scalar(over.join(Cosignature)) or db.session.scalar(over)


def checkpoint_of(note: str) -> SignedCheckpoint | None:
    """The signed head with this note."""
    same = sa.select(SignedCheckpoint).where(SignedCheckpoint.note == note)
    return db.session.scalar(same.order_by(SignedCheckpoint.id.desc()).limit(1))


def _head(start: int, end: int) -> bytes:
    """The head over some leaves that are one subtree, from few hashes: the tiles' heads stand in for what is below."""
    return joined([_subtree(height, number) for height, number in whole_subtrees(start, end)])


def _subtree(height: int, number: int) -> bytes:
    level, inside = divmod(height, WIDTH.bit_length() - 1)
    return tree_head(_hashes(level, number << inside, (number + 1) << inside))


def _inside(tile: Callable[[int, int], list[bytes]], height: int, number: int) -> bytes:
    """The head of a full subtree, from the tile in which its hashes stand."""
    level, inside = divmod(height, WIDTH.bit_length() - 1)
    which, start = divmod(number << inside, WIDTH)
    return tree_head(tile(level, which)[start:start + (1 << inside)])


def _hashes(level: int, start: int, end: int) -> list[bytes]:
    leaves = sa.select(Leaf.leaf_hash).where(Leaf.position >= start, Leaf.position < end).order_by(Leaf.position)
    heads = sa.select(Tile.head).where(Tile.level == level - 1, Tile.number >= start, Tile.number < end)
    return db.scalars(heads.order_by(Tile.number) if level else leaves)


def _newest(key: Any, keys: Sequence[UUID], *which: Any) -> dict[UUID, tuple[UUID, str]]:
    """The newest entry under each key and the hash that it left, found entry by entry: a key may have a great many."""
    found: dict[UUID, tuple[UUID, str]] = {}
    for part in db.in_parts(list(set(keys))):
        asked = sa.values(sa.column("key", sa.Uuid), name="asked").data([(one,) for one in part]).cte()
        newest = sa.select(Entry.id).where(key == asked.c.key, *which).order_by(Entry.id.desc()).limit(1).correlate(asked)
        rows = sa.select(asked.c.key, Entry.id, Entry.after_hash).join(Entry, Entry.id == newest.scalar_subquery())
        found |= {one: (entry_id, after) for one, entry_id, after in db.session.execute(rows)}
    return found
