"""The product under test: its database with all tables, its application, its people, clients signed in as them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from fieldapp import clock, db
from fieldapp.app import load_areas
from fieldapp.config import Config
from tests.databases import Databases
from tests.people import Cast, Player, assemble


class CompiledTemplates(BytecodeCache):
    """Templates as one application of the session has compiled them, for all the others."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


def compiled_routes() -> Callable[..., Callable[..., Any]]:
    """What builds a route's addresses, as one application of the session has compiled it, for all the others."""
    compile_one, kept = Rule._compile_builder, dict[Any, Callable[..., Any]]()

    def builder_of(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        if rule.defaults:  # they are written into it; converters it asks of the rule that it is bound to
            return compile_one(rule, append_unknown)
        key = tuple(rule._trace), append_unknown
        if key not in kept:
            kept[key] = compile_one(rule, append_unknown)
        return kept[key]

    return builder_of


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Every test has an application and an engine of its own; compiling templates, routes and SQL takes longer than the test."""
    with pytest.MonkeyPatch.context() as patch:
        compile_once(patch)
        yield


def compile_once(patch: pytest.MonkeyPatch) -> None:
    """Let all applications of this process share what they compile."""
    make_engine, statements, dialects = sa.create_engine, dict[Any, Any](), dict[Any, sa.Dialect]()

    def create_engine(*arguments: Any, **options: Any) -> sa.Engine:
        engine = make_engine(*arguments, **options)
        engine.dialect = dialects.setdefault((engine.name, options.get("module")), engine.dialect)
        engine.update_execution_options(compiled_cache=statements)  # it keeps SQL by its dialect
        return engine

    patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
    patch.setattr(sa, "create_engine", create_engine)
    patch.setattr(Rule, "_compile_builder", compiled_routes())


@pytest.fixture(scope="session")
def migrated(databases: Databases) -> str:
    """A database with all tables and no rows, copied for each test."""
    return databases.once(_migrate)


@pytest.fixture(scope="session")
def peopled(databases: Databases, migrated: str) -> tuple[str, Cast]:
    """The same with the people of tests/people.py."""
    return databases.once(_assemble, migrated)


@pytest.fixture(scope="session")
def laid(databases: Databases, peopled: tuple[str, Cast]) -> tuple[str, Any]:
    """The same with the approved visit of tests/fieldwork/scene.py."""
    return databases.once(_lay, peopled)


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: Databases, migrated: str) -> Iterator[str]:
    """A database of the test's own, on each of the two kinds in turn; the session is bound to it.

    It holds what the test's fixtures ask for: nothing, the people, the approved visit with them.
    """
    grounds = [request.getfixturevalue(name)[0] for name in ("laid", "peopled") if name in request.fixturenames]
    url = databases.copy_of([*grounds, migrated][0])
    engine = db.connect(url)
    yield url
    db.session.remove()
    engine.dispose()
    databases.drop(url)
    clock.set_source(None)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Config:
    """A configuration for the test's database and a media folder of its own."""
    return Config(database_url=database, media_dir=tmp_path / "media", secret_key="a secret of forty characters for tests",
                  public_url="http://localhost", trusted_hosts=(), host="127.0.0.1", port=0, demonstration=False,
                  workers=2)


@pytest.fixture
def app(settings: Config) -> Iterator[Flask]:
    """The application on the test's database."""
    from fieldapp.app import create_app

    app = create_app(settings)
    app.config["TESTING"] = False
    yield app
    db.session.remove()
    db.session.get_bind().dispose()  # type: ignore[union-attr]


@pytest.fixture
def cast(database: str, peopled: tuple[str, Cast]) -> Cast:
    """The people of tests/people.py, in the test's database."""
    return replace(peopled[1], players=dict(peopled[1].players))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return browser_of(app)


@pytest.fixture
def client_of(app: Flask) -> Callable[[Player], FlaskClient]:
    """A browser signed in as one of the cast: `client_of(cast.head)`."""
    return lambda player: browser_of(app, session_of(player.id))


def browser_of(app: Flask, secret: str | None = None) -> FlaskClient:
    """A test client whose requests come from our own pages, in a session if its secret is given."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    if secret is not None:
        client.set_cookie("fieldapp_session", secret)
    return client


def session_of(person_id: UUID) -> str:
    """The secret of a new session, as the cookie carries it."""
    from fieldapp.accounts import actions as accounts

    with db.transaction(write=True):
        return accounts.open_session(person_id, address="127.0.0.1", device="test")


def _migrate(databases: Databases) -> str:
    load_areas()
    import_module("fieldapp.web.limits")
    url = databases.empty()
    engine = db.connect(url)
    db.Model.metadata.create_all(engine)
    engine.dispose()
    return url


def _assemble(databases: Databases, migrated: str) -> tuple[str, Cast]:
    with _grown_from(databases, migrated) as url, db.transaction(write=True):
        return url, assemble()


def _lay(databases: Databases, peopled: tuple[str, Cast]) -> tuple[str, Any]:
    from tests.fieldwork.scene import set_scene

    with _grown_from(databases, peopled[0]) as url:
        return url, set_scene(peopled[1])


@contextmanager
def _grown_from(databases: Databases, ground: str) -> Iterator[str]:
    url = databases.copy_of(ground)
    engine = db.connect(url)
    yield url
    db.session.remove()
    engine.dispose()
    clock.set_source(None)
