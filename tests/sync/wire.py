"""What a phone does with the server, and what the server then holds."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.sync.models import OpOutcome
from tests.fieldwork.scene import Phone
from tests.people import Player

JSON = {"Accept": "application/json"}
SignIn = Callable[[Player], FlaskClient]


def send(client: FlaskClient, phone: Phone, *ops: dict[str, Any], since: int = 0) -> TestResponse:
    return client.post("/field/sync", json={"v": 1, "dev": phone.device, "ops": list(ops), "since": since}, headers=JSON)


def upload(client: FlaskClient, chunks: dict[str, bytes]) -> list[int]:
    return [client.put(f"/field/chunk/{name}", data=content, headers=JSON).status_code for name, content in chunks.items()]


def outcomes() -> list[str]:
    """What became of every operation, in the order of the outcomes."""
    with db.transaction(write=False):
        rows = db.session.query(OpOutcome).order_by(OpOutcome.sequence)
        return [f"{row.outcome}:{row.code}".rstrip(":") for row in rows]


def counted(model: Any) -> int:
    with db.transaction(write=False):
        return db.session.query(model).count()
