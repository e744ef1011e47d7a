"""The demonstration gone on until there is one of everything, in two divisions: 农村科技处 and 高新技术处."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import clock, config
from fieldapp.app import create_app
from fieldapp.ledger.sequencer import look_after
from tests.access import going_on
from tests.databases import Databases
from tests.demonstration import close, person_named, settings_for
from tests.product import browser_of, session_of

SignIn = Callable[[str | None], FlaskClient]


@pytest.fixture(scope="session")
def gone_on(databases: Databases, loaded: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The demonstration gone on; nobody changes it."""
    return databases.once(_go_on, loaded, tmp_path_factory)


@contextmanager
def a_copy(databases: Databases, source: tuple[str, Path], folder: Path, *, port: int = 0) -> Iterator[config.Config]:
    """A copy of a database with its media, for one test."""
    url = databases.copy_of(source[0])
    copytree(source[1], folder / "media")
    yield settings_for(url, folder / "media", port=port)
    close()
    clock.set_source(None)
    databases.drop(url)


@pytest.fixture
def stage(databases: Databases, gone_on: tuple[str, Path], tmp_path: Path) -> Iterator[Flask]:
    """The application on a copy of the demonstration gone on."""
    with a_copy(databases, gone_on, tmp_path) as settings:
        yield create_app(settings)


@pytest.fixture
def sign_in(stage: Flask) -> SignIn:
    """A browser signed in under a user name, or a stranger's."""
    return lambda user_name: browser_for(stage, user_name)


def browser_for(app: Flask, user_name: str | None) -> FlaskClient:
    """A browser signed in under a user name, or a stranger's; its requests come from our own pages."""
    return browser_of(app, None if user_name is None else session_of(person_named(user_name)))


def _go_on(databases: Databases, loaded: tuple[str, Path], folders: pytest.TempPathFactory) -> tuple[str, Path]:
    media = folders.mktemp("gone-on") / "media"
    url = databases.copy_of(loaded[0])
    copytree(loaded[1], media)
    create_app(settings_for(url, media))
    going_on.go_on()
    look_after()
    close()
    return url, media
