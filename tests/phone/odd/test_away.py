"""A store that stays away when a page opens, a script that does not run: it is said, and nobody waits for what never comes."""

import pytest
from playwright.sync_api import expect

from tests.databases import ON_SQLITE
from tests.phone.ground import Phone
from tests.walk.people import People, due_today

pytestmark = [pytest.mark.browser, ON_SQLITE]
AWAY = 'IDBFactory.prototype.open = () => { throw new DOMException("it stays away", "UnknownError"); };'

LATER = "() => document.getAnimations().forEach((one) => one.finish())"
UNKEEP = """async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}"""


def test_a_store_that_stays_away_is_said_on_the_kit_and_on_today(inspector: Phone, complaints: list[str]) -> None:
    page = inspector.page
    page.add_init_script(AWAY)
    for address in (page.url, "/field/"):
        page.goto(address)
        expect(page.locator("#state[data-is=broken]")).to_contain_text("没有打开")
        expect(page.locator("#told")).to_contain_text("已存的内容没有丢失")
    assert {"it stays away" in one for one in complaints} == {True}
    complaints.clear()


def test_a_page_whose_script_does_not_run_says_so_by_itself_after_a_while(people: People) -> None:
    page = people(due_today()[0][0])
    page.goto("/field/")
    expect(page.locator("#state[data-runs]")).to_be_visible()
    page.evaluate(LATER)
    expect(page.locator(".unrun")).to_be_hidden()
    page.context.route("**/js/field/today.js", lambda route: route.abort())
    page.evaluate(UNKEEP)
    page.goto("/field/")
    expect(page.locator("#state:not([data-runs])")).to_contain_text("正在打开")
    expect(page.locator(".unrun")).to_be_hidden()
    page.evaluate(LATER)
    expect(page.locator(".unrun")).to_contain_text("本页的脚本没有运行")
    expect(page.locator(".unrun")).to_be_visible()
