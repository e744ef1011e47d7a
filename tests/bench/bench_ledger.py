"""Figures of the ledger: changes with and without their entries on both databases; verification.

`python -m tests.bench.bench_ledger`
"""

import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event

from fieldapp import db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.models import Division
from fieldapp.app import create_app, load_areas
from fieldapp.cli.serving import upgrade_database
from fieldapp.config import Config
from fieldapp.ledger import keys
from fieldapp.ledger.actions import record_many, rows, sequence, sign_checkpoint
from fieldapp.ledger.sequencer import keep_until
from fieldapp.ledger.verification import verify
from fieldapp.roles import PRODUCT
from tests.databases import SETTINGS, PostgresqlDatabases, SqliteDatabases
from tests.fieldwork.scene import Phone, set_scene
from tests.people import assemble
from tests.product import browser_of

SECONDS, ENTRIES = 4.0, 200_000
DIVISIONS = [UUID(int=number) for number in range(1, 17)]


def main() -> None:
    """Print everything, with the machine's name."""
    load_areas()
    print(f"machine {platform.node()}, Python {platform.python_version()}")
    with TemporaryDirectory() as folder, ExitStack() as stack:
        keys.configure(Path(folder) / "keys", "bench.example/ledger")
        SETTINGS.update(fsync="on", synchronous_commit="on", full_page_writes="on")
        postgres = PostgresqlDatabases()
        postgres.start()
        stack.callback(postgres.stop)
        for databases in (SqliteDatabases(Path(folder)), postgres):
            url = databases.empty()
            upgrade_database(url)
            _compare(url, Path(folder, type(databases).__name__))
        Path(folder, "verify").mkdir()
        url = SqliteDatabases(Path(folder, "verify")).empty()
        upgrade_database(url)
        _verify(url)


def _compare(url: str, media: Path) -> None:
    engine = db.connect(url, pool_size=20)
    with db.transaction(write=True):
        db.session.add_all(Division(id=one, name=f"{one.int}") for one in DIVISIONS)
    for what, make in (("bare rows", _renaming), ("operations of phones", _sending(url, media))):
        for writers in (1, 4, 16):
            with _without_ledger():
                bare = _rate([make(number) for number in range(writers)])
            with _sequencer():
                kept = _rate([make(number) for number in range(writers)])
            print(f"{engine.name:10} {writers:2} writers: {bare:6.0f} {what}/s without, {kept:6.0f} with the ledger, "
                  f"{100 * (bare - kept) / bare:3.0f} % less")
    engine.dispose()


def _renaming(number: int) -> Callable[[], object]:
    """The least change there is: one column of one row, in a transaction of its own."""

    def rename() -> None:
        with db.transaction(write=True):
            division = db.session.get_one(Division, DIVISIONS[number])
            division.name = ids.secret()
            ledger.record(PRODUCT, "accounts.division_renamed", division)

    return rename


def _sending(url: str, media: Path) -> Callable[[int], Callable[[], object]]:
    """The commonest change there is: a phone sends one typed note, over the whole application."""
    app = create_app(Config(
        database_url=url, media_dir=media, secret_key="a secret of forty characters for tests",
        public_url="http://localhost", trusted_hosts=(), host="127.0.0.1", port=0, demonstration=False, workers=16))
    with db.transaction(write=True):
        cast = assemble()
    scene = set_scene(cast)
    with db.transaction(write=True):
        secret = accounts.open_session(cast.inspector_a.id, address="127.0.0.1", device="bench")

    def phone_of(number: int) -> Callable[[], object]:
        phone, browser = Phone(scene, cast.inspector_a), browser_of(app)
        browser.set_cookie("fieldapp_session", secret)

        def send() -> None:
            op = phone.set(scene.check(1 + number % 3, "note"), ids.secret())
            answer = browser.post("/field/sync", json={"v": 1, "dev": phone.device, "ops": [op], "since": 10**9},
                                  headers={"Accept": "application/json"})
            assert len(answer.get_json()["out"]) == 1, answer.text

        return send

    return phone_of


def _rate(changes: list[Callable[[], object]]) -> float:
    """Changes per second, every writer with rows of its own."""
    done, end = [0] * len(changes), time.monotonic() + SECONDS

    def write(number: int) -> None:
        while time.monotonic() < end:
            changes[number]()
            done[number] += 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(changes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


@contextmanager
def _without_ledger() -> Iterator[None]:
    event.remove(db.session, "before_commit", rows._committing)
    kept, ledger.record = ledger.record, lambda *_args, **_facts: None
    try:
        yield
    finally:
        ledger.record = kept
        event.listen(db.session, "before_commit", rows._committing)


@contextmanager
def _sequencer() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=keep_until, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _verify(url: str) -> None:
    engine = db.connect(url)
    with db.transaction(write=True):
        db.session.add_all(Division(id=one, name=f"{one.int}") for one in DIVISIONS)
    for _ in range(ENTRIES // (len(DIVISIONS) * 125)):
        with db.transaction(write=True):
            divisions = list(db.session.scalars(sa.select(Division)))
            for _ in range(125):
                record_many(PRODUCT, "accounts.division_renamed", divisions)
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()
    begin = time.perf_counter()
    with db.transaction(write=False):
        found = list(verify(keys.verifier_keys()))
    print(f"{ENTRIES} entries verified in {time.perf_counter() - begin:.1f} s, {len(found)} findings")
    engine.dispose()


if __name__ == "__main__":
    main()
