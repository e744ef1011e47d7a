"""Photos come in chunks, before the operation that speaks of them; an exported file brings both."""

import json
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.jobs import actions as jobs
from fieldapp.sync.models import Op
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import JSON, counted, outcomes, send, upload


def test_a_photo_waits_for_its_chunks_and_what_follows_waits_with_it(
        one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    value, chunks = photo(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4000)
    assert len(chunks) == 2
    ops = [one.here(), one.here(cast.inspector_b), one.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value),
           one.set(scene.check(1), "compliant")]
    names = list(chunks)
    assert browser.post("/field/have", json={"hashes": names}, headers=JSON).get_json() == {"missing": names}
    upload(browser, {names[0]: chunks[names[0]]})
    answer = send(browser, one, *ops)
    assert (answer.status_code, answer.get_json()["missing"], len(answer.get_json()["out"])) == (200, [names[1]], 2)
    assert upload(browser, chunks) == [200, 201]
    assert len(send(browser, one, *ops).get_json()["out"]) == 4
    assert outcomes() == ["applied"] * 4
    got = browser.get(f"/media/{value['capture_hash']}")
    assert got.data == b"".join(chunks.values())
    with db.transaction(write=False):
        assert len(fieldwork.record(scene.part).photos) == 1
    while jobs.run_next():
        pass
    assert browser.post("/field/have", json={"hashes": names}, headers=JSON).get_json() == {"missing": names}
    assert send(browser, one, *ops).get_json()["out"] == answer.get_json()["out"] + send(browser, one, *ops).get_json()["out"][2:]


def test_a_photo_whose_chunks_are_not_its_own_blocks_nothing(one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    value, chunks = photo(b"\xff\xd8\xff\xe0 short")
    lie = {**value, "capture_hash": "0" * 64}
    upload(browser, chunks)
    path = scene.check(1, f"photo/{scene.lines[0]}")
    answer = send(browser, one, one.here(), one.here(cast.inspector_b), one.op("add", path, lie),
                  one.set(scene.check(1), "compliant"))
    assert len(answer.get_json()["out"]) == 4
    assert outcomes() == ["applied", "applied", "attention:fieldwork.original_missing", "applied"]


def test_a_file_that_is_no_picture_is_kept_but_is_no_evidence(one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    value, chunks = photo(b"<svg onload=alert(1)>", name="x.svg")
    upload(browser, chunks)
    send(browser, one, one.here(), one.here(cast.inspector_b), one.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value))
    assert outcomes() == ["applied", "applied", "attention:evidence.unknown_type"]
    assert browser.get(f"/media/{value['capture_hash']}").status_code == 404


def test_an_exported_file_takes_the_same_way_and_is_harmless_twice(
        one: Phone, scene: Scene, cast: Cast, browser: FlaskClient) -> None:
    value, chunks = photo(b"\xff\xd8\xff\xe0 a photo")
    ops = [one.here(), one.here(cast.inspector_b), one.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value)]
    ops += [one.set("arrival/place", str(number)) for number in range(60)]
    export = {"format": "fieldapp-outbox", "v": 1, "dev": one.device, "person": str(cast.inspector_a.id), "ops": ops,
              "chunks": {name: b64encode(content).decode() for name, content in chunks.items()}}

    def hand_in(said: Any) -> TestResponse:
        file = (BytesIO(json.dumps(said).encode()), "outbox.json")
        return browser.post("/field/import", data={"file": file}, headers=JSON, content_type="multipart/form-data")

    assert hand_in(export).get_json()["imported"] == 63
    assert hand_in(export).get_json()["imported"] == 63
    assert counted(Op) == 63
    assert outcomes() == ["applied"] * 63
    _hand_in_by_parts(one, scene, browser, hand_in)
    for broken in ({**export, "format": "x"}, {**export, "chunks": {"x": "y"}}, {**export, "chunks": {"0" * 64: "%%"}}, [1],
                   {**export, "chunks": {"0" * 64: "片"}}):
        assert hand_in(broken).status_code == 422


def _hand_in_by_parts(one: Phone, scene: Scene, browser: FlaskClient, hand_in: Callable[[Any], TestResponse]) -> None:
    """A copy too large for one file: the originals come first, and wait for what speaks of them."""
    value, chunks = photo(b"\xff\xd8\xff\xe0" + bytes(600_000))
    first, second = chunks.items()
    op = one.op("add", scene.check(1, f"photo/{scene.lines[1]}"), value)
    head = {"format": "fieldapp-outbox", "v": 1, "dev": one.device}
    last = {**head, "ops": [op], "chunks": {second[0]: b64encode(second[1]).decode()}}
    assert hand_in(last).get_json()["missing"] == [first[0]]
    assert hand_in({**head, "ops": [], "chunks": {first[0]: b64encode(first[1]).decode()}}).get_json()["imported"] == 0
    assert hand_in(last).get_json()["imported"] == 1
    assert browser.get(f"/media/{value['capture_hash']}").data == b"".join(chunks.values())
