"""R3: the N-th write fails, whichever it is: what the phone is told meanwhile, and what is there in the end."""

import errno
import json
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from flask import Flask
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.exc import OperationalError

from fieldapp import db
from fieldapp.jobs import actions as jobs
from fieldapp.sync.models import Op
from tests.chaos.faults import steps
from tests.chaos.phone import Lost, Phone, Refused
from tests.chaos.stage import Stage, sign_in
from tests.product import browser_of

TRIES = 40
_FILES = {steps.BYTES, steps.SYNC, steps.MOVE, steps.SYNC_FOLDER}
_ERRORS: dict[str, list[Any]] = {
    "file": [lambda: OSError(errno.ENOSPC, "No space left on device"), lambda: OSError(errno.EIO, "Input/output error")],
    "sqlite": [lambda: sqlite.OperationalError("database or disk is full"), lambda: sqlite.OperationalError("disk I/O error")],
    "postgresql": [lambda: psycopg.errors.DiskFull("no space left on device"), lambda: psycopg.errors.IoError("could not write")],
}


@dataclass
class Failure:
    """The write that will fail: the N-th from now; what it was, once it has."""

    kind: str
    left: int = 0
    turn: int = 0
    met: list[str] = field(default_factory=list)

    def passed(self, step: str) -> None:
        """Count a step, and fail at the one that was asked for."""
        self.left -= 1
        if self.left == 0:
            self.met.append(step)
            self.turn += 1
            error = _ERRORS["file" if step in _FILES else self.kind][self.turn % 2]()
            raise error


@dataclass
class Patient:
    """One phone that writes and sends, whatever it is told; each answer is held against what is durable."""

    stage: Stage
    app: Flask
    media: Path
    url: str
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owner = self.stage.cast.inspector_a
        self.browser = browser_of(self.app)
        self.browser.set_cookie("fieldapp_session", sign_in(self.owner))
        self.phone = Phone(self.owner, self._carry, Random(3), chunk_size=64)
        self.aside = sa.create_engine(self.url, poolclass=sa.NullPool, **_driver(self.url))

    def live_through(self, most: int) -> list[str]:
        """One write after another fails, the first to the `most`-th of what the phone causes; which steps these were."""
        scene = self.stage.scenes[0]
        for member in (self.owner, self.stage.cast.inspector_b):
            self.phone.here(scene, member)
        self._send()
        failure = Failure(sa.make_url(self.url).get_backend_name())
        with steps.watch(db.session.get_bind(), failure.passed):  # type: ignore[arg-type]
            for number in range(1, most + 1):
                failure.left = number
                while failure.left > 0:
                    self._write(number)
                    self._send()
        self._send()
        return failure.met

    def _write(self, number: int) -> None:
        phone, scene = self.phone, self.stage.scenes[0]
        phone.set(scene, scene.check(1), "compliant" if number % 2 else "non_compliant")
        phone.take_photo(scene, 1, b"\xff\xd8\xff\xe0" + phone.chance.randbytes(100))
        phone.set(scene, "arrival/place", f"{number}")

    def _send(self) -> None:
        for _ in range(TRIES):
            with suppress(Lost, Refused):
                self.phone.send_part()
            if not self.phone.waiting():
                break
        assert not self.phone.waiting(), f"never received: {self.statuses[-TRIES:]}"
        with suppress(OperationalError):
            jobs.run_all_due()

    def _carry(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        answer = self.browser.open(path, method=method, data=body, headers={
            "Accept": "application/json", "Content-Type": "application/json"})
        status, said = answer.status_code, answer.get_json()
        self.statuses.append(status)
        assert status < 500 or status in {503, 507}, f"{method} {path}: {status}"
        if status < 300 and path.startswith("/field/chunk/"):
            self._check_chunk(path.rpartition("/")[2])
        if path == "/field/sync" and status in {200, 409}:
            self._check_receipts(said["out"])
        return status, said

    def _check_chunk(self, name: str) -> None:
        files = [self.media / "chunks" / name[:2] / name]
        assert any(file.is_file() and sha256(file.read_bytes()).hexdigest() == name for file in files), "said yes, and has it not"

    def _check_receipts(self, out: list[dict[str, Any]]) -> None:
        """By another connection: what has a receipt is committed."""
        with self.aside.connect() as connection:
            kept = dict(connection.execute(sa.select(Op.id, Op.receipt)).all())  # type: ignore[arg-type]
        for row in out:
            assert kept.get(UUID(row["id"])) == row["receipt"], f"said yes, and has it not: {json.dumps(row)}"


def _driver(url: str) -> dict[str, Any]:
    return {"module": sqlite} if url.startswith("sqlite") else {}
