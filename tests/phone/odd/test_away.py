"""A store that stays away when a page opens: it is said, and nobody waits for what never comes."""

import pytest
from playwright.sync_api import expect

from tests.databases import ON_SQLITE
from tests.phone.ground import Phone

pytestmark = [pytest.mark.browser, ON_SQLITE]
AWAY = 'IDBFactory.prototype.open = () => { throw new DOMException("it stays away", "UnknownError"); };'


def test_a_store_that_stays_away_is_said_on_the_kit_and_on_today(inspector: Phone, complaints: list[str]) -> None:
    page = inspector.page
    page.add_init_script(AWAY)
    for address in (page.url, "/field/"):
        page.goto(address)
        expect(page.locator("#state[data-is=broken]")).to_contain_text("没有打开")
        expect(page.locator("#told")).to_contain_text("已存的内容没有丢失")
    assert {"it stays away" in one for one in complaints} == {True}
    complaints.clear()
