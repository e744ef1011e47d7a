"""The steps at which something becomes durable: every write to the database, the commit of writes, every step of a file.

`watch` calls `passed` with the name of each step, just before it is taken (after a commit, just behind it). Whoever
watches may count, raise, or end the process.
"""

import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from fieldapp.evidence import store

ROWS, COMMIT, COMMITTED = "rows are written", "before the commit", "after the commit"
BYTES, SYNC, MOVE, SYNC_FOLDER = "bytes are staged", "the file is synced", "the file is renamed", "the folder is synced"
Passed = Callable[[str], None]
_WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def watch(engine: sa.Engine, passed: Passed) -> Iterator[None]:
    """Watch one engine and the store, until the end of the block."""
    written = threading.local()
    undo = [_watch_rows(engine, passed, written), _watch_commits(engine, passed, written), *_watch_files(passed)]
    try:
        yield
    finally:
        for one in undo:
            one()


def _watch_rows(engine: sa.Engine, passed: Passed, written: threading.local) -> Callable[[], None]:
    def execute(_cursor: Any, statement: str, _parameters: Any, _context: Any) -> None:
        if statement.lstrip().startswith(_WRITES):
            written.is_so = True
            passed(ROWS)

    for name in ("do_execute", "do_executemany"):
        event.listen(engine, name, execute)
    return lambda: [event.remove(engine, name, execute) for name in ("do_execute", "do_executemany")] and None


def _watch_commits(engine: sa.Engine, passed: Passed, written: threading.local) -> Callable[[], None]:
    true = engine.dialect.do_commit

    def commit(connection: Any) -> None:
        counts, written.is_so = getattr(written, "is_so", False), False
        if counts:
            passed(COMMIT)
        true(connection)
        if counts:
            passed(COMMITTED)

    engine.dialect.do_commit = commit  # type: ignore[method-assign]
    return lambda: setattr(engine.dialect, "do_commit", true)


def _watch_files(passed: Passed) -> list[Callable[[], None]]:
    true_sync, true_move, true_staged = os.fsync, Path.replace, store._staged

    def fsync(descriptor: int) -> None:
        passed(SYNC_FOLDER if stat.S_ISDIR(os.fstat(descriptor).st_mode) else SYNC)
        true_sync(descriptor)

    def replace(path: Path, target: Any) -> Path:
        passed(MOVE)
        return true_move(path, target)

    @contextmanager
    def staged(target: Callable[[], Path]) -> Iterator[Any]:
        with true_staged(target) as file:
            yield _Watched(file, passed)

    os.fsync, Path.replace, store._staged = fsync, replace, staged  # type: ignore[assignment, method-assign]
    return [lambda: setattr(os, "fsync", true_sync), lambda: setattr(Path, "replace", true_move),
            lambda: setattr(store, "_staged", true_staged)]


class _Watched:
    """A staged file."""

    def __init__(self, file: Any, passed: Passed) -> None:
        self.file, self.passed = file, passed

    def write(self, content: bytes) -> None:
        self.passed(BYTES)
        self.file.write(content)
