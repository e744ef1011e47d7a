"""Freeze and draw as the product does them, over the database, its statements apart: `python -m tests.bench.bench_draw_rows`."""

import platform
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from fieldapp import db
from fieldapp.app import load_areas
from fieldapp.cli.serving import upgrade_database
from fieldapp.draw import actions
from fieldapp.ledger import keys
from tests.databases import SETTINGS, PostgresqlDatabases, SqliteDatabases
from tests.draw.makers import freeze, make_seed, prepared
from tests.people import assemble

ROWS, QUOTA = 20_000, 1_000


def main() -> None:
    """Both databases, each with durable writes."""
    load_areas()
    print(f"machine {platform.node()}, Python {platform.python_version()}, {ROWS} objects, {QUOTA} drawn")
    with TemporaryDirectory() as folder, ExitStack() as stack:
        keys.configure(Path(folder) / "keys", "bench.example/ledger")
        SETTINGS.update(fsync="on", synchronous_commit="on", full_page_writes="on")
        postgres = PostgresqlDatabases()
        postgres.start()
        stack.callback(postgres.stop)
        for databases in (SqliteDatabases(Path(folder)), postgres):
            url = databases.empty()
            upgrade_database(url)
            _figures(url)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def _figures(url: str) -> None:
    engine = db.connect(url)
    with db.transaction(write=True):
        cast = assemble()
    task = prepared(cast, size=ROWS, quota=QUOTA)
    with _statements(engine) as spent:
        drawn = _timed(engine.name, "freeze", spent, lambda: freeze(cast, task))
        make_seed(cast, drawn)
        _timed(engine.name, "draw", spent, lambda: _draw(cast, drawn))
    engine.dispose()


def _draw(cast: Any, drawn: Any) -> None:
    with db.transaction(write=True):
        actions.draw_objects(drawn, by=cast.officer.officer)


def _timed(name: str, what: str, spent: list[float], act: Callable[[], Any]) -> Any:
    begin, before = time.perf_counter(), spent[0]
    result = act()
    print(f"{name:10} {what:6}: {time.perf_counter() - begin:6.2f} s, of these in the database {spent[0] - before:5.2f} s")
    return result


@contextmanager
def _statements(engine: Any) -> Iterator[list[float]]:
    """Seconds that statements took, from the call to the answer."""
    spent, begun = [0.0], [0.0]

    def begin(*_how: object) -> None:
        begun[0] = time.perf_counter()

    def end(*_how: object) -> None:
        spent[0] += time.perf_counter() - begun[0]

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    try:
        yield spent
    finally:
        event.remove(engine, "before_cursor_execute", begin)
        event.remove(engine, "after_cursor_execute", end)


if __name__ == "__main__":
    main()
