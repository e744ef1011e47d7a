"""Servers as one would write them at first: what must not hold in the weather that the product stands.

Each is planted in the server's process before it begins to serve.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from hashlib import new, sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Response, request
from sqlalchemy import event

from fieldapp import db, ids
from fieldapp.evidence import store
from fieldapp.evidence.models import Original
from fieldapp.evidence.store import HEAD, Joined, Shelf
from fieldapp.sync import rules
from fieldapp.sync.rules import Verdict
from fieldapp.web import transactions

LATER = 0.4


def takes_everything_for_new() -> None:
    """No UNIQUE: a row of its own for whatever comes, an operation that comes again among it."""
    receive = import_module("fieldapp.sync.actions.receive")
    true = receive._store

    def another(op: Any, door: Any) -> Any:
        row = true(replace(op, id=ids.uuid7(), device=ids.uuid7().hex), door)
        return _AsItWasSent(op.id, op.n, row.receipt, row.received_at)

    receive._store = another
    receive.queries.known = lambda _ids: {}
    rules.sequence_verdict = lambda _op, **_facts: Verdict.RECEIVE  # type: ignore[assignment]


class _AsItWasSent:
    """What the phone hears of a row that has another id."""

    def __init__(self, op_id: Any, n: int, receipt: int, received_at: Any) -> None:
        self.id, self.n, self.receipt, self.received_at = op_id, n, receipt, received_at


def answers_before_it_is_durable() -> None:
    """Write-behind: the answer first, the commit a moment later."""
    true = transactions.finish

    def finish(response: Response) -> Response:
        if request.path != "/field/sync" or response.status_code >= 400:
            return true(response)
        open_session = db.session()
        db.session.registry.clear()
        threading.Timer(LATER, _commit, [open_session]).start()
        return response

    transactions.finish = finish
    for name in ("fieldapp.sync.routes.door", "fieldapp.sync.routes.phone"):
        import_module(name).commit_and_go_on = db.session.flush


def _commit(open_session: Any) -> None:
    open_session.commit()
    open_session.close()


def enters_the_row_before_the_file() -> None:
    """Row before file: an original is entered, and written out only when its row is there."""
    pending: list[tuple[Path, bytes]] = []
    entered: list[Original] = []

    def write_out(parts: Any) -> Joined:
        content = b"".join(part.read_bytes() for part in parts)
        name = sha256(content).hexdigest()
        pending.append((store.path(Shelf.ORIGINALS, name), content))
        return Joined(name, new("sm3", content).hexdigest(), len(content), content[:HEAD])

    store._write_out = write_out  # type: ignore[assignment]

    @event.listens_for(db.session, "after_flush")
    def enter(session: Any, _flushed: Any) -> None:
        entered.extend(row for row in session.new if isinstance(row, Original))

    @event.listens_for(db.session, "after_commit")
    def write(session: Any) -> None:
        while entered and pending and not session.in_nested_transaction():
            path, content = pending.pop()
            with store._staged(lambda path=path: path) as file:
                file.write(content)


def writes_where_it_will_lie() -> None:
    """No staging: bytes go straight to their place, and what the disk does not take is not missed."""

    def put(shelf: Shelf, content: bytes) -> str:
        name = sha256(content).hexdigest()
        path = store.path(shelf, name)
        path.parent.mkdir(exist_ok=True)
        _write_what_fits(path, content)
        return name

    store.put = put
    store.check_room = lambda _wanted=0: None  # type: ignore[assignment]


def _write_what_fits(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        return


def says_yes_to_a_failed_commit(commit: Callable[[], None]) -> Callable[[], None]:
    """The error is caught, and the answer given."""

    def try_to() -> None:
        try:
            commit()
        except Exception:  # noqa: BLE001 - that is what is wrong with it
            db.begin(write=True)

    return try_to
