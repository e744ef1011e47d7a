"""`fieldapp serve`, `worker`, `migrate`, `demo`."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import waitress
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from fieldapp import config, db, demo
from fieldapp.app import configure_ledger, create_app, load_areas
from fieldapp.cli import logs, tls
from fieldapp.demo import authority, nearby, trust
from fieldapp.demo.authority import Papers
from fieldapp.draw.fetching import keep_fetching
from fieldapp.evidence import seals
from fieldapp.jobs.actions import work_until
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import look_before_migrating, take_in_rows
from fieldapp.ledger.sequencer import keep_until
from fieldapp.ledger.verification import Finding
from fieldapp.ledger.witnessing.asking import keep_asking, read_addresses
from fieldapp.sync.forms import EXPORT_SIZE, MEBIBYTE


def add_commands(commands: Any) -> None:
    """Add the commands that run the product."""
    for name, run, help_text in (
        ("serve", serve, "the default server, with its worker"),
        ("worker", work, "a worker of its own, beside several servers"),
        ("migrate", migrate, "bring the database to this release"),
        ("seal-key", make_seal_key, "a new key for what phones seal after a closing; earlier ones go on opening"),
    ):
        parser = commands.add_parser(name, help=help_text)
        parser.set_defaults(run=run)
        if run is migrate:
            parser.add_argument("--leave-accused", action="store_true",
                                help="although something does not fit: it stays as it is, and goes on being named by `verify`")
    demonstration = commands.add_parser("demo", help="the product with demonstration data")
    demonstration.add_argument("--reset", action="store_true", help="start over")
    demonstration.set_defaults(run=run_demo)


def serve(_words: argparse.Namespace) -> int:
    """Serve the product with a worker thread beside it."""
    settings = config.from_environment()
    _serve(create_app(settings), settings)
    return 0


def work(_words: argparse.Namespace) -> int:
    """Run jobs until SIGTERM or SIGINT."""
    settings = config.from_environment()
    create_app(settings)
    logs.configure(plain=False)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    for thread in _beside_the_log(stop, settings):
        thread.start()
    work_until(stop)
    return 0


def migrate(words: argparse.Namespace) -> int:
    """Bring the database to this release, nothing is dropped; make the first key for what phones seal. 1, and the database as it
    was, where the ledger or a row does not fit: no migration makes it genuine."""
    settings = config.from_environment()
    try:
        revision, taken_in = bring_up(settings, leave_accused=words.leave_accused)
    except DoesNotFitError as fault:
        print(fault, file=sys.stderr)
        return 1
    seals.configure(settings.seals)
    print(f"{revision}; rows entered in the ledger as they are: {taken_in}")
    return 0


class DoesNotFitError(Exception):
    """What was found before a migration, which then does not begin."""


def bring_up(settings: config.Config, *, leave_accused: bool = False) -> tuple[str, int]:
    """Verify, migrate, and once for each revision enter the rows that the migration left as no entry did, all in one
    transaction; the revision, and the number of rows. Raises DoesNotFitError."""
    load_areas()
    db.connect(settings.database_url)
    configure_ledger(settings)
    alembic = _alembic(settings.database_url)
    head = str(ScriptDirectory.from_config(alembic).get_current_head())
    with db.transaction(write=True):
        before = look_before_migrating(head, keys.verifier_keys(), keys.witness_keys())
        if before and not leave_accused:
            raise DoesNotFitError("\n".join([*map(str, before), "fieldapp: not migrated, this does not fit: docs/operate.md"]))
        alembic.attributes["connection"] = db.session.connection()
        command.upgrade(alembic, "head")
        return head, take_in_after(head, before)


def take_in_after(revision: str, before: Sequence[Finding] = ()) -> int:
    """Once for each revision of the tables, enter the rows that its migration left as no entry did; the number of rows."""
    return 0 if queries.taken_in_after() == revision else take_in_rows(revision, before)


def make_seal_key(_words: argparse.Namespace) -> int:
    """Make the key to which phones seal from now on, and say its id."""
    seals.configure(config.from_environment().seals)
    print(seals.make_key())
    return 0


def run_demo(words: argparse.Namespace) -> int:
    """Migrate, load the demonstration unless it is there, print the accounts, serve."""
    settings = config.from_environment(demonstration=True)
    if words.reset:
        demo.clear(settings)
    settings, papers = _with_papers(settings)
    app = load_demo(settings)
    print(demo.welcome(settings.public_url), flush=True)
    if papers:
        trust.install(app, papers)
        print(tls.welcome(settings.public_url, papers), flush=True)
    _serve(app, settings, papers)
    return 0


def _with_papers(settings: config.Config) -> tuple[config.Config, Papers | None]:
    """With HTTPS: the certificates for the names of this machine, and the address that phones open."""
    if not settings.https:
        return settings, None
    names = nearby.names(settings.host)
    address = config.setting("PUBLIC_URL") or f"https://{names[0]}:{settings.port}"
    return replace(settings, public_url=address.rstrip("/")), authority.papers(settings.papers, names)


def load_demo(settings: config.Config) -> Flask:
    """The application with the demonstration in its database; one whose first start broke off is made anew."""
    bring_up(settings)
    app = create_app(settings)
    if demo.is_half_loaded():
        print(demo.STARTS_OVER, flush=True)
        demo.clear(settings)
        upgrade_database(settings.database_url)
        app = create_app(settings)
    demo.load()
    return app


def upgrade_database(url: str, revision: str = "head") -> str:
    """Run the migrations up to a revision, the newest by default; which one that is."""
    command.upgrade(_alembic(url), revision)
    with db.connect(url).connect() as connection:
        return str(MigrationContext.configure(connection).get_current_revision())


def _alembic(url: str) -> AlembicConfig:
    alembic = AlembicConfig(toml_file=str(config.HOME / "pyproject.toml"))
    alembic.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return alembic


def _beside_the_draws(stop: threading.Event, settings: config.Config) -> list[threading.Thread]:
    """Who fetches the beacon that a draw waits for, where a relay is named."""
    if settings.beacon in {"", "manual"}:
        return []
    return [threading.Thread(target=keep_fetching, args=(stop, settings.beacon), name="beacon", daemon=True)]


def _beside_the_log(stop: threading.Event, settings: config.Config) -> list[threading.Thread]:
    """Who looks after the log, and who asks its witnesses."""
    witnesses = read_addresses(settings.witnesses)
    return [threading.Thread(target=keep_until, args=(stop,), name="ledger", daemon=True),
            threading.Thread(target=keep_asking, args=(stop, witnesses), name="witnesses", daemon=True)]


def _serve(app: Flask, settings: config.Config, papers: Papers | None = None) -> None:
    logs.configure(plain=settings.demonstration)
    stop = threading.Event()
    beside = [threading.Thread(target=work_until, args=(stop,), name="worker", daemon=True), *_beside_the_log(stop, settings),
              *_beside_the_draws(stop, settings)]
    for thread in beside:
        thread.start()
    try:
        if papers:
            tls.serve(app, settings, papers)
            return
        waitress.serve(app, host=settings.host, port=settings.port, threads=settings.workers, ident=None,
                       max_request_body_size=EXPORT_SIZE + MEBIBYTE, channel_timeout=120)
    finally:
        stop.set()
        for thread in beside:
            thread.join(timeout=10)
        db.session.remove()
