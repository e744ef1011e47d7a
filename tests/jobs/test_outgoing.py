"""Who answers is who was asked: nobody leads the product's server elsewhere."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from fieldapp.draw.fetching import fetch
from fieldapp.jobs.outgoing import ask
from fieldapp.ledger.notes import COSIGNATURE, new_key
from fieldapp.ledger.witnessing import asking
from fieldapp.ledger.witnessing.request import Request as Asked

SECRET = "/only/for/us"
KEY = new_key("witness.example/w1", COSIGNATURE).verifier


@contextmanager
def leading_to(status: int, asked: list[str]) -> Iterator[str]:
    """A server that leads whoever asks it to an address of ours; what it is asked is written down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == SECRET else status)
            self.send_header("Location", SECRET)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_that_nobody_follows(status: int) -> None:
    asked: list[str] = []
    with leading_to(status, asked) as url, pytest.raises(HTTPError, match=str(status)):
        ask(Request(f"{url}/first"), patience=5)
    assert asked == ["/first"]


def test_neither_a_witness_nor_a_relay_leads_the_server_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(asking, "request_for", lambda _key: (None, Asked(0, (), "")))
    with leading_to(302, asked) as url:
        with pytest.raises(asking.Refused, match="302"):
            asking.ask(asking.Address(url, KEY))
        with pytest.raises(OSError, match="302"):
            fetch(url, 7)
    assert len(asked) == 2
    assert SECRET not in asked
