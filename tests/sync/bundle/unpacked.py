"""The bundle of a closed visit, unpacked elsewhere; its own program; and what somebody does to it."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork.models import RecordCopy
from fieldapp.ledger.sequencer import look_after
from fieldapp.review.models import RecordReview
from tests.fieldwork.scene import Phone, Scene, photo, record_digest, visit_digest
from tests.people import Cast
from tests.review.scene import decide, run_jobs
from tests.sync.wire import outcomes, send, upload

Change = Callable[[Path], Any]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def closed(one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> Scene:
    """A visit with a photo, signed by all and closed this very second, everything sent; and with a file that the record does not
    take in."""
    value, chunks = photo(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3000)
    other, other_chunks = photo(b"no picture at all", "现场记录.txt")
    upload(browser, chunks | other_chunks)
    send(browser, one, one.set("arrival/place", "东门"), one.here(), one.here(cast.inspector_b),
         one.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value),
         one.op("add", scene.check(1, f"photo/{scene.lines[1]}"), other),
         *(one.set(scene.check(number), "compliant") for number in (1, 2, 3)),
         one.set(scene.path("conclusion/category"), "no_problem"), one.set(scene.path("entity/opinion"), "true"),
         one.set(scene.path("entity/name"), "李某"))
    digest = record_digest(scene)
    send(browser, one, one.sign(digest), one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest),
         one.op("close", "visit", {"digest": visit_digest(scene)}))
    assert {*outcomes()} - {"merged"} == {"applied", "attention:evidence.unknown_type"}
    return scene


@pytest.fixture
def answered(one: Phone, browser: FlaskClient, client: FlaskClient, scene: Scene, cast: Cast) -> None:
    """The entity was asked in writing too, and has answered with a file."""
    browser.post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    send(browser, one, one.here(), one.here(cast.inspector_b), one.set("request/list", "请提供台账。"),
         one.set("request/until", "2026-11-30"),
         one.op("issue", "request", {"until": "2026-11-30"}))
    with db.transaction(write=False):
        secret = db.session.query(RecordCopy).one().secret
    sent = client.post(f"/copies/{secret}/inquiry/reply",
                       data={"name": "李某", "text": "台账见附件。", "files": [(io.BytesIO(PDF), "台账.pdf")]})
    assert sent.status_code == 303


@pytest.fixture
def reviewed(answered: None, closed: Scene, cast: Cast) -> Scene:
    """The leader has signed off what was closed."""
    run_jobs()
    with db.transaction(write=False):
        review_id = db.session.query(RecordReview).one().id
    decide(review_id, cast.inspector_a, opinion="记录属实")
    look_after()
    return closed


@pytest.fixture
def folder(closed: Scene, browser: FlaskClient, tmp_path: Path) -> Path:
    """The bundle, unpacked elsewhere."""
    return unpack(browser, closed, tmp_path / "evidence")


def unpack(browser: FlaskClient, scene: Scene, folder: Path) -> Path:
    """Fetch the bundle and unpack it into a folder."""
    answer = browser.get(f"/field/receipts/{scene.visit}/evidence.zip")
    assert answer.status_code == 200
    zipfile.ZipFile(io.BytesIO(answer.data)).extractall(folder)
    return folder


def verify(folder: Path, *words: str) -> tuple[int, str]:
    """The bundle's own program, without the product."""
    ran = subprocess.run([sys.executable, "-I", str(folder / "verify.py"), *words], capture_output=True, text=True, check=False,
                         cwd=folder.parent)
    return ran.returncode, ran.stdout + ran.stderr


def whole(folder: Path) -> None:
    """Whoever changes a file can write its hash anew too."""
    lines = []
    for line in (folder / "hashes.txt").read_text(encoding="utf-8").splitlines():
        _, _, _, name = line.split("  ", 3)
        if (folder / name).exists():
            content = (folder / name).read_bytes()
            found = (hashlib.new(kind, content).hexdigest() for kind in ("sha256", "sm3"))
            lines.append("  ".join((*found, str(len(content)), name)))
    (folder / "hashes.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def edit(name: str, before: str, after: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def rows_of(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def keep(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
