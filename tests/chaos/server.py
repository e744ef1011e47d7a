"""The product's own server as a process that is killed and started again, fast: forked from one that has imported all.

What is planted in it (`Plant`) happens in the child, before the product's `serve` begins; the product knows nothing of it.
"""

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.chaos.phone import Lost
from tests.databases import free_port
from tests.live import SECRET
from tests.live.nursery import Plant, fork_server

PATIENCE = 60.0
JSON = "application/json"


class Server:
    """`fieldapp serve` on one port, over and over."""

    def __init__(self, database_url: str, media: Path, folder: Path, *, plant: Plant | None = None,
                 facts: tuple[Any, ...] = ()) -> None:
        self.port, self.log, self.plant, self.facts = free_port(), folder / "server.log", plant, facts
        self.settings = {"DATABASE_URL": database_url, "MEDIA_DIR": str(media), "DATA_DIR": str(folder),
                         "PORT": str(self.port), "HOST": "127.0.0.1", "SECRET_KEY": SECRET, "THREADS": "4"}
        self.public_url = f"http://127.0.0.1:{self.port}"
        self.process: BaseProcess | None = None
        self.kills = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {**self.settings, "PUBLIC_URL": self.public_url}
        self.process = fork_server(settings, self.log, self.plant, self.facts)
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.exitcode is not None:
                return
            assert time.monotonic() < until, self.said()[-4000:]
            time.sleep(0.02)

    def kill(self) -> None:
        """End it as a power cut would, at once."""
        if self.process is not None:
            self.process.kill()
            self.process.join(PATIENCE)
            self.kills += 1

    def is_dead(self, within: float) -> bool:
        """Whether it has ended by itself."""
        if self.process is None:
            return True
        self.process.join(within)
        return self.process.exitcode is not None

    def said(self) -> str:
        """Its log."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def _answers(self) -> bool:
        with suppress(OSError, HTTPException):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.request("HEAD", "/static/none")
            connection.getresponse()
            connection.close()
            return True
        return False


class Killer:
    """Kills the server every so many seconds of its service, and starts it again.

    On a machine so busy that nothing was answered in that time it waits, up to ten times as long, for one answer.
    """

    def __init__(self, server: Server, every: float, answered: Callable[[], int]) -> None:
        self.server, self.every, self.answered = server, every, answered
        self.now = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> "Killer":
        self.server.start()
        self._thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._over = True
        self.now.set()
        self._thread.join(PATIENCE)

    def _go_on(self) -> None:
        while True:
            before = self.answered()
            for _ in range(10):
                if self.now.wait(self.every) or self.answered() > before:
                    break
            self.now.clear()
            if self._over:
                return
            self.server.kill()
            self.server.start()


def ask(port: int, secret: str, method: str, path: str, body: bytes = b"", kind: str = JSON) -> tuple[int, Any]:
    """One exchange as a phone has it: status and JSON; Lost for whatever is no answer of the server's.

    A form, sent by a person, is answered with a page, which nobody reads here.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Cookie": f"fieldapp_session={secret}", "Sec-Fetch-Site": "same-origin", "Accept": "application/json",
               "Content-Type": kind}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if kind == JSON else None
    except (OSError, HTTPException, ValueError) as nothing:
        raise Lost from nothing
    finally:
        connection.close()
