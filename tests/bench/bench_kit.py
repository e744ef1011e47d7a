"""The kept kit on a slow phone, 6 × slower than this machine and on slow 3G: `python -m tests.bench.bench_kit`.

How long it takes to open without a network, and from the tap on an answer to the mark that says it is saved.
"""

import logging
import os
import platform
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from fieldapp import db, demo
from fieldapp.app import create_app
from fieldapp.cli.serving import upgrade_database
from tests.chromium import CHROMIUM, FLAGS, PHONE
from tests.demonstration import person_named, settings_for
from tests.engines import hand
from tests.engines.chromium import Chromium
from tests.engines.conftest import PIN, give_pins
from tests.live import Live, serving
from tests.product import session_of
from tests.walk.people import due_today

SLOWER = 6
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
OPENINGS = 7
READY = """() => performance.getEntriesByName("ready").length ? performance.getEntriesByName("ready")[0].startTime : null"""
WATCH = """new MutationObserver((all, watch) => {
  const kit = document.getElementById("kit");
  if (kit && "ready" in kit.dataset) { performance.mark("ready"); watch.disconnect(); }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });"""
TAP = """async ([path, value]) => {
  const mark = document.querySelector(`[data-mark="${CSS.escape(path)}"]`);
  const before = performance.now();
  const saved = new Promise((resolve) => {
    const watch = new MutationObserver(() => { if (mark.textContent) { watch.disconnect(); resolve(performance.now()); } });
    watch.observe(mark, { childList: true });
  });
  document.querySelector(`[data-path="${CSS.escape(path)}"][value=${value}]`).click();
  return (await saved) - before;
}"""


def slow(page: Page) -> CDPSession:
    """Make the page's phone slow, and its network."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    return session


def openings(page: Page) -> list[float]:
    """Milliseconds until the kit is ready, each time from the address on."""
    found = []
    for _ in range(OPENINGS):
        page.reload()
        page.locator(hand.READY).wait_for(timeout=60_000)
        found.append(float(page.evaluate(READY)))
    return found


def answers(phone: Chromium) -> list[float]:
    """Milliseconds from each tap to its mark; every check is answered twice."""
    paths = list(dict.fromkeys(one for one in phone.all("[data-path$='/answer']", "data-path") if "/check/" in one))
    found = []
    for value in ("compliant", "not_checked"):
        for path in paths:
            hand.turn_to(phone, hand.page_of(path))
            found.append(float(phone.page.evaluate(TAP, [path, value])))
    return found


def measure(browser: Browser, live: Live, user_name: str) -> None:
    """Keep a kit, cut the path, open it, answer; print."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
    secret = session_of(person_named(user_name))
    context.add_cookies([{"name": "fieldapp_session", "value": secret, "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    page.add_init_script(WATCH)
    phone = Chromium(page, live.url)
    hand.prepare(phone)
    phone.see("#kept[data-kept]:not([data-kept='0'])")
    phone.go(hand.kit_at(phone, "14:00"))
    phone.see(hand.KEPT)
    slow(page)
    page.reload()
    page.locator(hand.READY).wait_for(timeout=60_000)
    print(f"opens on slow 3G, while the server answers: {page.evaluate(READY):.0f} ms")
    live.path.cut()
    times = openings(page)
    print(f"opens without a network: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}")
    hand.arrive(phone, PIN)
    taps = sorted(answers(phone))
    print(f"an answer is saved: median {statistics.median(taps):.0f} ms, 95 % {taps[int(len(taps) * 0.95) - 1]:.0f} ms, "
          f"worst {taps[-1]:.0f} ms of {len(taps)}")
    context.close()


def main() -> None:
    """Load the demonstration, serve it, measure, print with the machine's name."""
    logging.disable(logging.WARNING)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        url = f"sqlite:///{folder / 'fieldapp.db'}"
        upgrade_database(url)
        create_app(settings_for(url, folder / "media"))
        demo.load()
        give_pins(*(user_name for user_name, _ in due_today()))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *sandbox])
        print(f"{platform.node()}, {os.cpu_count()} cores, Chromium {browser.version}, {SLOWER} × slower, slow 3G")
        with serving(url, folder / "media", folder) as live:
            measure(browser, live, due_today()[0][0])
        browser.close()
        db.session.remove()


if __name__ == "__main__":
    main()
