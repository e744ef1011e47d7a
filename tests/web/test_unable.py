"""A database without room or without time is told apart from a fault of ours, and nothing is half-saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from pysqlite3 import dbapi2
from sqlalchemy.exc import OperationalError

from fieldapp import config, db
from fieldapp.sync.models import Op
from tests.databases import ON_SQLITE
from tests.fieldwork.conftest import scene
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.wire import SignIn, counted, send

__all__ = ["scene"]


@pytest.fixture
def one(scene: Scene, cast: Cast) -> Phone:
    return Phone(scene, cast.inspector_a)


@contextmanager
def without(pragma: str) -> Iterator[None]:
    """Every connection of the product under a pragma; fresh ones afterwards."""
    engine = db.session.get_bind()

    def restrict(connection: dbapi2.Connection, *_others: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    sa.event.listen(engine, "checkout", restrict)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", restrict)
        engine.dispose()


@ON_SQLITE
def test_a_database_without_room_answers_507_and_the_phone_sends_again(one: Phone, client_of: SignIn, cast: Cast) -> None:
    browser = client_of(cast.inspector_a)
    ops = [one.here(), one.set("arrival/reason", "字" * 5_000)]
    with without("max_page_count=1"):
        answer = send(browser, one, *ops)
        assert (answer.status_code, answer.get_json()["error"]) == (507, "http.507")
        assert counted(Op) == 0
    assert len(send(browser, one, *ops).get_json()["out"]) == 2


@ON_SQLITE
def test_a_locked_database_answers_503_and_the_page_says_so(
        one: Phone, client_of: SignIn, cast: Cast, settings: config.Config) -> None:
    browser, op = client_of(cast.inspector_a), one.here()
    other = dbapi2.connect(str(Path(settings.database_url.removeprefix("sqlite:///"))), isolation_level=None)
    with without("busy_timeout=50"):
        other.execute("BEGIN IMMEDIATE")
        assert send(browser, one, op).status_code == 503
        answer = browser.post("/sign-out")
        assert answer.status_code == 503
        assert "系统忙" in answer.text
        other.execute("ROLLBACK")
        other.close()
    assert send(browser, one, op).status_code == 200


@ON_SQLITE
def test_what_else_a_database_refuses_is_a_fault_of_ours(database: str) -> None:
    assert database
    with pytest.raises(OperationalError) as caught, db.transaction(write=True):
        db.session.execute(sa.text("SELECT * FROM nowhere"))
    assert not db.is_out_of_room(caught.value)
    assert not db.is_unavailable(caught.value)
