"""After a closing a phone sends what it cannot read any more: the server opens it, and all else is as before."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.evidence import seals
from fieldapp.evidence.models import Original
from fieldapp.sync.models import Op
from tests.databases import ON_SQLITE
from tests.fieldwork.scene import Phone, photo
from tests.sync.sealing import seal, sealed
from tests.sync.wire import JSON, counted, outcomes, send


def test_a_sealed_operation_is_received_like_an_open_one(one: Phone, browser: FlaskClient) -> None:
    ops = [one.here(), one.set("arrival/place", "厂区东门")]
    out = send(browser, one, *(sealed(op) for op in ops)).get_json()["out"]
    assert [row["n"] for row in out] == [1, 2]
    assert outcomes() == ["applied"] * 2
    with db.transaction(write=False):
        assert [json.loads(row.body) for row in db.session.query(Op).order_by(Op.n)] == ops


def test_open_and_sealed_the_same_operation_has_the_same_receipt_byte_for_byte(one: Phone, browser: FlaskClient) -> None:
    op = one.here()
    answers = [json.dumps(send(browser, one, each).get_json()["out"]) for each in (op, sealed(op), sealed(op), op)]
    assert len(set(answers)) == 1
    assert counted(Op) == 1


def test_a_forked_phone_numbers_anew_what_it_cannot_open(one: Phone, browser: FlaskClient) -> None:
    op = one.here()
    answer = browser.post("/field/sync", headers=JSON, json={
        "v": 1, "dev": "another-device", "ops": [sealed(op, d="another-device", n=1)], "since": 0})
    assert answer.get_json()["out"][0]["id"] == op["id"]
    with db.transaction(write=False):
        [row] = db.session.query(Op)
        assert (row.device, row.path) == ("another-device", op["p"])


def test_a_seal_that_does_not_open_stops_nothing_that_stood_before_it(one: Phone, browser: FlaskClient) -> None:
    first, second, third = one.here(), one.set("arrival/place", "东门"), one.set("arrival/reason", "x")
    broken = sealed(second) | {"s": sealed(first)["s"]}  # sealed under another's name
    answer = send(browser, one, sealed(first), broken, sealed(third))
    assert answer.status_code == 409
    assert [row["id"] for row in answer.get_json()["out"]] == [first["id"]]
    assert (answer.get_json()["clash"], answer.get_json()["want"]) == ([second["id"]], 2)
    assert send(browser, one, sealed(third, n=2)).get_json()["out"][0]["n"] == 2


def test_an_envelope_without_a_name_or_with_a_nest_inside_is_refused_in_plain_words(one: Phone, browser: FlaskClient) -> None:
    op = one.set("arrival/place", "甲楼")
    nested = {"id": op["id"], "d": op["d"], "n": op["n"], "s": b64encode(seal(b"[" * 60_000, op["id"])).decode()}
    foreign = {"id": op["id"], "d": op["d"], "n": op["n"], "s": "封"}
    for envelope in ({"n": op["n"], "s": "RlMx"}, nested, foreign):
        answer = send(browser, one, envelope)
        assert answer.status_code in {409, 422}
        assert not answer.get_json().get("out")
    assert send(browser, one, op).get_json()["out"][0]["id"] == op["id"]


def test_a_key_that_is_not_here_lets_the_phone_keep_and_wait(one: Phone, browser: FlaskClient, tmp_path: Path) -> None:
    op = sealed(one.here())
    [file] = (tmp_path / "seals").iterdir()
    kept = file.read_bytes()
    file.unlink()
    seals.configure(tmp_path / "seals")
    assert send(browser, one, op).status_code == 503
    assert counted(Op) == 0
    file.write_bytes(kept)
    seals.configure(tmp_path / "seals")
    assert send(browser, one, op).status_code == 200


def test_after_a_new_key_the_earlier_still_opens(one: Phone, browser: FlaskClient) -> None:
    early, before = sealed(one.here()), seals.public_key()
    assert seals.make_key() == seals.public_key()["id"] != before["id"]
    late = sealed(one.set("arrival/place", "东门"))
    assert len(send(browser, one, early, late).get_json()["out"]) == 2


def test_sealed_chunks_give_the_original_bit_by_bit(one: Phone, browser: FlaskClient) -> None:
    value, chunks = photo(b"\x89PNG" + b"0123456789" * 70_000)
    op = sealed(one.op("add", "arrival/photo/01900000-0000-7000-8000-0000000000aa", value))
    assert send(browser, one, op).get_json()["missing"] == value["chunks"]
    for name, content in chunks.items():
        answer = browser.put(f"/field/chunk/{name}", data=seal(content, name), headers=JSON)
        assert (answer.status_code, answer.get_json()) == (201, {"sha256": name})
    assert len(send(browser, one, op).get_json()["out"]) == 1
    with db.transaction(write=False):
        assert db.session.query(Original).one().capture_hash == value["capture_hash"]


def test_a_chunk_sealed_under_another_name_is_refused(browser: FlaskClient) -> None:
    name = "ab" * 32
    answer = browser.put(f"/field/chunk/{name}", data=seal(b"x", "cd" * 32), headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "evidence.broken_seal")


def test_an_exported_file_may_hold_what_is_sealed(one: Phone, browser: FlaskClient, tmp_path: Path) -> None:
    value, chunks = photo(b"\x89PNG" + b"abc" * 1000)
    ops = [one.here(), one.op("add", "arrival/photo/01900000-0000-7000-8000-0000000000ab", value)]
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps({
        "format": "fieldapp-outbox", "v": 1, "dev": one.device, "ops": [sealed(op) for op in ops],
        "chunks": {name: b64encode(seal(content, name)).decode() for name, content in chunks.items()}}))
    for _ in range(2):
        with copy.open("rb") as file:
            answer = browser.post("/field/import", data={"file": (file, "copy.json")}, headers=JSON)
        assert answer.get_json()["imported"] == 2
    assert counted(Op) == 2


def test_what_is_not_json_inside_its_seal_is_named_with_the_reason(one: Phone, browser: FlaskClient) -> None:
    op = sealed(one.here())
    op["s"] = b64encode(seal(b"{", op["id"])).decode()
    said = send(browser, one, op).get_json()
    assert (said["clash"], said["why"]["code"]) == ([op["id"]], "sync.unreadable_op")


@ON_SQLITE
def test_the_private_key_lies_outside_the_database_and_is_the_servers_alone(app: Flask, tmp_path: Path) -> None:
    [file] = (tmp_path / "seals").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert b"PRIVATE KEY" in file.read_bytes()
    assert (tmp_path / "seals").stat().st_mode & 0o077 == 0
    with pytest.raises(seals.BrokenSeal):
        seals.unseal(b"FS1", "x")
