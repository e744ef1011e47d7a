"""R4: a disk that fills up under a phone that goes on sending; then somebody makes room.

Run by its test in a mount namespace of its own, where a small tmpfs is the disk:

    unshare -rm sh -c 'mount … && exec "$@"' sh python -m tests.chaos.faults.disk FACTS

The facts are a pickled `Disk`; what it prints is one JSON object.
"""

import json
import pickle
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any

from fieldapp import db
from fieldapp.app import load_areas
from tests.chaos.faults.orphans import findings, settle
from tests.chaos.phone import Lost, Phone, Refused
from tests.chaos.server import Server, ask
from tests.chaos.stage import sign_in
from tests.fieldwork.scene import Scene
from tests.people import Player

KIBIBYTE = 1024
MOST_PARTS, STUBBORN = 400, 3
DATABASE, EVIDENCE = "database", "evidence"


@dataclass
class Disk:
    """What lies on the small disk, how much is free on it to begin with, and who is there."""

    holds: str
    url: str
    disk: Path
    folder: Path
    people: tuple[Player, Player]
    scene: Scene
    low_water_mb: int = 0
    room: int = 400 * KIBIBYTE
    naive: Callable[[], None] | None = None
    statuses: Counter[int] = field(default_factory=Counter)

    def run(self) -> dict[str, Any]:
        """Fill the disk, look around, make room, send the rest; what came of it."""
        load_areas()
        if self.holds == DATABASE:
            on_disk = self.disk / "product.db"
            shutil.copyfile(self.url.removeprefix("sqlite:///"), on_disk)
            self.url = f"sqlite:///{on_disk}"
        db.connect(self.url)
        media = (self.disk if self.holds == EVIDENCE else self.folder) / "media"
        server = Server(self.url, media, self.folder, plant=self.naive)
        server.settings["MEDIA_LOW_WATER_MB"] = str(self.low_water_mb)
        self.secret, self.port = sign_in(self.people[0]), server.port
        phone = Phone(self.people[0], self._carry, Random(5), chunk_size=32 * KIBIBYTE)
        server.start()
        said = self._live(phone)
        server.kill()
        settle(media)
        return {**said, "found": findings([phone], media), "statuses": dict(self.statuses)}

    def _live(self, phone: Phone) -> dict[str, Any]:
        for member in self.people:
            phone.here(self.scene, member)
        self._send(phone)
        ballast = self.disk / "ballast"
        ballast.write_bytes(bytes(max(0, shutil.disk_usage(self.disk).free - self.low_water_mb * KIBIBYTE**2 - self.room)))
        self._fill(phone)
        reads = [self._read(path) for path in ("/field/", f"/field/receipts/{self.scene.visit}")]
        unsent, accepts = len(phone.waiting()), shutil.disk_usage(self.disk).free
        ballast.unlink()
        self._send(phone)
        return {"reads": reads, "unsent_when_full": unsent, "free_when_full": accepts, "unsent": len(phone.waiting())}

    def _fill(self, phone: Phone) -> None:
        """Write and send until the server has said three times that it has no room."""
        for number in range(MOST_PARTS):
            if self.statuses[507] >= STUBBORN:
                return
            phone.set(self.scene, self.scene.check(1, "note"), f"{number} " + "满" * 300)
            if self.holds == EVIDENCE:
                phone.take_photo(self.scene, 1, b"\xff\xd8\xff\xe0" + phone.chance.randbytes(60 * KIBIBYTE))
            with suppress(Lost, Refused):
                while phone.waiting() and phone.send_part(10):
                    continue

    def _send(self, phone: Phone) -> None:
        for _ in range(MOST_PARTS):
            if not phone.waiting():
                return
            with suppress(Lost, Refused):
                phone.send_part()

    def _carry(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        status, said = ask(self.port, self.secret, method, path, body)
        self.statuses[status] += 1
        return status, said

    def _read(self, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Cookie": f"fieldapp_session={self.secret}"})
            return connection.getresponse().status
        finally:
            connection.close()


if __name__ == "__main__":
    print(json.dumps(pickle.loads(Path(sys.argv[1]).read_bytes()).run()))
