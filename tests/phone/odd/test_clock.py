"""A phone whose clock is years behind: what the kit reckons with days goes by the server's clock."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fieldapp import clock
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import HERE, Phone

pytestmark = [pytest.mark.browser, ON_SQLITE]
BEHIND = "const real = Date.now; Date.now = () => real() - 700 * 864e5;"
WAITING = """
  for (const [one, until] of [[vt, argument.past], ["another", argument.ahead]]) {
    await log.record("issue", `awaiting/${one}`, { what: "seal", until, reason: "x", digest: "00".repeat(32) });
  }
  await log.record("set", "arrival/entry", "unreachable");"""


@pytest.mark.parametrize("asked", [True, False], ids=["the server's clock is known", "only the page's own time is known"])
def test_days_are_counted_by_the_servers_clock(live: Live, inspector: Phone, asked: bool) -> None:
    page = inspector.page
    today = clock.today()
    inspector.write(HERE + WAITING, {"past": f"{today - timedelta(days=1)}", "ahead": f"{today}"})
    page.add_init_script(BEHIND)
    if asked:
        page.goto("/field/")
        expect(page.locator("#state[data-unsent='0']")).to_be_visible()
        page.go_back()
    else:
        live.path.cut()
        inspector.run('await store.write(["meta"], (t) => ask(t.objectStore("meta").clear()));')
        page.reload()
    page.locator("#kit[data-ready]").wait_for()
    assert inspector.show("door")
    page.locator("[data-page]:visible [data-add-entry]").click()
    expect(page.locator("[data-page]:visible [data-entry] input[type=date]")).to_have_value(f"{today}")
    late = page.locator("[data-waits]").first
    assert "待签章已逾期" in (late.text_content() or "")
