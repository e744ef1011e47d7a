"""Chromium as a phone that can be killed: a process of its own with a profile of its own, driven over its protocol."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Locator, Page, expect

from tests.chromium import CHROMIUM, FLAGS, PHONE

PATIENCE = 20.0


class Chromium:
    """A hand on a page of it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def go(self, address: str) -> None:
        if address.startswith("#"):
            self.page.evaluate("address => { location.hash = address }", address)
        else:
            self.page.goto(urljoin(self.url, address))

    def see(self, selector: str) -> None:
        expect(self._seen(selector)).to_be_visible(timeout=PATIENCE * 1000)

    def press(self, selector: str) -> None:
        self._seen(selector).click()

    def write(self, selector: str, text: str) -> None:
        self._seen(selector).fill(text)

    def choose(self, selector: str, value: str) -> None:
        self._seen(selector).select_option(value)

    def draw(self, selector: str) -> None:
        for height in (0.35, 0.6):
            self.stroke(selector, height)
            self.page.mouse.up()

    def stroke(self, selector: str, height: float) -> None:
        """One stroke at that height of the box; the finger stays on the screen."""
        pad = self._seen(selector)
        pad.evaluate("element => element.scrollIntoView({block: 'center'})")
        box = pad.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * height)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * (height + 0.1), steps=4)

    def all(self, selector: str, attribute: str) -> list[str]:
        found: list[str] = self.page.locator(selector).evaluate_all(
            "(all, name) => all.map(one => name in one ? one[name] : one.getAttribute(name))", attribute)
        return found

    def _seen(self, selector: str) -> Locator:
        return self.page.locator(selector).locator("visible=true").first


class Killable:
    """The phone: what it keeps lies in a folder, and is there again at its next start."""

    def __init__(self, kind: BrowserType, folder: Path, url: str) -> None:
        self.kind = kind
        self.folder = folder
        self.url = url
        self._process: subprocess.Popen[bytes] | None = None
        self._browser: Browser | None = None

    @property
    def context(self) -> BrowserContext:
        """Its windows and cookies."""
        assert self._browser, "it is off"
        return self._browser.contexts[0]

    def start(self) -> Chromium:
        """Switch it on."""
        port = self.folder / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        arguments = [CHROMIUM, *FLAGS, *sandbox, "--headless", "--remote-debugging-port=0", "--accept-lang=zh-CN",
                     f"--user-data-dir={self.folder}", "about:blank"]
        self._process = subprocess.Popen(arguments, env={**os.environ, "TZ": "Asia/Shanghai"}, start_new_session=True,
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pause = Event()
        for _ in range(int(PATIENCE * 50)):
            if port.exists() and "\n" in port.read_text():
                break
            assert self._process.poll() is None, "it does not start"
            pause.wait(0.02)
        self._browser = self.kind.connect_over_cdp(f"http://127.0.0.1:{port.read_text().split()[0]}")
        self.context.set_default_timeout(PATIENCE * 1000)
        return self.window()

    def window(self) -> Chromium:
        """A window of 360 × 740."""
        page = self.context.new_page()
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        return Chromium(page, self.url)

    def kill(self) -> None:
        """SIGKILL to all its processes: nobody may say goodbye."""
        process, self._process = self._process, None
        if process:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)
        browser, self._browser = self._browser, None
        if browser:
            with suppress(Error):
                browser.close()


def kept(page: Page, store: str) -> list[dict[str, Any]]:
    """Every row of one store of the person's database on the phone."""
    found: list[dict[str, Any]] = page.evaluate("""async (store) => {
      const { kit, today } = (document.getElementById("kit") || document.getElementById("today")).dataset;
      const person = JSON.parse(kit || today).person.id;
      const answer = (asked) => new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      const database = await answer(indexedDB.open(`fieldapp-${person}`));
      const rows = await answer(database.transaction([store]).objectStore(store).getAll());
      database.close();
      return JSON.parse(JSON.stringify(rows));
    }""", store)
    return found
