"""Phones as the server knows them: who sees them, what they still hold, how a lost one is stopped."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.ledger import queries as ledger
from fieldapp.sync.models import Device, Op
from tests.fieldwork.scene import Phone
from tests.people import Cast
from tests.sync.wire import JSON, SignIn, counted, send

CHROME = "Mozilla/5.0 (Linux; Android 13) Chrome/120"


def say(client: FlaskClient, phone: Phone, *ops: dict[str, Any], left: Any = None) -> Any:
    return client.post("/field/sync", json={"v": 1, "dev": phone.device, "ops": list(ops), "since": 0, "left": left},
                       headers={**JSON, "User-Agent": CHROME})


def device() -> Device:
    with db.transaction(write=False):
        found = db.session.query(Device).one()
        db.session.expunge(found)
        return found


def test_a_phone_tells_what_it_still_holds(one: Phone, browser: FlaskClient) -> None:
    first = one.here()
    say(browser, one, first, left={"n": 3, "at": first["at"]})
    assert (device().unsent, device().name, device().oldest_unsent_at is None) == (3, "Chrome · Android", False)
    say(browser, one, left={"n": 0, "at": None})
    assert (device().unsent, device().oldest_unsent_at) == (0, None)
    for nonsense in ({"n": -1}, {"n": "1"}, [], "x", {"n": 10**9}):
        assert say(browser, one, left=nonsense).status_code == 200
    assert device().unsent == 0


def test_gaps_and_copies_of_a_phone_are_counted(one: Phone, browser: FlaskClient, cast: Cast) -> None:
    first, second, third = one.here(), one.set("arrival/place", "东门"), one.set("arrival/reason", "x")
    say(browser, one, first)
    assert say(browser, one, third).status_code == 409
    say(browser, one, second)
    copied = {**one.set("arrival/reason", "y"), "n": 2}
    assert say(browser, one, copied).get_json()["fork"] is True
    assert (device().gaps, device().forks) == (1, 1)


def test_a_lost_phone_is_stopped_by_its_person_and_what_was_received_stays(
        one: Phone, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    first, later = one.here(), one.set("arrival/place", "东门")
    send(browser, one, first)
    address = f"/field/devices/{one.device}"
    assert "停用这部手机" in browser.get(address).text
    assert browser.post(f"{address}/revocation", data={"reason": "在车站丢失"}).status_code == 303
    refused = send(browser, one, later)
    assert (refused.status_code, refused.get_json()["error"]) == (403, "sync.device_revoked")
    assert counted(Op) == 1
    page = browser.get(address).text
    assert "在车站丢失" in page
    assert "停用这部手机" not in page
    assert browser.post(f"{address}/revocation", data={"reason": "x"}).status_code == 409
    with db.transaction(write=False):
        assert "sync.device_revoked" in [entry.action for entry, _ in ledger.history(cast.inspector_a.id)]
    assert browser.post(f"{address}/restoration", data={"reason": "x"}).status_code == 403
    security = client_of(cast.security_admin)
    assert security.post(f"{address}/restoration", data={"reason": "已找回"}).status_code == 303
    assert send(browser, one, later).status_code == 200


def test_a_phone_is_seen_by_its_person_and_by_those_who_look_after_phones(
        one: Phone, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    send(browser, one, one.here())
    address = f"/field/devices/{one.device}"
    for player, status, sees in ((cast.inspector_a, 200, True), (cast.system_admin, 200, True), (cast.security_admin, 200, True),
                                 (cast.inspector_c, 404, False), (cast.head, 403, False), (cast.audit_admin, 403, False)):
        client = client_of(player)
        assert client.get(address).status_code == status, player.name
        assert (one.device[:8] in client.get("/field/devices").text) is sees
    assert client_of(cast.inspector_c).post(f"{address}/revocation", data={"reason": "x"}).status_code == 404
    assert client_of(cast.system_admin).post(f"{address}/revocation", data={"reason": "x"}).status_code == 403


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_stopping_a_phone_says_why(one: Phone, browser: FlaskClient, reason: str) -> None:
    send(browser, one, one.here())
    answer = browser.post(f"/field/devices/{one.device}/revocation", data={"reason": reason})
    assert (answer.status_code, "请写明原因" in answer.text) == (422, True)
    assert device().revoked_at is None
