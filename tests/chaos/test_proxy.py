"""The bad network itself: each of its faults is what it says."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.chaos.proxy import ALL, PORTAL, Fault, FaultProxy

BODY, ANSWER = b"x" * 5000, b"y" * 3000


@dataclass
class Echo:
    """A server that remembers what it got, behind bad weather."""

    path: FaultProxy
    got: list[bytes] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def put(self) -> tuple[int, bytes] | None:
        """What the caller hears; None if nothing whole."""
        connection = HTTPConnection("127.0.0.1", self.path.port, timeout=5)
        try:
            connection.request("PUT", "/field/chunk/1", BODY)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def after(self, count: int) -> list[int]:
        """How many bytes of each request came, once there are so many requests."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.got) >= count, 5)
            return [len(body) for body in self.got]


@pytest.fixture
def echo() -> Iterator[Echo]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with echo.came:
                echo.got.append(body)
                echo.came.notify_all()
            self.send_response(201)
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    echo = Echo(FaultProxy(server.server_address[1], seed=1))
    echo.path.restore()
    yield echo
    echo.path.cut()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("fault", "amount", "heard", "came"), [
    (Fault.NONE, None, (201, ANSWER), [5000]),
    (Fault.LOST_REPLY, None, None, [5000]),
    (Fault.CUT_REQUEST, 1000, None, [1000]),
    (Fault.CUT_REPLY, 1000, None, [5000]),
    (Fault.DUPLICATE, None, (201, ANSWER), [5000, 5000]),
    (Fault.LATE_DOUBLE, 0.01, (201, ANSWER), [5000, 5000]),
    (Fault.DELAY, 0.01, (201, ANSWER), [5000]),
    (Fault.LOST_REQUEST, None, None, []),
    (Fault.BAD_GATEWAY, None, (502, PORTAL), []),
    (Fault.PORTAL, None, (200, PORTAL), []),
    (Fault.PORTAL_REDIRECT, None, (302, PORTAL), []),
])
def test_a_planned_fault_meets_the_next_request_and_only_that(echo: Echo, fault: Fault, amount: float | None,
                                                             heard: tuple[int, bytes] | None, came: list[int]) -> None:
    planned = echo.path.plan("PUT", "/field/chunk/", fault, amount)
    assert echo.put() == heard
    assert planned.happened.is_set()
    assert echo.after(len(came)) == came
    assert echo.put() == (201, ANSWER)


def test_faults_by_chance_meet_as_many_requests_as_was_said(echo: Echo) -> None:
    echo.path.share = 0.3
    for _ in range(300):
        echo.put()
    met = echo.path.weather.met
    assert 60 < sum(met[fault] for fault in ALL) < 120
    assert set(ALL) <= met.keys()


def test_a_cut_path_answers_nobody_until_it_is_restored(echo: Echo) -> None:
    echo.path.cut()
    assert echo.put() is None
    echo.path.restore()
    assert echo.put() == (201, ANSWER)
