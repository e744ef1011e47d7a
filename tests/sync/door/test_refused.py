"""An operation that can never be received is named: what stands before it is received, the phone goes on without it."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp.sync.models import Op
from tests.fieldwork.scene import Phone
from tests.sync.sealing import sealed
from tests.sync.wire import JSON, counted, send

BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"v": "长" * 30_000}, "sync.op_too_large"), ({"k": "drop"}, "sync.malformed"), ({"v": 1.5}, "sync.malformed"),
    ({"p": "no such place"}, "sync.malformed"), ({"u": None}, "sync.malformed")]


@pytest.mark.article("24")
@pytest.mark.parametrize(("change", "code"), BROKEN)
def test_what_cannot_be_received_is_named_and_stops_nothing(
        one: Phone, browser: FlaskClient, change: dict[str, Any], code: str) -> None:
    first, second, third = (one.set("arrival/place", str(number)) for number in range(3))
    answer = send(browser, one, first, {**second, **change}, third)
    said = answer.get_json()
    assert (answer.status_code, [row["id"] for row in said["out"]]) == (409, [first["id"]])
    assert (said["want"], said["clash"], said["why"]["code"]) == (2, [second["id"]], code)
    assert said["why"]["message"]
    assert send(browser, one, {**third, "n": 2}).status_code == 200
    assert counted(Op) == 2


def test_under_a_seal_too(one: Phone, browser: FlaskClient) -> None:
    first, second = one.set("arrival/place", "东门"), one.set("arrival/reason", "长" * 30_000)
    said = send(browser, one, sealed(first), sealed(second)).get_json()
    assert ([row["id"] for row in said["out"]], said["clash"]) == ([first["id"]], [second["id"]])
    assert said["why"]["code"] == "sync.op_too_large"


@pytest.mark.parametrize("raw", [7, None, {}, {"id": 7, "n": 1}, {"id": "x", "n": 0}, {"id": "x", "n": True}])
def test_one_that_does_not_say_which_it_is_refuses_the_batch(one: Phone, browser: FlaskClient, raw: Any) -> None:
    answer = send(browser, one, raw)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.malformed")


def test_a_copy_with_such_an_operation_at_its_end_is_imported_but_for_it(
        one: Phone, browser: FlaskClient, tmp_path: Path) -> None:
    ops = [one.set("arrival/place", "东门"), one.set("arrival/reason", "x"), one.set("arrival/reason", "长" * 30_000)]
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps({"format": "fieldapp-outbox", "v": 1, "dev": one.device, "ops": ops, "chunks": {}}))
    with copy.open("rb") as file:
        answer = browser.post("/field/import", data={"file": (file, "copy.json")}, headers=JSON)
    assert (answer.status_code, answer.get_json()["imported"], answer.get_json()["clash"]) == (409, 2, [ops[2]["id"]])
    with copy.open("rb") as file:
        page = browser.post("/field/import", data={"file": (file, "copy.json")})
    assert "或者不能接收" in page.text


@pytest.mark.parametrize("name", ["own-01900000000070008000000000000001", "paper-0190000000007000"])
def test_no_phone_is_called_as_the_logs_that_are_kept_here(one: Phone, browser: FlaskClient, name: str) -> None:
    one.device = name
    answer = send(browser, one, one.set("arrival/place", "东门"))
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.malformed")
    key = browser.post("/field/key", json={"dev": name, "key": "A" * 80}, headers=JSON)
    assert (key.status_code, key.get_json()["error"]) == (422, "sync.malformed")
    assert counted(Op) == 0


def test_no_inspectors_phone_speaks_as_the_entitys(one: Phone, browser: FlaskClient) -> None:
    said = {"what": "notice", "words": "不签", "explanation": "", "own_phone": True}
    answer = send(browser, one, one.op("refuse", "notice/refusal", said))
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.malformed")
    assert counted(Op) == 0
