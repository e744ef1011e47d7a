"""The log in files: checkpoint, tiles, and for auditors the entries (C2SP tlog-tiles)."""

from collections.abc import Iterator
from pathlib import Path

from fieldapp.ledger import queries
from fieldapp.ledger.cosignatures import note_of
from fieldapp.ledger.rules import WIDTH, entry_bundle, tile_path, tiles_of


def tile(level: int, number: int, width: int = WIDTH) -> bytes | None:
    """A tile's hashes one after the other, 32 bytes each; none where the tree has not got so many."""
    hashes = queries.hashes(level, number, width)
    return b"".join(hashes) if hashes and len(hashes) == width else None


def files(size: int, *, entries: bool) -> Iterator[tuple[str, bytes]]:
    """Every tile of the tree of that size by its path, and the bundles of entries where they are wanted."""
    for level, number, width in tiles_of(size):
        yield tile_path(level, number, width), b"".join(queries.hashes(level, number, width))
        if entries and level == 0:
            bodies = queries.bodies(number * WIDTH, number * WIDTH + width)
            yield tile_path("entries", number, width), entry_bundle(bodies)


def export(folder: Path, *, entries: bool) -> int:
    """Write the newest signed log into a folder; the number of its entries. Raises LookupError before the first signature."""
    last = queries.last_checkpoint()
    if last is None:
        raise LookupError("no checkpoint has been signed yet")
    for path, content in files(last.size, entries=entries):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "checkpoint").write_text(note_of(last), encoding="utf-8")
    return last.size
