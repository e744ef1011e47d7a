"""Debian's WebKitGTK as a phone: its small browser, driven by Selenium, on a screen that nobody sees."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER = "/usr/bin/WebKitWebDriver"
PATIENCE = 20
AIM = """const [target] = arguments;
window.pressed = false;
target.addEventListener("click", () => { window.pressed = true; }, { once: true });
target.scrollIntoView({ block: "center" });"""


class WebKit:
    """A hand on it."""

    def __init__(self, driver: webdriver.WebKitGTK, url: str) -> None:
        self.driver = driver
        self.url = url

    def go(self, address: str) -> None:
        if address.startswith("#"):
            self.driver.execute_script("location.hash = arguments[0]", address)
        else:
            self.driver.get(urljoin(self.url, address))

    def see(self, selector: str) -> None:
        self._seen(selector)

    def press(self, selector: str) -> None:
        for _ in range(5):  # under a line of state that has just grown, a finger misses: as a person does, it tries again
            element = self._seen(selector)
            self.driver.execute_script(AIM, element)
            element.click()
            if self.driver.execute_script("return window.pressed !== false"):
                return
        raise AssertionError(f"cannot be pressed: {selector}")

    def write(self, selector: str, text: str) -> None:
        element = self._seen(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.send_keys(text)
        while element.get_property("value") != text:  # under load the driver drops keys
            element.clear()
            element.send_keys(text)

    def choose(self, selector: str, value: str) -> None:
        Select(self._seen(selector)).select_by_value(value)

    def draw(self, selector: str) -> None:
        pad = self._seen(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", pad)
        finger = ActionChains(self.driver, duration=20)
        for height in (-10, 10):
            finger.move_to_element_with_offset(pad, -40, height).click_and_hold().move_by_offset(50, 6).move_by_offset(30, -9)
            finger.release()
        finger.perform()

    def all(self, selector: str, attribute: str) -> list[str]:
        script = """return Array.from(document.querySelectorAll(arguments[0]), (element) =>
            arguments[1] in element ? element[arguments[1]] : element.getAttribute(arguments[1]))"""
        found: list[str] = self.driver.execute_script(script, selector, attribute)
        return found

    def _seen(self, selector: str) -> WebElement:
        """The first that is seen; one that was replaced in the meantime is looked for again."""
        wait = WebDriverWait(self.driver, PATIENCE, 0.05, (StaleElementReferenceException,))
        found: WebElement = wait.until(lambda driver: next(
            (one for one in driver.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()), False),
            f"not seen: {selector}")
        return found


@contextmanager
def screen() -> Iterator[str]:
    """A screen of its own: the name of the display."""
    ours, theirs = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(arguments, pass_fds=[theirs], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        try:
            with os.fdopen(ours) as told:
                yield f":{told.readline().strip()}"
        finally:
            process.terminate()


@contextmanager
def webkit(display: str, folder: Path, url: str, *features: str) -> Iterator[WebKit]:
    """The browser with features of the engine taken away (`-ServiceWorkers`), before the product at `url`."""
    [program] = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
    options = Options()
    options.binary_location = str(program)
    for argument in ("--automation", *([f"--features={','.join(features)}"] if features else [])):
        options.add_argument(argument)
    surroundings = {**os.environ, "DISPLAY": display, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder),
                    "TZ": "Asia/Shanghai", "LANGUAGE": "zh_CN", "NO_AT_BRIDGE": "1"}
    service = Service(DRIVER, env=surroundings, log_output=str(folder / "driver.log"))
    driver = webdriver.WebKitGTK(options=options, service=service)
    try:
        driver.set_window_size(360, 740)
        yield WebKit(driver, url)
    finally:
        driver.quit()
