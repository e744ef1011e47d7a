"""Signing out with something unsent: nothing is deleted that has no receipt, but by a typed word after an export."""

import json
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.chromium import CHROMIUM, FLAGS, PHONE
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.people import People, due_today, row_of, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]
SENTINEL = "哨兵乙仓库"
WRITTEN = 'await log.record("set", "arrival/place", argument); await log.record("set", "arrival/reason", "x");'
RESTORED = "() => addEventListener('pageshow', ({ persisted }) => { sessionStorage.setItem('restored', persisted); })"
COUNT = """async () => {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result); });
  const rows = await new Promise((resolve) => {
    database.transaction("ops").objectStore("ops").getAll().onsuccess = ({ target }) => resolve(target.result); });
  return rows.filter(({ r }) => r === null).length;
}"""


@pytest.fixture
def restoring(chromium_kind: BrowserType, live: Live) -> Iterator[Page]:
    """A phone whose browser shows a page that one comes back to as it was left, without loading it."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    browser = chromium_kind.launch(executable_path=CHROMIUM, args=FLAGS + sandbox,
                                   ignore_default_args=["--disable-back-forward-cache"])
    yield browser.new_page(base_url=live.url, viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
    browser.close()


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


def test_a_part_that_does_not_come_is_said_and_the_next_try_signs_out(inspector: Phone) -> None:
    page = inspector.page
    page.goto("/me")
    page.evaluate("() => caches.delete('fieldapp-assets')")
    page.context.route("**/day/leaving.js", lambda route: route.abort())
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("alert").filter(has_text="还没有退出")).to_be_focused()
    page.context.unroute("**/day/leaving.js")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("用户名或工号")).to_be_visible()


def test_deleting_wants_an_exported_copy_and_a_typed_word(live: Live, inspector: Phone) -> None:
    page = with_two_unsent(inspector, live)
    page.get_by_text("从本机删除").click()
    expect(page.get_by_label("输入“删除”")).to_be_disabled()
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出备份").click()
    assert [op["v"] for op in json.loads(saved.value.path().read_text())["ops"]] == [SENTINEL, "x"]
    assert page.get_by_label("输入“删除”").is_disabled(), "nobody has said that the file is there"
    page.get_by_label("我看到了：备份文件已经存好").check()
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


def test_nothing_can_be_read_by_going_back_after_the_signing_out(restoring: Page) -> None:
    page = restoring
    name, address = left_with_a_kit(page)
    assert "Cookie" in page.request.get(address).headers["vary"], "the browser's own copy outlives the session"
    page.evaluate(RESTORED)
    page.goto("/me")
    page.go_back()
    assert page.evaluate("() => sessionStorage.getItem('restored')") == "true"
    page.goto("/me")
    sign_out(page)
    for _ in range(4):
        page.go_back(wait_until="commit")
        expect(page.get_by_label("用户名或工号")).to_be_visible()
        assert [word for word in (SENTINEL, name) if word in page.content()] == []


def left_with_a_kit(page: Page) -> tuple[str, str]:
    """The day is prepared, and something written in a kit and sent: the name of its object, and its address."""
    sign_in(page, due_today()[0][0])
    page.goto("/field/")
    row = row_of(page, "14:00")
    name = row.get_by_role("strong").first.inner_text()
    page.get_by_role("button", name="准备今天的检查").click()
    expect(page.locator("li[data-kit][data-is]").first).to_be_visible(timeout=20_000)
    row.get_by_role("link", name=name).click()
    expect(page.locator("#kit[data-ready]")).to_be_visible()
    address = page.url
    page.goto(f"{address}#arrive")
    page.get_by_label("检查地点").fill(SENTINEL)
    page.get_by_label("检查地点").blur()
    expect(page.locator("#state[data-unsent='0'][data-received='1']")).to_be_visible()
    return name, address


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("用户名或工号")).to_be_visible()
