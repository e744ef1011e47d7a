"""The chunks of an imported copy come in by the same rules as those that a phone sends one by one."""

import io
import json
import shutil
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.evidence import quotas, store
from fieldapp.evidence.models import Chunk
from fieldapp.evidence.store import Shelf
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import JSON, SignIn, counted, send


def bring(browser: FlaskClient, device: str, ops: list[dict[str, Any]], *contents: bytes) -> TestResponse:
    chunks = {sha256(content).hexdigest(): b64encode(content).decode() for content in contents}
    file = {"format": "fieldapp-outbox", "v": 1, "dev": device, "ops": ops, "chunks": chunks}
    return browser.post("/field/import", data={"file": (io.BytesIO(json.dumps(file).encode()), "c.json")}, headers=JSON)


def refused(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]


def holds(content: bytes) -> bool:
    return store.holds(Shelf.CHUNKS, sha256(content).hexdigest())


def test_an_imported_copy_finds_only_the_room_that_its_sender_and_its_visit_have(
        one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    quotas.configure(day=5000, visit=3000)
    letters = [letter * 2000 for letter in (b"1", b"2", b"3")]
    ops = [one.op("add", scene.check(1, f"photo/{line}"), photo(content)[0])
           for line, content in zip(scene.lines, letters, strict=True)]
    assert refused(bring(browser, one.device, ops, *letters[:2])) == (413, "evidence.visit_quota")
    assert refused(bring(browser, one.device, [], *letters)) == (413, "evidence.day_quota")
    assert (any(map(holds, letters)), counted(Chunk)) == (False, 0)
    assert bring(browser, one.device, ops[:1], letters[0]).status_code == 200
    assert bring(browser, one.device, ops[:1], letters[0]).status_code == 200
    with db.transaction(write=False):
        [row] = db.session.query(Chunk)
        assert (row.size, row.received_from, row.visit_id) == (2000, cast.inspector_a.id, scene.visit)
    assert refused(bring(browser, one.device, ops, letters[1])) == (413, "evidence.visit_quota")


def test_what_is_not_the_senders_leaves_no_bytes(one: Phone, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    send(browser, one, one.here())
    stranger = client_of(cast.inspector_b)
    assert refused(bring(stranger, one.device, [], b"bytes")) == (403, "sync.device_of_another")
    assert refused(bring(client_of(cast.inspector_c), "phone-12345678", [
        {**one.here(), "d": "phone-12345678", "n": 1}], b"bytes")) == (403, "sync.other_person")
    assert not holds(b"bytes")


def test_a_copy_is_refused_on_a_full_disk_and_what_was_kept_before_counts(
        one: Phone, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    usage, left = shutil.disk_usage("/"), iter([10**12, 0])
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _folder: usage._replace(free=next(left)))
    assert refused(bring(browser, one.device, [], b"first", b"second")) == (507, "evidence.storage_full")
    assert (holds(b"first"), holds(b"second"), counted(Chunk)) == (True, False, 1)


def test_imports_are_limited(one: Phone, browser: FlaskClient) -> None:
    answers = [browser.post("/field/import", data={}).status_code for _ in range(61)]
    assert (set(answers[:60]), answers[60]) == ({422}, 429)
