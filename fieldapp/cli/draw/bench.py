"""`fieldapp draw bench --objects N`: what a draw of this size costs on this machine; the benchmarks measure the same work."""

import argparse
import gc
import os
import platform
import resource
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from multiprocessing import get_context
from operator import itemgetter
from typing import Any, TypeVar

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
STREAMED = 2_000_000
"""More rows than this are not held: their leaf file is read twice, for the root and for the draw."""
MOST_MATCHED = 100_000


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


def machine() -> str:
    """Where the figures were taken."""
    return (f"{platform.node()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
            f"load {os.getloadavg()[0]:.1f} before it began")


def apart(work: Callable[..., None], *facts: Any) -> int:
    """Run a figure in a process of its own, without the memory of the one before; its exit status."""
    process = get_context("spawn").Process(target=_measure, args=(work, facts))
    process.start()
    process.join()
    return process.exitcode or 0


def _measure(work: Callable[..., None], facts: tuple[Any, ...]) -> None:
    gc.disable()  # nothing here is cyclic, and a million leaves are not worth walking again and again
    work(*facts)
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most", flush=True)


def run(words: argparse.Namespace) -> int:
    """Print the machine's name, then seconds and memory of freeze, draw and matching; database writes apart."""
    print(machine(), flush=True)
    drawing = _stream if words.objects > STREAMED else _freeze
    return apart(drawing, words.objects) or apart(_match, min(MOST_MATCHED, max(1, words.objects // 20)), words.inspectors)


def _freeze(count: int) -> None:
    ready = timed(f"rows and salts of {count:,} objects", lambda: list(rows(count)))
    snapshot = timed(f"freeze {count:,} objects", lambda: freeze_directory(ready))
    timed(f"draw 5 % of {count:,} objects, the whole order", lambda: draw_snapshot(snapshot))


def _stream(count: int) -> None:
    timed(f"root and draw of {count:,} objects, streamed", lambda: draw_stream(count))


def _match(objects: int, inspectors: int) -> None:
    timed(f"match {objects:,} objects x {inspectors:,} inspectors", lambda: match(objects, inspectors))
