"""The demonstration as a ground for tests: migrated and loaded once for each kind of database, copied for each use."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldapp import config, db, demo
from fieldapp.accounts.models import Person
from fieldapp.app import create_app
from fieldapp.cli.serving import upgrade_database
from tests.databases import Databases
from tests.product import browser_of, session_of


def settings_for(url: str, media: Path, *, port: int = 0) -> config.Config:
    """The demonstration's configuration on a database."""
    return config.Config(database_url=url, media_dir=media, secret_key=config.DEMO_SECRET,
                         public_url=f"http://127.0.0.1:{port}" if port else "http://localhost", trusted_hosts=(),
                         host="127.0.0.1", port=port, demonstration=True, workers=4)


@pytest.fixture(scope="session")
def loaded(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The loaded demonstration: the URL of its database and its media folder; nobody changes these."""
    return databases.once(_load, tmp_path_factory)


@pytest.fixture
def demonstration(databases: Databases, loaded: tuple[str, Path], tmp_path: Path) -> Iterator[config.Config]:
    """The demonstration on a copy of the test's own."""
    url = databases.copy_of(loaded[0])
    copytree(loaded[1], tmp_path / "media")
    yield settings_for(url, tmp_path / "media")
    close()
    databases.drop(url)


@pytest.fixture
def demo_app(demonstration: config.Config) -> Flask:
    """The application on the demonstration."""
    return create_app(demonstration)


@pytest.fixture
def as_user(demo_app: Flask) -> Callable[[str], FlaskClient]:
    """A browser signed in as somebody of the demonstration, by user name: `as_user("fagui")`."""
    return lambda user_name: browser_of(demo_app, session_of(person_named(user_name)))


def person_named(user_name: str) -> UUID:
    """Somebody of the demonstration."""
    with db.transaction(write=False):
        return db.session.scalars(select(Person.id).where(Person.user_name == user_name)).one()


def _load(databases: Databases, folders: pytest.TempPathFactory) -> tuple[str, Path]:
    url, media = databases.empty(), folders.mktemp("media")
    upgrade_database(url)
    create_app(settings_for(url, media))
    demo.load()
    close()
    return url, media


def close() -> None:
    """Let the database go."""
    db.session.remove()
    bind = db.session.get_bind()
    bind.dispose()  # type: ignore[union-attr]
