"""Figures of a film's way to the server: 20 MB in chunks to a server of its own. `python -m tests.bench.bench_media`."""

import http.client
import json
import logging
import os
import platform
import random
import sys
import time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from fieldapp import clock, db
from fieldapp.accounts import actions as accounts
from tests.bench.bench_sync import open_product
from tests.evidence.media import FILES
from tests.fieldwork.scene import Phone, photo
from tests.live import Live, serving

MEGABYTE = 1_000_000
SIZE = 20 * MEGABYTE


class Wire:
    """One kept connection of a signed-in phone."""

    def __init__(self, live: Live, cookie: str) -> None:
        self.line = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=60)
        self.headers = {"Cookie": f"fieldapp_session={cookie}", "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}

    def ask(self, method: str, address: str, body: bytes, kind: str = "application/octet-stream") -> tuple[int, bytes]:
        self.line.request(method, address, body, self.headers | {"Content-Type": kind})
        answer = self.line.getresponse()
        return answer.status, answer.read()


def peak_mb(port: int) -> int:
    """The largest resident memory so far of the process that listens there."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and f"PORT={port}".encode() in _words(folder / "environ"):
            line = next(text for text in (folder / "status").read_text().splitlines() if text.startswith("VmHWM"))
            return int(line.split()[1]) // 1024
    raise LookupError(port)


def _words(file: Path) -> list[bytes]:
    try:
        return file.read_bytes().split(b"\0")
    except OSError:
        return []


def send_film(size: int) -> dict[str, float]:
    """Send one film by its chunks and the operation that speaks of it; MB a second, and the server's memory."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _, scene, cast = open_product(folder)
        clock.set_source(None)
        with db.transaction(write=True):
            cookie = accounts.open_session(cast.inspector_a.id, address="127.0.0.1", device="bench")
        db.session.remove()
        value, chunks = photo(FILES["video/mp4"] + random.Random(1).randbytes(size), name="film.mp4")
        phone = Phone(scene, cast.inspector_a)
        ops: list[dict[str, Any]] = [phone.here(), phone.op("add", scene.path(f"evidence/{scene.lines[0]}"), value)]
        with serving(f"sqlite:///{folder / 'bench.db'}", folder / "media", folder) as live:
            wire, before = Wire(live, cookie), peak_mb(live.path.target)
            begin = time.perf_counter()
            for chunk, content in chunks.items():
                assert wire.ask("PUT", f"/field/chunk/{chunk}?visit={scene.visit}", content)[0] == 201
            uploaded = time.perf_counter()
            body = json.dumps({"v": 1, "dev": phone.device, "ops": ops, "since": 0}).encode()
            status, said = wire.ask("POST", "/field/sync", body, "application/json")
            done = time.perf_counter()
            assert (status, len(json.loads(said)["out"])) == (200, 2), said
            [whole] = [file for file in (folder / "media" / "originals").rglob("*") if file.is_file()]
            assert sha256(whole.read_bytes()).hexdigest() == whole.name
            return {"chunks MB/s": size / MEGABYTE / (uploaded - begin), "putting together and receipt s": done - uploaded,
                    "whole MB/s": size / MEGABYTE / (done - begin), "server's memory before MB": before,
                    "server's memory at most MB": peak_mb(live.path.target)}


def main() -> None:
    """Print the figures, with the machine's name."""
    logging.disable(logging.WARNING)
    size = 5 * SIZE if "--large" in sys.argv else SIZE
    print(f"{platform.node()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite, {size // MEGABYTE} MB of film")
    for name, figure in send_film(size).items():
        print(f"media: {name}: {figure:.2f}")


if __name__ == "__main__":
    main()
