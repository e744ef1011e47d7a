"""Figures of the draw: freeze, object draw, matching. Run it: `python -m tests.bench.bench_draw [--large]`."""

import gc
import os
import platform
import resource
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from hashlib import sha256
from multiprocessing import get_context
from operator import itemgetter
from typing import TypeVar

from fieldapp.draw.rules import (
    DrawnObjects,
    Matching,
    Row,
    Seat,
    Snapshot,
    Team,
    draw_objects,
    freeze_directory,
    leaves_in,
    match_inspectors,
    salt,
)
from fieldapp.merkle import tree_head

Answer = TypeVar("Answer")

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
    return draw_objects(SEED, map(itemgetter(2, 1), snapshot.leaves), len(snapshot.leaves) // 20)


def leaf_file(count: int) -> Iterator[str]:
    """The lines of a leaf file that is never held: blinds that rise, a ticket each."""
    for number in range(count):
        yield f"{number:016x}{sha256(b'%d' % number).hexdigest()[16:]} 1"


def draw_stream(count: int) -> tuple[bytes, DrawnObjects]:
    """Read a leaf file twice without holding it: for its root, then to draw 1 % of it, with as many in reserve."""
    root = tree_head(one for one, _ in leaves_in(leaf_file(count)))
    return root, draw_objects(SEED, leaves_in(leaf_file(count)), count // 100, reserve=count // 100)


def match(objects: int, inspectors: int, declared: int = 3) -> Matching:
    """Match teams of two out of all inspectors, some of whom have declared an interest in each object."""
    names = [f"inspector-{number:06d}" for number in range(inspectors)]
    seats = (Seat(frozenset(names)),) * 2
    teams = [
        Team(sha256(b"o%d" % n).digest(), seats, frozenset(names[(n + k) % inspectors] for k in range(declared)))
        for n in range(objects)
    ]
    return match_inspectors(SEED, teams, {})


def timed(label: str, work: Callable[[], Answer]) -> Answer:
    """Run and print the seconds by the clock and those of the processor, which other processes do not lengthen much."""
    begin, used = time.perf_counter(), time.process_time()
    result = work()
    print(f"{label}: {time.perf_counter() - begin:.2f} s, {time.process_time() - used:.2f} s of processor", flush=True)
    return result


def figure_of_freeze() -> None:
    """Freeze and draw a million, whose rows lie ready as they come from a database; the salts are the freeze's work."""
    ready = list(rows(1_000_000))
    begin = time.process_time()
    timed("salts of 1,000,000 rows", lambda: deque((salt(KEY, row.object_id) for row in ready), 0))
    snapshot = timed("freeze 1,000,000 rows", lambda: freeze_directory(ready))
    timed("draw 1,000,000 rows, the whole order (goal 3 s)", lambda: draw_snapshot(snapshot))
    print(f"salts, freeze and draw (goal 8 s): {time.process_time() - begin:.2f} s of processor")


FIGURES: dict[str, Callable[[], object]] = {
    "match": lambda: timed("match 10,000 objects x 600 inspectors (goal 1 s)", lambda: match(10_000, 600)),
    "freeze": figure_of_freeze,
}
LARGE: dict[str, Callable[[], object]] = {
    "stream": lambda: timed("root and draw of 10,000,000 rows, streamed (goal 250 MB)", lambda: draw_stream(10_000_000)),
    "match-large": lambda: timed("match 100,000 objects x 5,000 inspectors (goal 15 s, 600 MB)", lambda: match(100_000, 5_000)),
}


def main() -> None:
    """Print each figure, measured in a process of its own; those named, or all that are quick, with `--large` all."""
    names = sys.argv[1:] or list(FIGURES)
    if names == ["--large"]:
        names = [*FIGURES, *LARGE]
    print(f"{platform.node()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
          f"load {os.getloadavg()[0]:.1f} before it began", flush=True)
    for name in names:
        process = get_context("spawn").Process(target=measure, args=(name,))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(f"{name} failed")


def measure(name: str) -> None:
    """One figure, and the largest memory that its process had."""
    gc.disable()  # nothing here is cyclic, and a million leaves are not worth walking again and again
    (FIGURES | LARGE)[name]()
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most", flush=True)


if __name__ == "__main__":
    main()
