"""The object draw: every ticket is a hash of seed and leaf, the lowest tickets are drawn."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from fieldapp.law import article

_TICKET = b"fieldapp-draw/1 obj\0"
_BYTES = [bytes([number]) for number in range(256)]


@dataclass(frozen=True, slots=True)
class DrawnObjects:
    """The result: the leaves drawn, those that follow as reserve, both in ticket order, and how many were missing."""

    drawn: list[bytes]
    reserve: list[bytes]
    shortfall: int


def ticket(seed: bytes, leaf: bytes, tickets: int) -> bytes:
    """An object's ticket: the lowest of its `tickets` (1 to 256) hashes, 32 bytes."""
    return min(sha256(_TICKET + seed + leaf + _BYTES[number]).digest() for number in range(tickets))


@article("14", "16")
def draw_objects(
    seed: bytes, leaves: Iterable[tuple[bytes, int]], quota: int, reserve: int | None = None
) -> DrawnObjects:
    """Give every object its ticket; the lowest tickets are drawn, the next are the reserve (E2, E21).

    `leaves` are pairs of leaf and tickets, in any order; those without tickets cannot be drawn. If the quota
    exceeds the pool, all are drawn and the shortfall is said. `reserve` limits the reserve list and with it the
    memory, so that the leaves can be a stream; without it the full order is kept.
    """
    if len(seed) != 32 or quota < 0:
        raise ValueError("a draw needs a seed of 32 bytes and a quota")
    tickets = _tickets(_TICKET + seed, leaves)
    order = sorted(tickets) if reserve is None else _lowest(tickets, quota + reserve)
    return DrawnObjects(
        [entry[32:] for entry in order[:quota]], [entry[32:] for entry in order[quota:]], max(0, quota - len(order))
    )


@article("16")
def draw_strata(
    seed: bytes, strata: Mapping[str, tuple[Iterable[tuple[bytes, int]], int]], reserve: int | None = None
) -> dict[str, DrawnObjects]:
    """Draw each stratum by itself, with its own leaves and its own quota."""
    return {name: draw_objects(seed, leaves, quota, reserve) for name, (leaves, quota) in sorted(strata.items())}


def _tickets(prefix: bytes, leaves: Iterable[tuple[bytes, int]]) -> Iterator[bytes]:
    """Ticket and leaf in one string of 64 bytes: it sorts as the pair does and takes half the memory."""
    for leaf, count in leaves:
        if count == 1:
            yield sha256(prefix + leaf + b"\0").digest() + leaf
        elif count:
            yield min(sha256(prefix + leaf + number).digest() for number in _BYTES[:count]) + leaf


def _lowest(entries: Iterable[bytes], count: int) -> list[bytes]:
    """The lowest `count` entries in order, never holding more than about twice as many."""
    kept: list[bytes] = []
    room, limit = 2 * count + 1024, b"\xff" * 65
    for entry in entries:
        if entry < limit:
            kept.append(entry)
            if len(kept) > room:
                kept.sort()
                del kept[count:]
                limit = kept[-1] if kept else b""
    kept.sort()
    return kept[:count]
