"""Pages are looked at in the demonstration gone on, on SQLite: what they look like does not hang on the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import config
from fieldapp.app import create_app
from tests.access.stage import a_copy
from tests.databases import Databases
from tests.pages.visiting import Address, addresses


@pytest.fixture
def demonstration(databases: Databases, gone_on: tuple[str, Path], tmp_path: Path) -> Iterator[config.Config]:
    """What the live product serves: the demonstration gone on; this process can read and write it too."""
    with a_copy(databases, gone_on, tmp_path) as settings:
        create_app(settings)
        yield settings


@pytest.fixture(scope="session")
def pages(databases: Databases, gone_on: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Address]:
    """Every page with its best reader: the same in each copy of the demonstration gone on."""
    return databases.once(_look_up, gone_on, tmp_path_factory)


def _look_up(databases: Databases, gone_on: tuple[str, Path], folders: pytest.TempPathFactory) -> list[Address]:
    with a_copy(databases, gone_on, folders.mktemp("looked-up")) as settings:
        return addresses(create_app(settings))
