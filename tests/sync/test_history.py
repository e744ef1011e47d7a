"""Every version of every field, with its name and its times; a copy brought in by hand, with a report."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp.sync import forms
from fieldapp.sync.models import Op
from tests.databases import ON_SQLITE
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.wire import SignIn, counted, send


@pytest.mark.article("24")
def test_both_histories_of_two_offline_phones_can_be_read(
        scene: Scene, one: Phone, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    two = Phone(scene, cast.inspector_b)
    send(browser, one, one.here(), one.here(cast.inspector_b), one.set(scene.check(1, "note"), "甲说"),
         one.set(scene.check(1, "note"), "甲再说"))
    send(client_of(cast.inspector_b), two, two.set(scene.check(1, "note"), "乙说"), two.set(scene.check(2, "note"), "只此一次"))
    page = browser.get(f"/field/receipts/{scene.visit}/history").text
    for said in ("甲说", "甲再说", "乙说", "赵检一", "钱检二", "与同事填写的不同，请选定", "只此一次"):
        assert said in page
    assert page.index("乙说") < page.index("只此一次")
    assert f"/field/receipts/{scene.visit}/history" in browser.get(f"/field/receipts/{scene.visit}").text
    assert client_of(cast.inspector_c).get(f"/field/receipts/{scene.visit}/history").status_code == 404


def test_a_day_that_two_wrote_differently_stands_as_people_read_it(
        scene: Scene, one: Phone, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    two, place = Phone(scene, cast.inspector_b), scene.path("conclusion/order_until")
    send(browser, one, one.here(), one.here(cast.inspector_b), one.set(place, "2026-12-15"))
    send(client_of(cast.inspector_b), two, two.set(place, "2026-12-20"))
    for address in (f"/field/receipts/{scene.visit}", f"/field/receipts/{scene.visit}/history"):
        page = browser.get(address).text
        assert [word in page for word in ("2026年12月15日", "2026年12月20日", "2026-12-15")] == [True, True, False]


def bring(browser: FlaskClient, phone: Phone, ops: list[dict[str, Any]]) -> str:
    copy = json.dumps({"format": "fieldapp-outbox", "v": 1, "dev": phone.device, "ops": ops, "chunks": {}}).encode()
    return browser.post("/field/import", data={"file": (io.BytesIO(copy), "copy.json")}).text


def test_a_copy_is_imported_with_a_report_and_twice_is_harmless(one: Phone, browser: FlaskClient) -> None:
    ops = [one.here(), one.set("arrival/place", "东门"), one.set("arrival/reason", "x")]
    send(browser, one, ops[0])
    assert "导入备份" in browser.get("/field/import").text
    assert "文件中 3 项：新收到 2 项，以前已收到 1 项，没有收到 0 项。" in bring(browser, one, ops)
    again = bring(browser, one, ops)
    assert "新收到 0 项，以前已收到 3 项" in again
    assert "已全部收到" in again
    assert counted(Op) == 3


def test_the_report_says_what_is_missing(one: Phone, browser: FlaskClient) -> None:
    first, second = one.here(), one.set("arrival/place", "东门")
    assert "缺少第 1 项" in bring(browser, one, [second])
    send(browser, one, first)
    assert "编号已被同一部手机后来的内容占用" in bring(browser, one, [{**second, "n": 1}])


@ON_SQLITE
def test_what_is_no_copy_or_too_large_says_so(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = browser.post("/field/import", data={"file": (io.BytesIO(b"{}"), "x.json")})
    assert (answer.status_code, "这不是从手机导出的备份文件" in answer.text) == (422, True)
    assert browser.post("/field/import", data={}).status_code == 422
    monkeypatch.setattr(forms, "EXPORT_SIZE", 1024 * 1024)
    answer = browser.post("/field/import", data={"file": (io.BytesIO(b"x" * 2 * 1024 * 1024), "x.json")})
    assert (answer.status_code, "文件超过 1 MB" in answer.text) == (413, True)
