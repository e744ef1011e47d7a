"""Debian's Chromium as a phone, driven by Playwright; it reaches this machine and nothing else."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 360, "height": 740}
FLAGS = [
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-features=MediaRouter,OptimizationHints,Translate",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-first-run",
    "--no-pings",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@pytest.fixture(scope="session")
def chromium_kind() -> Iterator[BrowserType]:
    """What starts Chromium, and what takes hold of one that runs."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def chromium(chromium_kind: BrowserType) -> Iterator[Browser]:
    """One browser for the session."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    browser = chromium_kind.launch(executable_path=CHROMIUM, args=FLAGS + sandbox)
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of this test complain about: console errors, uncaught exceptions, refusals by the policy."""
    return []


@pytest.fixture
def open_phone(chromium: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a phone of its own, with its own cookies and storage: `open_phone(base_url=…, color_scheme="dark")`."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        settings = {"viewport": PHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        context = chromium.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("console", lambda message: _hear(complaints, message.type, message.text))
        context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_phone: Callable[..., Page]) -> Page:
    """One phone: 360 × 740, Chinese, Asia/Shanghai."""
    return open_phone()


def _hear(complaints: list[str], kind: str, text: str) -> None:
    if kind == "error":
        complaints.append(text)
