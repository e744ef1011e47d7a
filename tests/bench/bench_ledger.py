"""Figures of the ledger: changes with and without their entries on both databases; verification.

`python -m tests.bench.bench_ledger`; `--verify ENTRIES` verifies a log of so many and does nothing else.
"""

import argparse
import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.models import Division
from fieldapp.app import create_app, load_areas
from fieldapp.canonical import canonical
from fieldapp.cli.serving import upgrade_database
from fieldapp.config import Config
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import record_many, rows, sequence, sign_checkpoint
from fieldapp.ledger.sequencer import keep_until
from fieldapp.ledger.verification import verify
from fieldapp.roles import PRODUCT
from fieldapp.sync.models import Op, OpOutcome
from tests.databases import SETTINGS, PostgresqlDatabases, SqliteDatabases
from tests.fieldwork.scene import Phone, set_scene
from tests.people import assemble
from tests.product import browser_of

SECONDS, ENTRIES, OPERATIONS = 4.0, 200_000, 39
DIVISIONS = [UUID(int=number) for number in range(1, 17)]


def main() -> None:
    """Print everything, with the machine's name."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--verify", type=int, metavar="ENTRIES")
    entries = words.parse_args().verify
    load_areas()
    print(f"machine {platform.node()}, Python {platform.python_version()}")
    with TemporaryDirectory() as folder, ExitStack() as stack:
        keys.configure(Path(folder) / "keys", "bench.example/ledger")
        SETTINGS.update(fsync="on", synchronous_commit="on", full_page_writes="on")
        postgres = PostgresqlDatabases()
        postgres.start()
        stack.callback(postgres.stop)
        both = SqliteDatabases(Path(folder)), postgres
        for databases in () if entries else both:
            url = databases.empty()
            upgrade_database(url)
            _compare(url, Path(folder, type(databases).__name__))
        for databases in both:
            url = databases.empty()
            upgrade_database(url)
            _verify(url, entries or ENTRIES)


def _compare(url: str, media: Path) -> None:
    engine = db.connect(url, pool_size=20)
    with db.transaction(write=True):
        db.session.add_all(Division(id=one, name=f"{one.int}") for one in DIVISIONS)
    for what, make in (("bare rows", _renaming), ("operations of phones", _sending(url, media))):
        with _sequencer():
            _rate([make(0)])  # what is done once is done before
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


def _verify(url: str, entries: int) -> None:
    """A log as years of inspections leave it: each case has operations under an entry each, and one entry more for their
    outcomes; so many entries over twice as many rows."""
    engine = db.connect(url)
    with db.transaction(write=True):
        person = assemble().inspector_a.id
    numbers = count(1)
    for _ in range(entries // (OPERATIONS + 1)):
        with db.transaction(write=True):
            ops = [_operation(case, next(numbers), person) for case in [ids.uuid7()] for _ in range(OPERATIONS)]
            db.session.add_all(ops)
            db.session.flush()
            db.session.add_all(OpOutcome(op_id=op.id, sequence=op.receipt, outcome="applied", at=clock.now()) for op in ops)
            record_many(PRODUCT, "sync.op_received", ops)
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()
    begin = time.perf_counter()
    with db.transaction(write=False):
        found, rows = list(verify(keys.verifier_keys())), db.session.scalar(sa.select(sa.func.count()).select_from(Op)) or 0
        size = queries.size()
    print(f"{engine.name:10} {size} entries in {entries // (OPERATIONS + 1)} cases over {2 * rows} rows verified in "
          f"{time.perf_counter() - begin:.1f} s, {len(found)} findings")
    engine.dispose()


def _operation(case: UUID, number: int, person: UUID) -> Op:
    """What a phone sends when a note is typed."""
    body = canonical({"v": f"第 {number} 次记录：笼具编号与台账一致，温湿度正常。", "d": "bench", "n": number}).decode()
    return Op(id=ids.uuid7(), device="bench", n=number, person_id=person, visit_id=case, kind="set",
              path=f"r/{case}/check/{number % 12}/note", body=body, sha256=sha256(body.encode()).hexdigest(), receipt=number,
              received_at=clock.now(), received_from=person)


if __name__ == "__main__":
    main()
