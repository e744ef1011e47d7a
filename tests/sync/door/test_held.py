"""What the server holds of a phone's visit: told with every answer, so that the phone can compare."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import ids
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import JSON, SignIn, send, upload


def held_by(answer: Any, scene: Scene, phone: Phone) -> Any:
    return answer.get_json()["held"][str(scene.visit)].get(phone.device)


def asks(browser: FlaskClient, phone: Phone, visit: Any) -> Any:
    said = {"v": 1, "dev": phone.device, "ops": [], "since": 0, "of": visit}
    return browser.post("/field/sync", json=said, headers=JSON)


@pytest.mark.article("24")
def test_an_answer_counts_what_is_here_of_the_phone_by_what_it_is(one: Phone, scene: Scene, browser: FlaskClient) -> None:
    value, chunks = photo(b"\xff\xd8\xff" + b"x" * 600_000)
    upload(browser, chunks)
    other = scene.path(f"other/{ids.uuid7()}")
    ops = [one.here(), one.set("arrival/place", "东门"), one.op("add", other, {"text": "x", "reason": "y"}),
           one.op("void", other, {"reason": "误记"}), one.op("add", scene.check(1, f"photo/{ids.uuid7()}"), value),
           one.sign(None)]
    answer = send(browser, one, *ops)
    assert len(answer.get_json()["out"]) == 6
    assert held_by(answer, scene, one) == {"fields": 4, "originals": 1, "events": 1}
    assert held_by(asks(browser, one, str(scene.visit)), scene, one) == {"fields": 4, "originals": 1, "events": 1}


def test_an_item_whose_original_is_not_here_is_not_counted(one: Phone, scene: Scene, browser: FlaskClient) -> None:
    """Its chunks do not give the hash that it says: the operation is received, the original is not."""
    value, chunks = photo(b"\xff\xd8\xff" + b"x" * 1000)
    upload(browser, chunks)
    broken = one.op("add", scene.check(1, f"photo/{ids.uuid7()}"), {**value, "capture_hash": "ab" * 32})
    answer = send(browser, one, broken)
    assert len(answer.get_json()["out"]) == 1
    assert held_by(answer, scene, one) == {"fields": 0, "originals": 0, "events": 0}


def test_a_forked_phone_hears_of_both_its_names_and_nobody_of_anothers(
        one: Phone, scene: Scene, cast: Cast, browser: FlaskClient, client_of: SignIn) -> None:
    send(browser, one, one.set("arrival/place", "东门"))
    renamed = Phone(scene, cast.inspector_a)
    answer = send(browser, renamed, renamed.set("arrival/reason", "x"))
    assert [held_by(answer, scene, phone)["fields"] for phone in (one, renamed)] == [1, 1]
    theirs = asks(client_of(cast.inspector_b), Phone(scene, cast.inspector_b), str(scene.visit)).get_json()["held"]
    assert theirs == {str(scene.visit): {}}


@pytest.mark.parametrize("visit", [None, 7, "x", ["x"], {"a": 1}])
def test_a_phone_that_names_no_visit_is_answered_all_the_same(one: Phone, browser: FlaskClient, visit: Any) -> None:
    answer = asks(browser, one, visit)
    assert (answer.status_code, answer.get_json()["held"]) == (200, {})
