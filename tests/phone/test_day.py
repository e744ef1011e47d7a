"""The day on a phone: until when it is of today, what happens when there is no room, and where there is no worker."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.people import People, due_today, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]
FULL = """
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function refuse(...row) {
    if (this.name === "ops") throw new DOMException("full", "QuotaExceededError");
    return window.put.apply(this, row);
  };
"""
LITTLE = "StorageManager.prototype.estimate = async () => ({ quota: 299 * 1024 * 1024, usage: 0 });"
BALLAST = 'return store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").count("ballast")));'
AGAIN = "() => { IDBObjectStore.prototype.put = window.put; }"
GONE = """() => {
  document.documentElement.dataset.lost = "";
  IDBDatabase.prototype.transaction = () => { throw new DOMException("gone", "InvalidStateError"); };
}"""


def test_what_finds_no_room_blocks_until_it_is_saved(inspector: Phone) -> None:
    page = inspector.page
    page.goto(f"{page.url.partition('#')[0]}#arrive")
    page.evaluate(f"() => {{ {FULL} }}")
    page.get_by_label("检查地点").fill("厂区东门")
    page.get_by_label("检查地点").blur()
    expect(page.locator("#state[data-is=full]")).to_contain_text("没有保存")
    page.locator("#back").click()
    assert page.url.endswith("#arrive")
    assert page.get_by_label("检查地点").input_value() == "厂区东门"
    page.evaluate(AGAIN)
    page.locator("#state").click()
    expect(page.locator("#state[data-received='1']")).to_be_visible()
    page.locator("#back").click()
    expect(page.get_by_role("link", name="1 到达")).to_be_visible()


def test_the_day_says_until_when_it_is_of_today_and_still_opens_afterwards(inspector: Phone) -> None:
    page = inspector.page
    page.goto("/field/")
    expect(page.locator("#kept")).to_contain_text("前有效")
    page.evaluate("() => localStorage.setItem('field-kept-at', String(Date.now() - 13 * 3600000))")
    page.reload()
    expect(page.locator("#kept[data-is=kept_old]")).to_contain_text("已超过 12 小时")
    inspector.open_kit()
    expect(page.locator("#old")).to_be_hidden()


def test_the_day_leads_to_what_needs_attention_and_still_says_what_is_not_sent(live: Live, inspector: Phone) -> None:
    page = inspector.page
    inspector.write('await log.record("set", `r/${vt}/check/${data.tasks[0].checks[0]}/answer`, "compliant");')
    page.locator("#state").click()
    expect(page.locator("#state[data-is=attention]")).to_be_visible(timeout=20_000)
    live.path.cut()
    inspector.write('await log.record("set", "arrival/place", "厂区东门");')
    expect(page.locator("#state[data-unsent='1'][data-attention='1']")).not_to_have_attribute("data-is", "attention")
    live.path.restore()
    page.goto("/field/")
    expect(page.locator("#state[data-is=attention][data-unsent='0']")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="查看原因").click()
    expect(page.get_by_text("需要处理", exact=True)).to_be_visible()
    expect(page.get_by_text(inspector.name)).to_be_visible()


def test_who_cannot_prepare_is_told_so_also_at_the_foot_of_the_list(live: Live, inspector: Phone) -> None:
    page = inspector.page
    page.goto("/field/")
    expect(page.locator("#kept")).to_contain_text("前有效")
    live.path.cut()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("#kept")).not_to_be_in_viewport()
    page.get_by_role("button", name="准备今天的检查").click()
    expect(page.locator("#told")).to_contain_text("没有网络，这次没有准备。已存本机的检查照常可用")
    expect(page.locator("#told")).to_be_in_viewport(ratio=1)


def test_without_a_worker_the_page_says_what_to_do(people: People, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=people.url)
    page.add_init_script("delete Navigator.prototype.serviceWorker;")
    sign_in(page, due_today()[0][0])
    page.goto("/field/")
    expect(page.locator("#no-worker")).to_contain_text("请不要关闭检查页，或改用 Safari")


def test_a_store_that_is_lost_comes_back_with_the_page_and_what_was_typed_is_there(
        inspector: Phone, complaints: list[str]) -> None:
    page, asked = inspector.page, list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    inspector.show("arrive")
    page.evaluate(GONE)
    page.get_by_label("检查地点").click()
    page.keyboard.type("厂区东门")
    page.keyboard.press("Tab")
    expect(page.locator("html:not([data-lost])")).to_have_count(1)
    expect(page.locator("#kit[data-ready][data-shown=arrive]")).to_be_visible()
    expect(page.get_by_label("检查地点")).to_have_value("厂区东门")
    expect(page.locator("#state[data-received='1'][data-unsent='0']")).to_be_visible()
    assert asked == [], "nobody is asked whether the page may go"
    complaints[:] = [one for one in complaints if one != "uncaught: gone"]


def test_a_day_with_little_room_says_so_and_text_is_saved_in_the_room_of_the_ballast(inspector: Phone) -> None:
    page = inspector.page
    page.context.add_init_script(LITTLE)
    page.goto("/field/")
    page.get_by_role("button", name="准备今天的检查").click()
    expect(page.locator("#told")).to_contain_text("不足 300 MB", timeout=20_000)
    inspector.open_kit()
    inspector.show("arrive")
    assert inspector.run(BALLAST) == 1
    page.evaluate(f"() => {{ {FULL} document.addEventListener('field:tight', {AGAIN}); }}")
    page.get_by_label("检查地点").fill("厂区东门")
    page.get_by_label("检查地点").blur()
    expect(page.locator("#told")).to_contain_text("文字还能保存")
    expect(page.locator("#state[data-received='1'][data-unsent='0']")).to_be_visible()
    assert inspector.run(BALLAST) == 0
