"""Whether the store holds what the database says, and nothing else: for `fieldapp evidence check`."""

from dataclasses import asdict, dataclass, field
from typing import Any

from fieldapp import clock
from fieldapp.evidence import queries, rules, store
from fieldapp.evidence.models import Original
from fieldapp.evidence.store import Shelf


@dataclass
class Findings:
    """What was found, by the SHA-256 of each file: `missing` and `mismatched` are damage, `orphans` a write whose commit
    never came; what is younger than ten minutes is still arriving. Pictures can be made again."""

    originals: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    mismatched: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    arriving: int = 0
    pictures: int = 0
    pictures_missing: int = 0
    chunks_waiting: int = 0
    chunks_bytes: int = 0
    chunks_stale: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether every original is there, to the bit."""
        return not self.missing and not self.mismatched

    def as_dict(self) -> dict[str, Any]:
        """The findings for a program."""
        return {**asdict(self), "is_sound": self.is_sound}


def check_store() -> Findings:
    """Read every original and compare it with its row; count what lies there besides."""
    found = Findings()
    lying = dict(store.files(Shelf.ORIGINALS))
    rows = queries.originals()
    for row in rows:
        _check(row, found)
    fresh = (clock.now() - rules.ARRIVING).timestamp()
    unknown = {name: stat for name, stat in lying.items() if name not in {row.sha256 for row in rows}}
    found.orphans = [name for name, stat in unknown.items() if stat.st_mtime < fresh]
    found.arriving = len(unknown) - len(found.orphans)
    pictures = queries.pictures()
    found.pictures = len(pictures)
    found.pictures_missing = sum(not store.holds(Shelf.PICTURES, row.sha256) for row in pictures)
    waiting = [stat for _, stat in store.files(Shelf.CHUNKS)]
    stale = (clock.now() - rules.STALE).timestamp()
    found.chunks_waiting, found.chunks_bytes = len(waiting), sum(stat.st_size for stat in waiting)
    found.chunks_stale = sum(stat.st_mtime < stale for stat in waiting)
    return found


def _check(row: Original, found: Findings) -> None:
    found.originals += 1
    found.bytes += row.size
    if not store.holds(Shelf.ORIGINALS, row.sha256):
        found.missing.append(row.sha256)
    elif store.hashes_of(Shelf.ORIGINALS, row.sha256) != (row.sha256, row.sm3):
        found.mismatched.append(row.sha256)
