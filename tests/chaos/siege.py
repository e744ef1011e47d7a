"""R1, the sync set test: many phones, a bad network, a server killed over and over; who lost what in the end.

Phones are threads here, the server is the product's `serve` in a process of its own, ended by SIGKILL.
"""

import os
import platform
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from fieldapp import clock
from fieldapp.evidence import store
from fieldapp.jobs import actions as jobs
from tests.chaos.audit import Findings, audit
from tests.chaos.phone import MOST, Lost, Phone, Refused
from tests.chaos.proxy import Fault, FaultProxy
from tests.chaos.server import Killer, Plant, Server, ask
from tests.chaos.stage import Stage, sign_in
from tests.fieldwork.scene import Scene
from tests.people import Player

ANSWERS = ("compliant", "non_compliant", "not_applicable", "not_checked")
HELD_WORDS = ("东门", "西门", "三楼实验室 🔬", "钅", "")


@dataclass
class Plan:
    """How large the set is, and how bad the weather."""

    ops: int
    phones: int = 16
    share: float = 0.15
    kill_every: float = 2.0
    burst: int = 10
    photo_share: float = 0.02
    seed: int = 7
    plant: Plant | None = None
    kills_at_photos: bool = False
    patience: float = 240.0


@dataclass
class Siege:
    """One set of phones against one server."""

    stage: Stage
    plan: Plan
    url: str
    folder: Path
    phones: list[Phone] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    stuck: list[str] = field(default_factory=list)
    kills: int = 0
    met: frozenset[Fault] = frozenset()

    def run(self) -> Findings:
        """Let the phones write and send until everything has its receipt, then send all of it once more; the findings."""
        media = self.folder / "media"
        server = Server(self.url, media, self.folder, plant=self.plan.plant)
        proxy = FaultProxy(server.port, seed=self.plan.seed, share=self.plan.share)
        proxy.restore()
        server.public_url = f"http://127.0.0.1:{proxy.port}"
        self.phones = [self._phone(number, proxy.port) for number in range(self.plan.phones)]
        began = time.monotonic()
        with Killer(server, self.plan.kill_every, self.statuses.total) as killer:
            self._together(self._work, killer)
        took = time.monotonic() - began
        proxy.share = 0
        self._together(self._send_all_again, killer)
        server.kill()
        proxy.cut()
        run_what_a_crash_left(media)
        self.kills, self.met = server.kills - 1, frozenset(proxy.weather.met)
        found = audit(self.phones, media)
        found.lost += self.stuck
        found.faults += [f"status {status} × {times}" for status, times in self.statuses.items()
                         if status >= 500 and status not in {503, 507}]
        print(f"{platform.node()}: {self._kind()}, seed {self.plan.seed}, {self.plan.phones} phones, "
              f"{self.plan.ops} operations in "
              f"{took:.1f} s, {self.kills} kills, {sum(proxy.weather.met.values())} requests, "
              f"{sum(map(len, (phone.taken for phone in self.phones)))} photos: {found}")
        return found

    def _team(self) -> list[Player]:
        return [self.stage.cast.inspector_a, self.stage.cast.inspector_b]

    def _kind(self) -> str:
        return self.url.partition(":")[0].partition("+")[0]

    def _phone(self, number: int, port: int) -> Phone:
        owner = self._team()[number % 2]
        secret = sign_in(owner)
        return Phone(owner, lambda *said: self._over_http(port, secret, *said), random.Random(f"{self.plan.seed} {number}"),
                     chunk_size=2048)

    def _over_http(self, port: int, secret: str, method: str, path: str, body: bytes) -> tuple[int, Any]:
        status, said = ask(port, secret, method, path, body)
        self.statuses[status] += 1
        return status, said

    def _together(self, work: Any, killer: Killer) -> None:
        threads = [threading.Thread(target=work, args=(phone, killer), daemon=True) for phone in self.phones]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, phone: Phone, killer: Killer) -> None:
        quota, until = self.plan.ops // self.plan.phones, time.monotonic() + self.plan.patience
        scenes = self.stage.scenes
        while len(phone.rows) < quota or phone.waiting():
            if time.monotonic() > until:
                self.stuck.append(f"a phone of {phone.owner.name} still has {len(phone.waiting())} to send")
                return
            if len(phone.rows) < quota:
                self._write(phone, scenes, min(phone.chance.randint(1, self.plan.burst), quota - len(phone.rows)))
            try:
                photos = sum(not row.receipt for row in phone.rows.values() if row.op["v"] and "capture_hash" in row.op["v"])
                if not phone.send_part(MOST, keep=phone.chance.random() > 0.03):
                    phone.crash()
                if self.plan.kills_at_photos and photos and not phone.chunks:
                    killer.now.set()
            except (Lost, Refused):
                time.sleep(phone.chance.uniform(0.02, 0.2))

    def _write(self, phone: Phone, scenes: Sequence[Scene], count: int) -> None:
        chance = phone.chance
        for _ in range(count):
            scene, line = chance.choice(scenes), chance.randint(1, 3)
            absent = [who for who in self._team() if (scene.visit, f"present/{who.id}", "") not in phone.places]
            if absent:
                phone.here(scene, absent[0])
            elif chance.random() < self.plan.photo_share:
                phone.take_photo(scene, line, b"\xff\xd8\xff\xe0" + chance.randbytes(chance.randint(100, 5000)))
            elif chance.random() < 0.4:
                phone.set(scene, scene.check(line), chance.choice(ANSWERS))
            else:
                path = chance.choice([scene.check(line, "note"), "arrival/place", scene.path("conclusion/text")])
                phone.set(scene, path, f"{chance.choice(HELD_WORDS)} {len(phone.rows)}")

    def _send_all_again(self, phone: Phone, _killer: Killer) -> None:
        """Everything once more: each receipt must come again as it came before."""
        ops = [row.op for row in phone.rows.values() if not row.is_clash and row.op["d"] == phone.device]
        for start in range(0, len(ops), MOST):
            with suppress(Lost, Refused):
                phone.ask(sorted(ops, key=lambda op: op["n"])[start:start + MOST])


def run_what_a_crash_left(media: Path) -> None:
    """The jobs that the product itself left for after a crash."""
    store.configure(media)
    clock.set_source(lambda: clock.datetime.now(clock.UTC) + timedelta(minutes=15))
    os.sync()
    jobs.run_all_due()
    clock.set_source(None)
