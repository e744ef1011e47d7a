"""Preparing the day where a script that Today needs later does not come: the day is prepared all the same."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.phone.test_closed import CLOSING
from tests.phone.test_no_worker import open_first_kit
from tests.walk.people import People, due_today, row_of, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]


@pytest.mark.parametrize("lost", ["day/sweep", "closed/seal"])
def test_the_day_is_prepared_though_what_sweeps_or_seals_does_not_come(
        people: People, open_phone: Callable[..., Page], lost: str) -> None:
    """A visit is closed, and waits; once the script comes, it is sealed and leaves the list."""
    page = open_phone(base_url=people.url, service_workers="block")
    sign_in(page, due_today()[0][0])
    phone = Phone(page, open_first_kit(page))
    page.route("**/field/sync", lambda route: route.abort())
    page.route(re.compile(rf"/js/field/{lost}\.js$"), lambda route: route.abort())
    phone.open_anew()
    phone.write(CLOSING)
    page.goto("/field/?keep=1")
    expect(page.locator("li[data-kit][data-is]").first).to_be_visible(timeout=20_000)
    if lost == "closed/seal":
        expect(row_of(page, phone.name)).to_have_count(1)
    page.unroute(re.compile(rf"/js/field/{lost}\.js$"))
    page.reload()
    expect(row_of(page, phone.name)).to_have_count(0)


def test_today_keeps_what_it_needs_later(live: Live, inspector: Phone) -> None:
    page = inspector.page
    page.goto("/field/")
    expect(page.locator("#kept[data-kept]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    live.path.cut()
    page.reload()
    links = page.locator("link[rel=later]")
    assert [str(one.get_attribute("href")).rpartition("/")[2] for one in links.all()][:2] == ["changes.js", "renumber.js"]
    brought = page.evaluate("""() => Promise.all(
      Array.from(document.querySelectorAll("link[rel=later]"), ({ href }) => import(href))).then((all) => all.length)""")
    assert brought == links.count() >= 10
