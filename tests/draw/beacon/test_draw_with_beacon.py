"""A draw whose seed ends with a public beacon: named after the last reveal, proved, then drawn; never without its officers."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, config, db
from fieldapp.cli import serving
from fieldapp.documents import queries as documents
from fieldapp.draw import actions, beacon, fetching, queries
from fieldapp.draw.rules import bundle
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict, Refusal
from fieldapp.roles import PRODUCT
from tests.draw.bundle.sample import ROUND_1000
from tests.draw.makers import commit_all, draw_all, prepared, reveal_all
from tests.people import Cast

pytestmark = pytest.mark.article("3", "16")
NAMED = beacon.time_of(1000) - timedelta(seconds=30)


@pytest.fixture(autouse=True)
def switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEACON", "manual")


def frozen(cast: Cast) -> UUID:
    task_id = prepared(cast)
    with db.transaction(write=True):
        chosen = [cast.officer.id, cast.legal.id]
        return actions.freeze_task(task_id, chosen, with_beacon=True, by=cast.officer.officer).id


def named(cast: Cast) -> UUID:
    """A draw that waits for round 1000: its last officer revealed half a minute before it."""
    draw_id = frozen(cast)
    clock.set_source(lambda: NAMED + timedelta(milliseconds=700))
    commit_all(cast, draw_id)
    reveal_all(cast, draw_id)
    return draw_id


def take(draw_id: UUID, signature: bytes = ROUND_1000.signature) -> None:
    with db.transaction(write=True):
        actions.take_beacon(draw_id, signature, by=PRODUCT)


def test_the_seed_exists_only_with_the_proved_signature_of_the_round_that_was_named(cast: Cast, client: FlaskClient) -> None:
    draw_id = named(cast)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        assert draw.beacon
        assert (draw.state, draw.seed, draw.beacon.round, draw.beacon.named_at) == ("beacon_named", None, 1000, NAMED)
    with pytest.raises(Conflict, match="seed_not_made"), db.transaction(write=True):
        actions.draw_objects(draw_id, by=cast.officer.officer)
    with pytest.raises(Refusal, match="beacon_signature"):
        take(draw_id, bytes(48))
    take(draw_id)
    with pytest.raises(Conflict, match="already_taken"):
        take(draw_id)
    clock.set_source(None)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        done = [entry.action for entry, _ in ledger.history(draw.task_id) if entry.action.startswith("draw.")]
        address = f"/public/draws/{draw.year}/{draw.number}"
        [minutes] = [str(one.content) for one in documents.documents_of("draw", draw_id)]
    assert "第 1000 轮" in minutes
    assert ROUND_1000.signature.hex() in minutes
    assert done[-6:] == ["draw.revealed", "draw.beacon_named", "draw.beacon_taken", "draw.seed_made", "draw.objects_drawn",
                         "draw.inspectors_matched"]
    read = bundle.bundle_in(client.get(f"{address}/bundle.zip").data)
    assert read.beacon == ROUND_1000
    assert bundle.check_bundle(read).drawn == 2
    assert ROUND_1000.signature.hex() in client.get(address).text


def test_no_signature_is_taken_before_a_round_was_named_or_in_a_draw_without_a_beacon(cast: Cast) -> None:
    draw_id = frozen(cast)
    with pytest.raises(Conflict, match="beacon_not_named"):
        take(draw_id)


def test_a_beacon_is_no_second_officer(cast: Cast) -> None:
    task_id = prepared(cast)
    with pytest.raises(Refusal, match="two_divisions"), db.transaction(write=True):
        actions.freeze_task(task_id, [cast.officer.id], with_beacon=True, by=cast.officer.officer)


def test_a_beacon_that_does_not_come_within_a_day_of_its_naming_voids_the_draw(cast: Cast) -> None:
    draw_id = named(cast)
    for hours, void in ((23.9, None), (24.1, "公共随机信标的签名逾期没有取得")):
        clock.set_source(lambda moment=NAMED + timedelta(hours=hours): moment)
        with db.transaction(write=True):
            actions.void_without_seed(draw_id)
        with db.transaction(write=False):
            assert queries.draw(draw_id).void_reason == void
    with pytest.raises(Conflict, match="is_void"):
        take(draw_id)


def test_the_page_offers_the_beacon_only_where_it_is_set_up(
        cast: Cast, client_of: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch) -> None:
    task_id, browser = prepared(cast), client_of(cast.officer)
    people = {"contributors": [str(cast.officer.id), str(cast.legal.id)], "beacon": "yes"}
    assert 'name="beacon"' in browser.get(f"/tasks/{task_id}/draw").text
    monkeypatch.setenv("BEACON", "")
    assert 'name="beacon"' not in browser.get(f"/tasks/{task_id}/draw").text
    assert "本系统没有启用公共随机信标" in browser.post(f"/tasks/{task_id}/draw", data=people).text
    monkeypatch.setenv("BEACON", "manual")
    browser.post(f"/tasks/{task_id}/draw", data=people)
    with db.transaction(write=False):
        draw = queries.draw_of_task(task_id)
        assert draw
        assert draw.takes_beacon


def test_an_officer_of_the_division_types_the_signature_in(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    draw_id = named(cast)
    clock.set_source(None)
    page = f"/draws/{draw_id}"
    assert "第 1000 轮的签名" in client_of(cast.officer).get(page).text
    assert "第 1000 轮的签名" not in client_of(cast.legal).get(page).text
    typed = {"signature": ROUND_1000.signature.hex()}
    assert client_of(cast.other_officer).post(f"{page}/beacon", data=typed).status_code == 404
    refused = client_of(cast.officer).post(f"{page}/beacon", data={"signature": "ab" * 48})
    assert "这不是 drand quicknet 第 1000 轮的签名" in refused.text
    assert client_of(cast.officer).post(f"{page}/beacon", data=typed).status_code == 303
    said = [client_of(cast.officer).get(f"{page}{part}").text for part in ("", "/ceremony", "/minutes")]
    assert [typed["signature"] in one for one in said] == [True] * 3


@pytest.fixture
def relay() -> Iterator[tuple[str, dict[str, bytes]]]:
    """A relay on the loopback: its address, and what it answers by path."""
    answers: dict[str, bytes] = {}

    class Relay(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in answers else 404)
            self.end_headers()
            self.wfile.write(answers.get(self.path, b""))

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_relay_is_asked_once_the_round_has_come_and_believed_in_nothing(
        cast: Cast, relay: tuple[str, dict[str, bytes]]) -> None:
    address, answers = relay
    path, draw_id = f"/{beacon.CHAIN}/public/1000", named(cast)
    good = json.dumps({"round": 1000, "randomness": "00", "signature": ROUND_1000.signature.hex()}).encode()
    answers[path] = good
    clock.set_source(lambda: beacon.time_of(1000) - timedelta(seconds=1))
    assert fetching.fetch_awaited(address) == 0
    clock.set_source(lambda: beacon.time_of(1000))
    for bad in (b"", b"[]", b"{}", b'{"round":1000,"signature":"zz"}', good.replace(b"1000", b"1001"),
                good.replace(b"b44", b"b45"), good + b" " * fetching.MOST_BYTES):
        answers[path] = bad
        assert fetching.fetch_awaited(address) == 0
    del answers[path]
    assert fetching.fetch_awaited(address) == 0
    assert fetching.fetch_awaited("http://127.0.0.1:1") == 0
    answers[path] = good
    assert fetching.fetch_awaited(address) == 1
    assert fetching.fetch_awaited(address) == 0
    with db.transaction(write=False):
        assert queries.draw(draw_id).state == "revealed"


def test_the_server_fetches_only_where_a_relay_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x" * 32)
    for value, threads in (("", []), ("manual", []), ("https://relay.example/", ["beacon"])):
        monkeypatch.setenv("BEACON", value)
        made = serving._beside_the_draws(serving.threading.Event(), config.from_environment())
        assert [one.name for one in made] == threads
    monkeypatch.setenv("BEACON", "relay.example")
    with pytest.raises(config.ConfigError, match="BEACON"):
        config.from_environment()
