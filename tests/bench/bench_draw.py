"""Figures of the draw: freeze, object draw, matching. Run it: `python -m tests.bench.bench_draw [--large]`."""

import sys
import time
from collections import deque
from collections.abc import Callable

from fieldapp.cli.draw.bench import KEY, apart, draw_snapshot, draw_stream, machine, match, rows, timed
from fieldapp.draw.rules import freeze_directory, salt


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
    print(machine(), flush=True)
    for name in names:
        if apart(measure, name):
            sys.exit(f"{name} failed")


def measure(name: str) -> None:
    """One figure."""
    (FIGURES | LARGE)[name]()


if __name__ == "__main__":
    main()
