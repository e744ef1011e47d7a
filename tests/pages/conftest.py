"""Pages are looked at in the demonstration gone on, on SQLite: what they look like does not hang on the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import config
from fieldapp.app import create_app
from tests.access.stage import a_copy
from tests.databases import Databases


@pytest.fixture
def demonstration(databases: Databases, gone_on: tuple[str, Path], tmp_path: Path) -> Iterator[config.Config]:
    """What the live product serves: the demonstration gone on; this process can read and write it too."""
    with a_copy(databases, gone_on, tmp_path) as settings:
        create_app(settings)
        yield settings
