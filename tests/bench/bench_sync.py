"""Figures of the phone's sending: batches of 20 operations, one photo of 200 KB in ten. `python -m tests.bench.bench_sync`."""

import logging
import platform
import random
import resource
import sys
import time
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts import actions as accounts
from fieldapp.app import AREAS, create_app
from fieldapp.config import Config
from tests.fieldwork.scene import Phone, Scene, photo, set_scene
from tests.people import Cast, assemble
from tests.product import browser_of

BATCH, PHOTO_SIZE = 20, 200_000
JSON = {"Accept": "application/json"}


def open_product(folder: Path) -> tuple[FlaskClient, Scene, Cast]:
    """A product on SQLite with durable writes, an inspector's browser, a visit on its day."""
    for area in ("jobs", *AREAS[:-1]):
        import_module(f"fieldapp.{area}.models")
    url = f"sqlite:///{folder / 'bench.db'}"
    engine = db.connect(url)
    db.Model.metadata.create_all(engine)
    engine.dispose()
    app = create_app(Config(
        database_url=url, media_dir=folder / "media", secret_key="a secret of forty characters for tests",
        public_url="http://localhost", trusted_hosts=(), host="127.0.0.1", port=0, demonstration=False, workers=2))
    with db.transaction(write=True):
        cast = assemble()
    scene = set_scene(cast)
    with db.transaction(write=True):
        secret = accounts.open_session(cast.inspector_a.id, address="127.0.0.1", device="bench")
    browser = browser_of(app)
    browser.set_cookie("fieldapp_session", secret)
    return browser, scene, cast


def operations(scene: Scene, cast: Cast, count: int) -> tuple[Phone, list[dict[str, Any]], list[dict[str, bytes]]]:
    """What a phone has to send: typed notes, and one photo in ten; the bytes of each photo."""
    phone, chance = Phone(scene, cast.inspector_a), random.Random(1)
    ops, photos = [phone.here(), phone.here(cast.inspector_b)], []
    while len(ops) < count:
        if len(ops) % 10:
            ops.append(phone.set(scene.check(1 + len(ops) % 3, "note"), f"第 {len(ops)} 次记录"))
            continue
        value, chunks = photo(b"\xff\xd8\xff\xe0" + chance.randbytes(PHOTO_SIZE - 4))
        name = sha256(str(len(ops)).encode()).hexdigest()
        item = f"{name[:8]}-{name[8:12]}-4{name[13:16]}-a{name[17:20]}-{name[20:32]}"
        ops.append(phone.op("add", scene.check(1, f"photo/{item}"), value))
        photos.append(chunks)
    return phone, ops, photos


def send_all(count: int) -> dict[str, float]:
    """Send `count` operations with their photos; operations a second, with and without the photos' bytes."""
    with TemporaryDirectory() as folder:
        browser, scene, cast = open_product(Path(folder))
        phone, ops, photos = operations(scene, cast, count)
        begin = time.perf_counter()
        for chunks in photos:
            for name, content in chunks.items():
                assert browser.put(f"/field/chunk/{name}", data=content, headers=JSON).status_code == 201
        uploaded = time.perf_counter()
        slowest = 0.0
        for start in range(0, count, BATCH):
            begin_batch = time.perf_counter()
            body = {"v": 1, "dev": phone.device, "ops": ops[start:start + BATCH], "since": 10**9}
            answer = browser.post("/field/sync", json=body, headers=JSON)
            assert len(answer.get_json()["out"]) == len(ops[start:start + BATCH]), answer.text
            slowest = max(slowest, time.perf_counter() - begin_batch)
        done = time.perf_counter()
        db.session.remove()
    return {"operations/s with photos": count / (done - begin), "operations/s of batches alone": count / (done - uploaded),
            "photos/s": len(photos) / (uploaded - begin), "slowest batch ms": slowest * 1000}


def main() -> None:
    """Print the figures, with the machine's name."""
    logging.disable(logging.WARNING)
    count = 2000 if "--large" in sys.argv else 600
    print(f"{platform.node()}, Python {platform.python_version()}, SQLite, {count} operations")
    for name, figure in send_all(count).items():
        print(f"sync: {name}: {figure:.0f}")
    print(f"sync: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
