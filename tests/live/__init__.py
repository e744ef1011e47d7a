"""The product as people meet it: a process of its own, and a path to it over the loopback that can be cut."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from os import environ
from pathlib import Path

import pytest

from fieldapp import config
from tests.databases import free_port
from tests.live.nursery import fork_server

SECRET = "a secret of forty characters for walking"
PATIENCE = 40.0
LOG_LINES = 40


class PathToServer:
    """Carries bytes between browsers and the server; while it is cut nobody listens and nothing flows."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def restore(self) -> None:
        """Listen, at every time on the same port."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Close the door and whatever is under way, without a word to either side."""
        listener, self._listener = self._listener, None
        if listener:
            _end(listener)
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            _end(end)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target), timeout=PATIENCE)
            except OSError:
                if self._listener is not listener:
                    return
                continue
            with self._lock:
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        self._let_go(source, target)

    def _let_go(self, *ends: socket.socket) -> None:
        for end in ends:
            _end(end)
        with self._lock:
            self._open -= set(ends)


@dataclass
class Live:
    """The running product: its address as people type it, the path to it, its database and its media folder."""

    url: str
    path: PathToServer
    database_url: str
    media: Path


@pytest.fixture
def live(demonstration: config.Config, tmp_path: Path) -> Iterator[Live]:
    """The demonstration served by a process of its own, behind a path that can be cut."""
    with serving(demonstration.database_url, demonstration.media_dir, tmp_path) as running:
        yield running


@contextmanager
def serving(database_url: str, media: Path, folder: Path, *, path_to: Callable[[int], PathToServer] = PathToServer,
            by_command: bool = False) -> Iterator[Live]:
    """Serve a database and a media folder; the server's words go into the folder, and none of them is a traceback.

    `path_to` makes the path to the server's port: a bad one is `tests.chaos.proxy.FaultProxy`. `by_command` runs the
    command `fieldapp serve` in this process's environment, which may lead to another release.
    """
    port = free_port()
    path = path_to(port)
    path.restore()
    url = f"http://127.0.0.1:{path.port}"
    settings = {"DATABASE_URL": database_url, "MEDIA_DIR": str(media), "DATA_DIR": str(folder), "PORT": str(port),
                "PUBLIC_URL": url, "SECRET_KEY": SECRET, "THREADS": "8"}
    log = folder / "server.log"
    process = Commanded(settings, log) if by_command else Forked(settings, log)
    try:
        _wait_until_it_answers(process, port, log)
        yield Live(url, path, database_url, media)
    finally:
        path.cut()
        process.end()
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said[-8000:]


class Forked:
    """A server forked from the nursery."""

    def __init__(self, settings: dict[str, str], log: Path) -> None:
        self._process = fork_server(settings, log)

    def has_ended(self) -> bool:
        return self._process.exitcode is not None

    def end(self) -> None:
        self._process.terminate()
        self._process.join(PATIENCE)
        assert self.has_ended(), "the server goes on"


class Commanded:
    """A server that a command has started."""

    def __init__(self, settings: dict[str, str], log: Path) -> None:
        with log.open("wb") as written:
            self._process = subprocess.Popen([Path(sys.executable).with_name("fieldapp"), "serve"], env={**environ, **settings},
                                             stdin=subprocess.DEVNULL, stdout=written, stderr=subprocess.STDOUT)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)


def _wait_until_it_answers(process: Forked | Commanded, port: int, log: Path) -> None:
    """Ask again and again, a connection refused being answered at once, until the server says something."""
    pause = threading.Event()
    for _ in range(int(PATIENCE * 20)):
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("HEAD", "/sign-in")
            connection.getresponse()
            connection.close()
            return
        assert not process.has_ended(), "\n".join(log.read_text(encoding="utf-8").splitlines()[-LOG_LINES:])
        pause.wait(0.05)
    raise AssertionError("the server does not answer")


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
