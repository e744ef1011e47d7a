"""Today, the kit, the worker, the PIN, the entity's copy: who gets them, and what they carry."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.fieldwork import actions, queries
from fieldapp.fieldwork.models import Kit, KitPin, RecordCopy
from fieldapp.visits import actions as visit_actions
from fieldapp.visits.models import Visit
from tests.databases import ON_SQLITE
from tests.fieldwork.scene import NOW, Phone, Scene, record_digest, visit_digest
from tests.people import Cast, Player

JSON = {"Accept": "application/json"}
SignIn = Callable[[Player], FlaskClient]
PIN = {"salt": "ab" * 16, "iterations": 210_000, "verifier": "cd" * 32}


def prepared(browser: FlaskClient, scene: Scene) -> str:
    """Prepare the day; the address of the kit."""
    answer = browser.post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    assert (answer.status_code, answer.location) == (303, "/field/?keep=1")
    with db.transaction(write=False):
        kits = {kit.person_id: kit.id for kit in db.session.query(Kit)}
    return f"/field/k/{list(kits.values())[-1]}"


def carried(page: str) -> Any:
    """The JSON that a kit carries."""
    found = re.search(r"data-kit='([^']*)'", page)
    assert found is not None
    return json.loads(unescape(found.group(1)))


def send(browser: FlaskClient, phone: Phone, *ops: dict[str, Any]) -> None:
    answer = browser.post("/field/sync", json={"v": 1, "dev": phone.device, "ops": list(ops), "since": 0}, headers=JSON)
    assert answer.status_code == 200


def close_the_visit(scene: Scene, cast: Cast, browser: FlaskClient) -> None:
    phone = Phone(scene, cast.inspector_a)
    send(browser, phone, phone.here(), phone.here(cast.inspector_b), phone.set(scene.check(1), "compliant"),
         phone.set(scene.path("conclusion/category"), "no_problem"))
    digest = record_digest(scene)
    send(browser, phone, phone.sign(digest), phone.sign_as(cast.inspector_a, digest), phone.sign_as(cast.inspector_b, digest),
         phone.op("close", "visit", {"digest": visit_digest(scene)}))


@ON_SQLITE
def test_after_the_closing_the_kits_address_gives_nothing_that_a_browser_could_keep(
        scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser = client_of(cast.inspector_a)
    kit = prepared(browser, scene)
    assert browser.get(kit, headers={"X-Kit": "forget"}).status_code == 200
    close_the_visit(scene, cast, browser)
    assert browser.get(kit).status_code == 422
    answer = browser.get(kit, headers={"X-Kit": "forget"})
    assert (answer.status_code, answer.data, answer.headers["Cache-Control"]) == (204, b"", "no-store")


@pytest.mark.article("23")
def test_the_day_is_prepared_and_its_kit_carries_everything(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser = client_of(cast.inspector_a)
    today = browser.get("/field/")
    assert (today.status_code, today.headers["X-Kit"], today.headers["Cache-Control"]) == (200, "today", "private, no-cache")
    assert "济南某生物（示例）" in today.text
    address = prepared(browser, scene)
    kit = browser.get(address)
    assert kit.headers["X-Kit"] == address.rpartition("/")[2]
    assert kit.headers["Cache-Control"] == "private, max-age=43200"
    assert UUID(kit.headers["X-Kit"]).version == 4
    data = carried(kit.text)
    assert data["tasks"] == [{"vt": str(scene.part), "head": scene.head, "checks": [str(line) for line in scene.lines]}]
    assert data["notice"]["sha256"] == scene.notice_hash
    assert [(one["name"], one["certified"], one["leader"]) for one in data["members"]] == [("赵检一", True, True),
                                                                                           ("钱检二", True, False)]
    assert data["state"] == {"values": {}, "items": {}, "events": [], "reopened": {}}
    assert "第 2 项标准" in kit.text
    again = browser.get(address, headers={"If-None-Match": kit.headers["ETag"]})
    assert again.status_code == 304


def test_preparing_again_keeps_the_address_and_brings_what_stands_now(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser, phone = client_of(cast.inspector_a), Phone(scene, cast.inspector_a)
    address = prepared(browser, scene)
    arrival = phone.set("arrival/place", "东门")
    send(browser, phone, arrival, phone.here())
    assert prepared(browser, scene) == address
    state = carried(browser.get(address).text)["state"]
    assert state["values"]["arrival/place"] == {
        "value": "东门", "op": arrival["id"], "by": str(cast.inspector_a.id), "at": arrival["at"], "receipt": 1}
    assert state["items"][f"present/{cast.inspector_a.id}"]["voided"] is False


@pytest.mark.article("23")
def test_a_kit_opens_for_nobody_else_and_not_after_the_closing(
        scene: Scene, cast: Cast, client_of: SignIn, client: FlaskClient) -> None:
    browser = client_of(cast.inspector_a)
    address = prepared(browser, scene)
    for other in (cast.inspector_b, cast.inspector_c):
        assert client_of(other).get(address).status_code == 404
    assert client_of(cast.head).get(address).status_code == 403
    assert client.get(address).status_code == 303
    close_the_visit(scene, cast, browser)
    assert browser.get(address).status_code == 422
    assert browser.get("/field/").status_code == 200


def test_nobody_prepares_anothers_visit(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    assert client_of(cast.inspector_c).post("/field/kits", data={"visit_ids": [str(scene.visit)]}).status_code == 404
    for nonsense in ([], ["x"], ["../../etc"]):
        assert client_of(cast.inspector_a).post("/field/kits", data={"visit_ids": nonsense}).status_code == 422


def test_a_pin_is_kept_as_its_verifier_and_comes_with_the_colleagues_kit(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    assert client_of(cast.inspector_b).post("/field/pin", json=PIN, headers=JSON).status_code == 200
    for odd in ({}, [], {**PIN, "salt": "x"}, {**PIN, "iterations": 10}, {**PIN, "iterations": "210000"},
                {**PIN, "verifier": None}):
        assert client_of(cast.inspector_b).post("/field/pin", json=odd, headers=JSON).status_code == 422
    browser = client_of(cast.inspector_a)
    members = carried(browser.get(prepared(browser, scene)).text)["members"]
    assert [one["pin"] for one in members] == [None, PIN]
    with db.transaction(write=False):
        assert db.session.query(KitPin).count() == 1


def test_the_worker_names_every_script_of_the_phone(client_of: SignIn, cast: Cast) -> None:
    answer = client_of(cast.inspector_a).get("/field/sw.js")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    release = json.loads(answer.text.partition("\n")[0].removeprefix("const RELEASE = ").removesuffix(";"))
    assert any(name.endswith("/look.css") for name in release["assets"])
    assert not any("worker" in name for name in release["assets"])


@pytest.mark.article("23", "24", "26")
def test_the_entitys_copy_shows_notice_record_and_result_in_turn(
        scene: Scene, cast: Cast, client_of: SignIn, client: FlaskClient) -> None:
    browser = client_of(cast.inspector_a)
    prepared(browser, scene)
    with db.transaction(write=False):
        secret = db.session.query(RecordCopy).one().secret
    page, record = f"/copies/{secret}", f"/copies/{secret}/record/{scene.part}"
    before = client.get(page)
    assert scene.head["notice_number"] in before.text
    assert client.get(record).status_code == 404
    close_the_visit(scene, cast, browser)
    after = client.get(page)
    assert record in after.text
    paper = client.get(record)
    assert (paper.status_code, "李某" in paper.text, "<svg viewBox" in paper.text) == (200, True, True)
    with db.transaction(write=True):
        actions.put_on_copy(scene.part, "result", {
            "category": "未发现问题", "text": "符合要求", "measure": "", "published_at": "2026-12-01T08:00:00+00:00", "url": ""},
            by=cast.head.officer)
    assert "符合要求" in client.get(page).text
    assert client.get("/copies/guess").status_code == 404
    assert client.get(f"/copies/{secret}/record/{cast.head.id}").status_code == 404


@pytest.mark.article("25")
def test_a_returned_visit_stands_first_with_the_leaders_remark(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser = client_of(cast.inspector_a)
    close_the_visit(scene, cast, browser)
    with db.transaction(write=True):
        visit_actions.return_part(scene.part, [(scene.check(2), "第 2 项没有填写")], by=cast.inspector_a.officer)
    page = browser.get("/field/").text
    assert "第 2 项没有填写" in page
    phone = Phone(scene, cast.inspector_b)
    send(client_of(cast.inspector_b), phone, phone.set(scene.check(2), "compliant"))
    with db.transaction(write=False):
        record = queries.record(scene.part)
        assert record.checks[1].answer is None
        assert [one.path for one in record.addenda] == [scene.check(2)]


def test_what_people_type_is_shown_as_text(scene: Scene, cast: Cast, client_of: SignIn, client: FlaskClient) -> None:
    browser, phone = client_of(cast.inspector_a), Phone(scene, cast.inspector_a)
    payload = "<script>alert(1)</script>'\"{{ kit }}"
    address = prepared(browser, scene)
    send(browser, phone, phone.set("arrival/place", payload), phone.here(), phone.here(cast.inspector_b),
         phone.set(scene.check(1, "note"), payload))
    other = Phone(scene, cast.inspector_b)
    send(client_of(cast.inspector_b), other, other.set(scene.check(1, "note"), payload + "2"))
    for page in (browser.get(address).text, browser.get(f"/field/receipts/{scene.visit}").text):
        assert "<script>alert" not in page
    assert carried(browser.get(address).text)["state"]["values"]["arrival/place"]["value"] == payload


def test_the_receipts_are_for_those_who_may_see_the_visit(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    for player, status in ((cast.inspector_b, 200), (cast.head, 200), (cast.legal, 200), (cast.inspector_c, 404),
                           (cast.other_head, 404)):
        assert client_of(player).get(f"/field/receipts/{scene.visit}").status_code == status


def test_a_visit_of_tomorrow_is_not_on_todays_list(scene: Scene, cast: Cast) -> None:
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, scene.visit)
        assert visit.slot_start is not None
        visit.slot_start = visit.slot_start.replace(month=12)
    with db.transaction(write=False):
        assert queries.visits_due(cast.inspector_a.officer) == []


@pytest.mark.article("24")
def test_today_says_until_when_a_signature_is_awaited(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    browser, phone = client_of(cast.inspector_a), Phone(scene, cast.inspector_a)
    send(browser, phone, phone.here(), phone.here(cast.inspector_b), phone.op("issue", f"awaiting/{scene.part}", {
        "what": "signer", "until": "2026-11-25", "reason": "出差", "digest": None}))
    assert "待签章 11月25日" in browser.get("/field/").text
    clock.set_source(lambda: NOW + timedelta(days=2))
    assert "待签章，逾期" in client_of(cast.inspector_a).get("/field/").text


@pytest.mark.article("24")
@pytest.mark.parametrize(("path", "goes"), [("/visits", "/field/"), ("/field/", None), ("/sign-in", None)])
def test_a_browser_in_a_partys_hands_is_led_back(
    scene: Scene, cast: Cast, client_of: SignIn, path: str, goes: str | None,
) -> None:
    browser = client_of(cast.inspector_a)
    browser.set_cookie("handed", prepared(browser, scene))
    assert browser.get(path, headers={"Sec-Fetch-Mode": "navigate"}).location == goes
