"""Signing out with something unsent: nothing is deleted that has no receipt, but by a typed word after an export."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.people import People, due_today, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]
SENTINEL = "哨兵乙仓库"
WRITTEN = 'await log.record("set", "arrival/place", argument); await log.record("set", "arrival/reason", "x");'
COUNT = """async () => {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result); });
  const rows = await new Promise((resolve) => {
    database.transaction("ops").objectStore("ops").getAll().onsuccess = ({ target }) => resolve(target.result); });
  return rows.filter(({ r }) => r === null).length;
}"""


def with_two_unsent(phone: Phone, live: Live) -> Page:
    """My page, while two operations cannot be sent: the way to the server's door for them is shut."""
    phone.page.context.route("**/field/sync", lambda route: route.abort())
    phone.write(WRITTEN, SENTINEL)
    phone.page.goto("/me")
    phone.page.get_by_role("button", name="退出登录").click()
    expect(phone.page.get_by_role("alert").filter(has_text="本机还有 2 项没有发送")).to_be_visible()
    return phone.page


def test_locking_keeps_everything_and_another_person_cannot_send_it(live: Live, inspector: Phone, people: People) -> None:
    page = with_two_unsent(inspector, live)
    page.get_by_role("button", name="现在发送，然后退出").click()
    expect(page.get_by_role("alert").filter(has_text="还有 2 项没有发出")).to_be_visible()
    page.get_by_role("button", name="锁定并退出，内容留在本机").click()
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    assert page.evaluate(COUNT) == 2
    assert page.evaluate("caches.has('fieldapp-kits')") is False
    page.context.unroute("**/field/sync")
    sign_in(page, due_today()[1][0])
    page.goto("/field/")
    expect(page.locator("#state[data-unsent='0']")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, due_today()[0][0])
    page.goto("/field/")
    expect(page.locator("#state[data-is=received][data-received='2']")).to_be_visible()
    page.goto("/me")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("用户名或工号")).to_be_visible()
    assert SENTINEL not in inspector.dump()


def test_deleting_wants_an_exported_copy_and_a_typed_word(live: Live, inspector: Phone) -> None:
    page = with_two_unsent(inspector, live)
    page.get_by_text("从本机删除").click()
    expect(page.get_by_label("输入“删除”")).to_be_disabled()
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出备份").click()
    assert [op["v"] for op in json.loads(saved.value.path().read_text())["ops"]] == [SENTINEL, "x"]
    page.get_by_label("输入“删除”").fill("删")
    page.get_by_role("button", name="删除并退出").click()
    assert page.evaluate(COUNT) == 2
    page.get_by_label("输入“删除”").fill("删除")
    page.get_by_role("button", name="删除并退出").click()
    expect(page.get_by_label("用户名或工号")).to_be_visible()
    assert SENTINEL not in inspector.dump()
    page.context.unroute("**/field/sync")
    sign_in(page, due_today()[0][0])
    page.goto("/field/import")
    page.get_by_label("备份文件").set_input_files(saved.value.path())
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_text("新收到 2 项")).to_be_visible()
