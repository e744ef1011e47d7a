"""R2: the server ends at every step of its work, one step a life, until a life passes none where another has ended."""

import os
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import g, has_request_context, request

from fieldapp import db
from fieldapp.jobs import actions as jobs
from fieldapp.jobs import rules as leases
from fieldapp.jobs.models import Job
from tests.chaos.faults import steps
from tests.chaos.phone import Lost
from tests.chaos.server import Server, ask

GONE = 9
OF_A_REQUEST = frozenset({steps.ROWS, steps.COMMIT, steps.COMMITTED})
OF_A_FILE = frozenset({steps.BYTES, steps.SYNC, steps.MOVE, steps.SYNC_FOLDER})
MOST_LIVES = 40
_of_job = threading.local()


def ends_at_new_steps(ended_at: str, naive: Callable[[], None] | None) -> None:
    """Planted in the server, with what else is wrong with it: end at the first step whose name the file does not hold.

    The name is written there then. A job that took its worker with it is free again in two seconds, in which no other takes
    it while it is prepared, and is not given up: the server ends oftener than any job may take its worker. What recurs each
    day stays away.
    """
    if naive is not None:
        naive()
    file = Path(ended_at)
    known = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()
    leases.LEASE, leases.MOST_TRIES, jobs._recurring = timedelta(seconds=2), 10 * MOST_LIVES, {}
    import_module("fieldapp.sync.actions.receive").CRASH_PAUSE = timedelta(0)

    def passed(step: str) -> None:
        name = _name(step)
        if name not in known:
            with file.open("a", encoding="utf-8") as written:
                written.write(f"{name}\n")
            os._exit(GONE)

    connect, watching = db.connect, ExitStack()

    def watched(url: str, **how: Any) -> Any:
        engine = connect(url, **how)
        watching.enter_context(steps.watch(engine, passed))
        return engine

    db.connect = watched
    for kind, work in list(jobs._kinds.items()):
        jobs._kinds[kind] = _named(kind, work)


def _named(kind: str, work: Callable[..., None]) -> Callable[..., None]:
    def run(facts: dict[str, Any], *prepared: Any) -> None:
        _of_job.kind, _of_job.commits = f"job {kind}", 0
        work(facts, *prepared)

    return run


def _name(step: str) -> str:
    """Whose step it is, and after how many commits of the same request or job: the same in every life."""
    if has_request_context():
        where, commits = request.endpoint or "", g.setdefault("commits_passed", Counter())
        if step in OF_A_FILE:
            g.writes_a_file = True
        elif where == "sync.receive" and g.get("writes_a_file"):
            where += " of a photo"
        count, commits["n"] = commits["n"], commits["n"] + (step == steps.COMMITTED)
    else:
        where, count = getattr(_of_job, "kind", "worker"), 0
        if step == steps.COMMITTED:
            _of_job.kind = "worker"
    return f"{where}: {step}{f', part {count + 1}' if count else ''}"


class Lives:
    """A server that is started again whenever it has ended."""

    def __init__(self, url: str, media: Path, folder: Path, naive: Callable[[], None] | None = None) -> None:
        self.file = folder / "ended-at"
        self.server = Server(url, media, folder, plant=ends_at_new_steps, facts=(str(self.file), naive))

    def __enter__(self) -> "Lives":
        self._live()
        return self

    def __exit__(self, *_how: object) -> None:
        self.server.kill()

    def ask(self, secret: str, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, Any]:
        """One request of a phone, which knows by itself to come again."""
        self._live()
        try:
            return ask(self.server.port, secret, method, path, body, kind)
        except Lost:
            self.server.is_dead(0.5)
            raise

    def insist(self, secret: str, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, Any]:
        """A person who presses the button again until there is an answer."""
        for _ in range(MOST_LIVES):
            try:
                return self.ask(secret, method, path, body, kind)
            except Lost:
                continue
        raise AssertionError(f"{method} {path} is never answered: {self.ended_at()[-3:]}")

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let it live, and live again, until its worker has done something."""
        for _ in range(MOST_LIVES * 10):
            if is_so():
                return
            self._live()
            self.server.is_dead(0.1)
        raise AssertionError(f"it never comes to pass: {_jobs()} {self.server.said()[-2000:]}")

    def ended_at(self) -> list[str]:
        """Where its lives ended, one after the other."""
        return self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []

    def _live(self) -> None:
        for _ in range(MOST_LIVES):
            if not self.server.is_dead(0):
                return
            self.server.start()
        raise AssertionError(f"it cannot live: {self.server.said()[-2000:]}")


def _jobs() -> list[tuple[str, int, str | None]]:
    """What is still to do: kind, tries, what happened last."""
    with db.transaction(write=False):
        left = db.session.execute(sa.select(Job.kind, Job.tries, Job.last_error).where(Job.finished_at.is_(None)))
        return [tuple(row) for row in left]
