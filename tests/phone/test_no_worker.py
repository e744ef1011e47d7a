"""A browser without a worker: the page that stays open can do everything without a network, and says "kept" of nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import HERE, Phone
from tests.walk.people import People, due_today, row_of, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]
NOWHERE = """
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = function elsewhere(_, how) {
    return register.call(this, "/field/nowhere.js", how);
  };
"""


def test_without_a_worker_an_open_kit_does_everything_without_a_network(
        live: Live, people: People, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=people.url, service_workers="block")
    sign_in(page, due_today()[0][0])
    phone = Phone(page, open_first_kit(page))
    page.wait_for_load_state("networkidle")
    live.path.cut()
    phone.write(HERE)
    assert phone.show(next(name for name in phone.pages() if name.startswith("sign-")))
    expect(page.locator("[data-page]:visible [data-fact=code]")).not_to_be_empty()
    page.locator("[data-page]:visible [data-hand]").click()
    expect(page.get_by_role("heading", level=1, name="交给当事人")).to_be_visible()
    assert phone.show("close")
    with page.expect_download() as coming:
        page.locator("[data-page]:visible [data-export]").click()
    copy = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))
    assert [op["k"] for op in copy["ops"]][:2] == ["add", "add"]


def test_nothing_is_called_kept_where_the_workers_script_cannot_be_fetched(
        people: People, open_phone: Callable[..., Page], complaints: list[str]) -> None:
    page = open_phone(base_url=people.url)
    page.add_init_script(NOWHERE)
    sign_in(page, due_today()[0][0])
    page.goto("/field/")
    page.get_by_role("button", name="准备今天的检查").click()
    expect(page.locator("li[data-kit][data-is]").first).to_contain_text("○ 未准备：离线打开还没有备好", timeout=20_000)
    assert page.locator("[data-is=kept]").count() == 0
    expect(page.locator("#kept[data-kept='0']")).to_contain_text("0/")
    expect(page.locator("#told")).to_contain_text("今天的列表没有存好：离线打开还没有备好")
    assert page.evaluate("() => localStorage.getItem('field-kept-at')") is None
    assert {one for one in complaints if "bad HTTP response code (404)" not in one} == set()
    complaints.clear()


def open_first_kit(page: Page) -> str:
    """Have the day prepared and open the kit of the afternoon; gives the name of its object."""
    page.goto("/field/")
    row = row_of(page, "14:00")
    name = row.get_by_role("strong").first.inner_text()
    page.get_by_role("button", name="准备今天的检查").click()
    expect(page.locator("li[data-kit][data-is]").first).to_be_visible(timeout=20_000)
    row.get_by_role("link", name=name).click()
    expect(page.locator("#kit[data-ready]")).to_be_visible()
    return name
