"""Figures of the draw: freeze, object draw, matching. Run it: `python -m tests.bench.bench_draw`."""

import gc
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256

from fieldapp.draw.rules import (
    DrawnObjects,
    Matching,
    Row,
    Seat,
    Snapshot,
    Team,
    draw_objects,
    freeze_directory,
    leaf,
    match_inspectors,
    salt,
)

SEED = sha256(b"bench").digest()
KEY = sha256(b"key").digest()


def rows(count: int) -> Iterator[Row]:
    """A directory as it might be: some objects at the yearly cap."""
    for number in range(count):
        name = f"91370100MA{number:08d}"
        out = number % 50 == 7
        status, reason = ("excluded", "cap_reached") if out else ("ok", "")
        yield Row(name, "370102", "企业", "小型", status, reason, int(not out), salt(KEY, name))


def freeze_and_draw(count: int) -> tuple[Snapshot, DrawnObjects]:
    """Freeze a directory and draw 5 % of it."""
    snapshot = freeze_directory(rows(count))
    return snapshot, draw_snapshot(snapshot)


def draw_snapshot(snapshot: Snapshot) -> DrawnObjects:
    """The object draw alone, with the full order."""
    return draw_objects(SEED, ((line.leaf, line.tickets) for line in snapshot.leaves), len(snapshot.leaves) // 20)


def draw_stream(count: int) -> DrawnObjects:
    """Draw 1 % out of a stream that is never held, with as many in reserve."""
    blinds = (sha256(b"%d" % number).digest() for number in range(count))
    return draw_objects(SEED, ((leaf(blind, 1), 1) for blind in blinds), count // 100, reserve=count // 100)


def match(objects: int, inspectors: int, declared: int = 3) -> Matching:
    """Match teams of two out of all inspectors, some of whom have declared an interest in each object."""
    names = [f"inspector-{number:06d}" for number in range(inspectors)]
    seats = (Seat(frozenset(names)),) * 2
    teams = [
        Team(sha256(b"o%d" % n).digest(), seats, frozenset(names[(n + k) % inspectors] for k in range(declared)))
        for n in range(objects)
    ]
    return match_inspectors(SEED, teams, {})


def timed(label: str, work: Callable[[], object]) -> object:
    """Run and print the seconds."""
    begin = time.perf_counter()
    result = work()
    print(f"{label}: {time.perf_counter() - begin:.2f} s")
    return result


def peak() -> str:
    """The largest memory of this process so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most"


def main() -> None:
    """Print all figures; with `--large` also 10,000,000 objects streamed and 100,000 objects matched."""
    gc.disable()  # nothing here is cyclic, and a million leaves are not worth walking again and again
    print(f"{platform.node()}, Python {platform.python_version()}")
    timed("match 10,000 objects x 600 inspectors", lambda: match(10_000, 600))
    if "--large" in sys.argv:
        timed("draw 10,000,000 rows from a stream", lambda: draw_stream(10_000_000))
        print(peak())
        timed("match 100,000 objects x 5,000 inspectors", lambda: match(100_000, 5_000))
        print(peak())
    snapshot = timed("freeze 1,000,000 rows", lambda: freeze_directory(rows(1_000_000)))
    if isinstance(snapshot, Snapshot):
        timed("draw 1,000,000 rows", lambda: draw_snapshot(snapshot))
    print(peak())


if __name__ == "__main__":
    main()
