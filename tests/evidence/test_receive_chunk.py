"""Chunks come in, originals are put together bit-exact, nothing is lost when the power goes or the disk is full."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import fieldapp.evidence.jobs  # noqa: F401 - the job that frees the chunks
from fieldapp import db
from fieldapp.evidence import actions, queries, store
from fieldapp.evidence.models import Chunk, Original
from fieldapp.evidence.rules import StorageFull
from fieldapp.evidence.store import Shelf
from fieldapp.jobs import actions as jobs
from tests.evidence.pictures import FORMATS, picture
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast, Player

JSON = {"Accept": "application/json"}
SignIn = Callable[[Player], FlaskClient]


def test_a_chunk_is_new_once_and_known_ever_after(client_of: SignIn, cast: Cast) -> None:
    browser = client_of(cast.inspector_a)
    name = sha256(b"bytes").hexdigest()
    answers = [browser.put(f"/field/chunk/{name}", data=b"bytes", headers=JSON) for _ in range(2)]
    assert [(answer.status_code, answer.get_json()) for answer in answers] == [(201, {"sha256": name}), (200, {"sha256": name})]
    with db.transaction(write=False):
        [row] = db.session.query(Chunk)
        assert (row.size, row.received_from) == (5, cast.inspector_a.id)


def test_a_torn_chunk_and_a_lying_name_leave_nothing(client_of: SignIn, cast: Cast) -> None:
    browser = client_of(cast.inspector_a)
    name = sha256(b"bytes").hexdigest()
    torn = [(name, b"byte", 422), ("x" * 64, b"bytes", 422), (name, b"", 422), (name, b"1" * 2_000_000, 413)]
    for address, content, status in torn:
        answer = browser.put(f"/field/chunk/{address}", data=content, headers=JSON)
        assert (answer.status_code, answer.is_json) == (status, True)
    assert not store.holds(Shelf.CHUNKS, name)
    assert browser.put("/field/chunk/..%2f..%2fetc", data=b"x", headers=JSON).status_code in {404, 422}


def test_a_chunk_needs_a_signed_in_inspector(client: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    name = sha256(b"bytes").hexdigest()
    assert client.put(f"/field/chunk/{name}", data=b"bytes", headers=JSON).status_code == 401
    assert client_of(cast.officer).put(f"/field/chunk/{name}", data=b"bytes", headers=JSON).status_code == 403
    assert not store.holds(Shelf.CHUNKS, name)


@pytest.mark.article("24")
@pytest.mark.parametrize("kind", FORMATS)
def test_an_original_is_bit_exact_and_has_its_picture(
        kind: str, scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser, phone = client_of(cast.inspector_a), Phone(scene, cast.inspector_a)
    content = picture(kind, (1600, 1200)) + b"\0" * 600_000
    value, chunks = photo(content, name='现场"照片\n1.jpg')
    for name, part in chunks.items():
        browser.put(f"/field/chunk/{name}", data=part, headers=JSON)
    ops = [phone.here(), phone.here(cast.inspector_b), phone.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value)]
    browser.post("/field/sync", json={"v": 1, "dev": phone.device, "ops": ops, "since": 0}, headers=JSON)
    got = browser.get(f"/media/{value['capture_hash']}")
    assert got.data == content
    assert got.headers["Content-Security-Policy"].endswith("sandbox")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment; ")
    small = browser.get(f"/media/{value['capture_hash']}/picture?w=320")
    assert (small.status_code, small.mimetype, small.data[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert {answer.headers["Cache-Control"] for answer in (got, small)} == {"no-store"}
    assert browser.get(f"/media/{value['capture_hash']}/picture?w=320").data == small.data
    assert browser.get(f"/media/{value['capture_hash']}/picture?w=99").status_code == 422
    for stranger in (cast.inspector_c, cast.other_head, cast.system_admin):
        assert client_of(stranger).get(f"/media/{value['capture_hash']}").status_code == 404
        assert client_of(stranger).get(f"/media/{value['capture_hash']}/picture?w=320").status_code == 404
    with db.transaction(write=False):
        row = queries.original(value["capture_hash"])
        assert (row.sha256, row.size) == (sha256(content).hexdigest(), len(content))
        assert len(row.sm3) == 64


@pytest.mark.article("24")
def test_a_broken_photo_is_kept_and_its_picture_is_a_clear_refusal(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser, phone = client_of(cast.inspector_a), Phone(scene, cast.inspector_a)
    content = picture()[:200] + b"broken"
    value, chunks = photo(content)
    for name, part in chunks.items():
        browser.put(f"/field/chunk/{name}", data=part, headers=JSON)
    ops = [phone.here(), phone.here(cast.inspector_b), phone.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value)]
    browser.post("/field/sync", json={"v": 1, "dev": phone.device, "ops": ops, "since": 0}, headers=JSON)
    assert browser.get(f"/media/{value['capture_hash']}").data == content
    refused = browser.get(f"/media/{value['capture_hash']}/picture?w=320", headers=JSON)
    assert (refused.status_code, refused.get_json()["error"]) == (422, "evidence.picture_unreadable")


def test_an_original_is_put_together_once(database: str, cast: Cast, tmp_path: Path) -> None:
    store.configure(tmp_path)
    value, chunks = photo(picture() + b"\0" * 700_000)
    with db.transaction(write=True):
        assert [actions.receive_chunk(name, part, by=cast.inspector_a.officer) for name, part in chunks.items()] == [True, True]
        for _ in range(2):
            actions.assemble(value["capture_hash"], value["chunks"], value["size"], by=cast.inspector_a.officer)
    with db.transaction(write=False):
        [row] = db.session.query(Original)
        assert row.media_type == "image/jpeg"
        whole = store.path(Shelf.ORIGINALS, row.sha256)
    assert jobs.run_all_due() == 1
    with db.transaction(write=False):
        assert actions.missing(value["chunks"]) == value["chunks"]
    assert whole.stat().st_size == value["size"]


def test_a_full_disk_accepts_nothing_and_says_so(
        client_of: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = client_of(cast.inspector_a)
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _folder: usage._replace(free=100 * 1024 * 1024))
    name = sha256(b"bytes").hexdigest()
    answer = browser.put(f"/field/chunk/{name}", data=b"bytes", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (507, "evidence.storage_full")
    assert not store.holds(Shelf.CHUNKS, name)


def test_a_write_that_fails_leaves_no_torn_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.configure(tmp_path)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(store.os, "fsync", full)
        with pytest.raises(StorageFull):
            store.put(Shelf.CHUNKS, b"bytes")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
    assert store.put(Shelf.CHUNKS, b"bytes") == sha256(b"bytes").hexdigest()
