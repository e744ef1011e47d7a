"""The ground of these tests: the running demonstration on its day, its two inspectors able to confirm by PIN."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from typing import Any

import pytest

from fieldapp import config, db
from fieldapp.app import create_app
from fieldapp.demo.stage import acting
from fieldapp.fieldwork.actions.kits import set_pin
from tests.demonstration import person_named
from tests.live import Live, PathToServer
from tests.product import session_of
from tests.walk.people import due_today

PIN, SALT, ROUNDS = "246810", "5a" * 16, 100_000


@dataclass
class Day:
    """The product, the path to it, and the two who have visits due today: user names, the leader's first."""

    live: Live
    users: tuple[str, str]

    @property
    def url(self) -> str:
        return self.live.url

    @property
    def path(self) -> PathToServer:
        return self.live.path

    def cookie(self, user_name: str) -> dict[str, Any]:
        """A cookie that lets a browser be somebody's."""
        return {"name": "fieldapp_session", "value": session_of(person_named(user_name)), "domain": "127.0.0.1", "path": "/"}


@pytest.fixture
def demonstration(demonstration: config.Config) -> config.Config:
    """What the live product serves; this process can read and write it too."""
    create_app(demonstration)
    return demonstration


@pytest.fixture
def day(demonstration: config.Config, live: Live) -> Iterator[Day]:
    """The demonstration on its day, in a process of its own."""
    (first, _), (second, _) = due_today()
    give_pins(first, second)
    yield Day(live, (first, second))
    db.session.remove()


def give_pins(*users: str) -> None:
    """Each may confirm on a colleague's phone."""
    verifier = pbkdf2_hmac("sha256", PIN.encode(), bytes.fromhex(SALT), ROUNDS).hex()
    for user_name in users:
        with acting(user_name) as officer:
            set_pin(SALT, ROUNDS, verifier, by=officer)
