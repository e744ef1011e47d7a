"""The tree in files that anybody can keep: tiles of 256 hashes, bundles of 256 entries (C2SP tlog-tiles)."""

import re
from collections.abc import Iterator, Sequence

WIDTH = 256
_TILE_NAME = re.compile(r"((?:x\d{3}/){0,3}\d{3})(?:\.p/(\d{1,3}))?", re.ASCII)
LONGEST_ENTRY = 0xFFFF
"""Bytes: an entry's length stands before it in two."""


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile lies: `tile/<level>/x001/x234/067`, with `.p/<width>` while it is not full; level "entries" is a bundle."""
    digits = f"{number:03d}"
    digits = digits.zfill(-len(digits) // 3 * -3)
    parts = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*("x" + part for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < WIDTH else "")


def read_tile_number(name: str) -> tuple[int, int] | None:
    """A tile's number and width from the end of its path; none where the path is not the one that `tile_path` gives."""
    found = _TILE_NAME.fullmatch(name)
    if found is None:
        return None
    number, width = int("".join(re.findall(r"\d", found[1]))), int(found[2] or WIDTH)
    return (number, width) if tile_path(0, number, width).removeprefix("tile/0/") == name else None


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Every tile of a tree of `size` entries as (level, number, width), the partial ones at the right edge with them."""
    level, hashes = 0, size
    while hashes:
        full, rest = divmod(hashes, WIDTH)
        yield from ((level, number, WIDTH) for number in range(full))
        if rest:
            yield level, full, rest
        level, hashes = level + 1, full


def entry_bundle(bodies: Sequence[bytes]) -> bytes:
    """Entries one after the other, each behind its length in two bytes, the high one first. Raises ValueError on a longer one."""
    if any(len(body) > LONGEST_ENTRY for body in bodies):
        raise ValueError(f"an entry has at most {LONGEST_ENTRY} bytes")
    return b"".join(len(body).to_bytes(2) + body for body in bodies)
