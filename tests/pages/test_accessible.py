"""Every page at 360 × 740 in light, dark and large type: axe finds nothing, nobody complains, nothing scrolls sideways."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from fieldapp import config
from fieldapp.app import create_app
from tests.access.users import User
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.pages.visiting import Address, addresses, by_user, enter

pytestmark = ON_SQLITE
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
THEMES = {
    "light": {"theme": "light", "size": "normal", "language": "zh"},
    "dark": {"theme": "dark", "size": "normal", "language": "zh"},
    "large, English": {"theme": "auto", "size": "large", "language": "en"},  # the longest words
}
RULES = {"light": None, "dark": ["color-contrast"]}  # what the dark can change; large type is looked at for width alone
RUN = """async (rules) => {
    const found = await axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})})
    return found.violations.map(one => `${one.id}: ${one.nodes.length} × ${one.nodes[0].target} ${one.nodes[0].failureSummary}`)
}"""
WIDTHS = """() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"""


@pytest.fixture
def pages(live: Live, demonstration: config.Config) -> tuple[str, list[Address]]:
    """The live product's address and its pages."""
    app: Flask = create_app(demonstration)
    return live.url, addresses(app)


@pytest.mark.browser
@pytest.mark.timeout(600)
@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_kept_out(pages: tuple[str, list[Address]], open_phone: Callable[..., Page], complaints: list[str],
                            theme: str) -> None:
    url, found = pages
    violations: list[str] = []
    source = AXE.read_text(encoding="utf-8")
    phone = open_phone()

    def look(user: User, theirs: list[Address]) -> None:
        enter(phone, url, user, **THEMES[theme])
        complaints.clear()
        for address in theirs:
            phone.set_viewport_size({"width": 360, "height": 740})
            phone.goto(url + address.path, wait_until="load")
            if theme in RULES:
                phone.evaluate(source)
                violations.extend(f"{address.path} ({address.endpoint}): {one}" for one in phone.evaluate(RUN, RULES[theme]))
            phone.set_viewport_size({"width": 320, "height": 740})
            wide, seen = phone.evaluate(WIDTHS)
            if wide > seen:
                violations.append(f"{address.path} ({address.endpoint}): {wide} px wide at {seen} px")
            violations.extend(f"{address.path} ({address.endpoint}): complains: {one}" for one in _said(complaints))

    by_user(found, look)
    print(f"{len(found)} pages, {len({one.endpoint for one in found})} endpoints, {theme}: {len(violations)} violations")
    assert violations == []


def _said(complaints: list[str]) -> list[str]:
    """What was said since; that a page which is not there is not there is no complaint."""
    said, complaints[:] = [one for one in complaints if "404" not in one], []
    return said
