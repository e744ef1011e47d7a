"""A bad network on purpose: an HTTP-aware path to the server that loses, doubles, cuts, delays and lies.

It stands where `tests.live.PathToServer` stands: loopback only, always on the same port, its address is the one that
phones and browsers use (and PUBLIC_URL names). Faults come by chance, from a printed seed, or by plan:

    path = FaultProxy(server_port, seed=7)
    path.restore()
    path.share = 0.15                                                      # every seventh request meets a fault
    cut = path.plan("PUT", "/field/chunk/", Fault.CUT_REQUEST, 1000)       # the next one is cut after 1,000 bytes
    assert cut.happened.wait(10)

Every request is one connection to the server and one answer, ended by `Connection: close`, so that whatever happens to
one exchange happens to no other.
"""

import random
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from tests.live import PATIENCE, PathToServer, _end

PORTAL = b"<!doctype html><title>Free Wi-Fi</title><form method=post><button>Accept and go on</button></form>"
_LENGTH = re.compile(rb"(?im)^content-length:\s*(\d+)\s*$")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding:.*chunked")
_HOP = re.compile(rb"(?im)^(?:connection|keep-alive|proxy-connection):[^\n]*\n")


class Fault(StrEnum):
    """What happens to a request; a planned one may say how many bytes or seconds."""

    NONE = "none"
    LOST_REQUEST = "lost request"  # the server hears nothing
    CUT_REQUEST = "cut request"  # the server hears the head and `amount` bytes of the body, then the line is dead
    LOST_REPLY = "lost reply"  # the server has done it, nobody hears of it
    CUT_REPLY = "cut reply"  # the answer ends after `amount` bytes
    DUPLICATE = "duplicate"  # the server gets it twice, one after the other; the second answer counts
    LATE_DOUBLE = "late double"  # answered, and sent once more `amount` seconds later
    DELAY = "delay"  # `amount` seconds
    BAD_GATEWAY = "bad gateway"  # 502 with a page of HTML, not from us
    PORTAL = "captive portal"  # 200 with a page of HTML, not from us
    PORTAL_REDIRECT = "captive portal's redirect"


ALL = tuple(fault for fault in Fault if fault is not Fault.NONE)


@dataclass
class Planned:
    """A fault that waits for its request."""

    method: str
    prefix: str
    fault: Fault
    amount: float | None
    happened: threading.Event = field(default_factory=threading.Event)

    def meets(self, method: str, path: str) -> bool:
        return self.method in {"*", method} and path.startswith(self.prefix)


class Weather:
    """Which fault meets which request: by plan first, else by chance."""

    def __init__(self, seed: int, share: float, faults: Collection[Fault]) -> None:
        self.share, self.faults = share, tuple(faults)
        self.met: Counter[Fault] = Counter()
        self._chance, self._plans, self._lock = random.Random(seed), list[Planned](), threading.Lock()

    def plan(self, planned: Planned) -> Planned:
        with self._lock:
            self._plans.append(planned)
        return planned

    def over(self, method: str, path: str, size: int) -> tuple[Fault, float]:
        """The fault for a request whose body has that size, and its amount."""
        with self._lock:
            found = next((one for one in self._plans if one.meets(method, path)), None)
            if found is not None:
                self._plans.remove(found)
                fault, amount = found.fault, found.amount
            else:
                fault = self._chance.choice(self.faults) if self._chance.random() < self.share else Fault.NONE
                amount = None
            amount = self._amount(fault, size) if amount is None else amount
            self.met[fault] += 1
        if found is not None:
            found.happened.set()
        return fault, amount

    def _amount(self, fault: Fault, size: int) -> float:
        if fault in {Fault.CUT_REQUEST, Fault.CUT_REPLY}:
            return self._chance.randrange(max(1, size or 100))
        return self._chance.uniform(0.005, 0.05)


class FaultProxy(PathToServer):
    """The path to the server, through bad weather."""

    def __init__(self, target: int, *, seed: int = 1, share: float = 0.0, faults: Collection[Fault] = ALL) -> None:
        super().__init__(target)
        self.weather = Weather(seed, share, faults)
        self.most: int | None = None  # bytes of a body that this path lets through: 413 for longer ones
        self.refused = 0
        print(f"fault proxy: seed {seed}, {share:.0%} of the requests")

    @property
    def share(self) -> float:
        """How many of the requests meet a fault, from 0 to 1."""
        return self.weather.share

    @share.setter
    def share(self, share: float) -> None:
        self.weather.share = share

    def plan(self, method: str, prefix: str, fault: Fault, amount: float | None = None) -> Planned:
        """Let the next request of that method ("*" for any) to a path that begins so meet this fault."""
        return self.weather.plan(Planned(method, prefix, fault, amount))

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                if self._listener is not listener:
                    return
                continue
            near.settimeout(PATIENCE)
            with self._lock:
                self._open.add(near)
            threading.Thread(target=self._exchange, args=(near,), daemon=True).start()

    def _exchange(self, near: socket.socket) -> None:
        with suppress(OSError, ValueError):
            request = _message(near)
            if request:
                self._carry_request(near, *request)
        _end(near)
        with self._lock:
            self._open.discard(near)

    def _carry_request(self, near: socket.socket, head: bytes, body: bytes) -> None:
        method, path = head.split(b" ", 2)[:2]
        if self.most is not None and len(body) > self.most:
            self.refused += 1
            near.sendall(_page("413 Content Too Large"))
            return
        fault, amount = self.weather.over(method.decode(), path.decode(), len(body))
        head = _closing(head)
        if fault is Fault.DELAY:
            time.sleep(amount)
        match fault:
            case Fault.LOST_REQUEST:
                return
            case Fault.CUT_REQUEST:
                self._send(head + body[:int(amount)], is_whole=False)
            case Fault.LOST_REPLY:
                self._send(head + body)
            case Fault.CUT_REPLY:
                near.sendall(self._send(head + body)[:int(amount)])
            case Fault.BAD_GATEWAY | Fault.PORTAL | Fault.PORTAL_REDIRECT:
                near.sendall(_of_somebody_else(fault))
            case Fault.DUPLICATE:
                self._send(head + body)
                near.sendall(self._send(head + body))
            case _:
                near.sendall(self._send(head + body))
        if fault is Fault.LATE_DOUBLE:
            _end(near)
            time.sleep(amount)
            self._send(head + body)

    def _send(self, request: bytes, *, is_whole: bool = True) -> bytes:
        """Bring it to the server; the whole answer."""
        with socket.create_connection(("127.0.0.1", self.target), timeout=PATIENCE) as far:
            far.sendall(request)
            return _until_the_end(far) if is_whole else b""


def _message(near: socket.socket) -> tuple[bytes, bytes] | None:
    """A whole request: its head with the empty line, and its body; nothing if the line ended before."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = near.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    head += b"\r\n\r\n"
    if re.search(rb"(?im)^expect:\s*100-continue", head):
        near.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    if _CHUNKED.search(head):
        while not body.endswith(b"0\r\n\r\n"):
            body += _some(near)
        return head, body
    length = _LENGTH.search(head)
    wanted = int(length[1]) if length else 0
    parts, got = [body], len(body)
    while got < wanted:
        parts.append(_some(near))
        got += len(parts[-1])
    return head, b"".join(parts)


def _some(near: socket.socket) -> bytes:
    data = near.recv(262144)
    if not data:
        raise ConnectionResetError
    return data


def _until_the_end(far: socket.socket) -> bytes:
    parts = []
    while data := far.recv(262144):
        parts.append(data)
    return b"".join(parts)


def _closing(head: bytes) -> bytes:
    """The head of a request after whose answer the server closes."""
    return _HOP.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n"


def _of_somebody_else(fault: Fault) -> bytes:
    match fault:
        case Fault.BAD_GATEWAY:
            return _page("502 Bad Gateway")
        case Fault.PORTAL:
            return _page("200 OK")
        case _:
            return _page("302 Found", "Location: /portal-of-the-hotel")


def _page(status: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(PORTAL)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + PORTAL
