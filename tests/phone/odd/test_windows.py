"""Two windows on one phone: what one gives away or closes, the other neither shows nor keeps."""

from time import time

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.phone.test_closed import CLOSING, SENTINEL

pytestmark = [pytest.mark.browser, ON_SQLITE]
COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"


def second(phone: Phone, address: str) -> Page:
    """Another window of the same browser."""
    page = phone.page.context.new_page()
    page.goto(address)
    return page


def lasting(phone: Phone, name: str) -> float:
    """Seconds that a cookie outlives a kill of the browser."""
    [cookie] = [one for one in phone.page.context.cookies() if one["name"] == name]
    return cookie["expires"] - time()


@pytest.mark.article("24")
def test_a_phone_that_was_handed_over_in_one_window_shows_nothing_else_in_another(inspector: Phone) -> None:
    kit, today = second(inspector, inspector.page.url), second(inspector, "/field/")
    expect(kit.locator("#kit[data-ready]")).to_be_visible()
    expect(today.locator("#kept[data-kept]")).not_to_be_empty()
    pages = inspector.hand_over("246810")
    for page in (kit, today):
        page.evaluate(COME_BACK)
        expect(page.locator("body[data-held] #kit")).to_have_attribute("data-shown", pages[0])
    assert lasting(inspector, "handed") > 0.99 * lasting(inspector, "fieldapp_session")
    inspector.page.evaluate("location.hash = 'hand'")
    inspector.page.locator("#hand-code").fill("246810")
    inspector.page.locator("form[data-run=takeBack] button").first.click()
    expect(inspector.page.locator("body[data-held]")).to_have_count(0)
    kit.evaluate(COME_BACK)
    expect(kit.locator("body[data-held]")).to_have_count(0)


@pytest.mark.article("24")
def test_what_another_window_writes_after_the_closing_is_sealed_too(live: Live, inspector: Phone) -> None:
    late = second(inspector, inspector.page.url)
    expect(late.locator("#kit[data-ready]")).to_be_visible()
    late.evaluate("location.hash = 'arrive'")
    live.path.cut()
    inspector.write(CLOSING)
    expect(inspector.page.get_by_role("alert").filter(has_text="本机内容已加密")).to_be_visible()
    inspector.page.close()
    late.locator("#place").fill(SENTINEL)
    late.locator("#place").blur()
    late.wait_for_url("**/field/")
    phone = Phone(late, inspector.name)
    expect(late.locator("#sealed")).to_contain_text("2 项待发送")
    assert SENTINEL not in phone.dump()


@pytest.mark.article("24")
def test_a_small_picture_made_after_the_sealing_goes_with_the_next(live: Live, inspector: Phone) -> None:
    live.path.cut()
    inspector.write(CLOSING)
    expect(inspector.page.get_by_role("alert").filter(has_text="本机内容已加密")).to_be_visible()
    inspector.run("""
      const thumb = new TextEncoder().encode(argument).buffer;
      await store.write(["media"], (t) => ask(t.objectStore("media").put({ id: "late", thumb })));""", SENTINEL)
    assert SENTINEL in inspector.dump()
    inspector.page.goto("/field/")
    expect(inspector.page.locator("#kept[data-kept]")).not_to_be_empty()
    assert SENTINEL not in inspector.dump()
