"""Every page at 360 × 740 in light, dark and large type: axe finds nothing, nobody complains, nothing scrolls sideways."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.access.users import User
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.pages.visiting import Address, by_user, enter

pytestmark = ON_SQLITE
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
LIGHT_AND_DARK = {"theme": "light", "size": "normal", "language": "zh"}
LARGE = {"theme": "auto", "size": "large", "language": "en"}  # the longest words, for width alone
DARKEN = "() => { document.documentElement.dataset.theme = 'dark'; }"  # all that the reader's choice changes in a page
RUN = """async (rules) => {
    const found = await axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})})
    return found.violations.map(one => `${one.id}: ${one.nodes.length} × ${one.nodes[0].target} ${one.nodes[0].failureSummary}`)
}"""
WIDTHS = """() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"""


@pytest.mark.browser
@pytest.mark.timeout(600)
@pytest.mark.parametrize("look", [LIGHT_AND_DARK, LARGE], ids=["light and dark", "large, English"])
def test_nobody_is_kept_out(live: Live, pages: list[Address], open_phone: Callable[..., Page], complaints: list[str],
                            look: dict[str, str]) -> None:
    violations: list[str] = []
    phone = open_phone()

    def visit(user: User, theirs: list[Address]) -> None:
        enter(phone, live.url, user, **look)
        complaints.clear()
        for address in theirs:
            phone.set_viewport_size({"width": 360, "height": 740})
            phone.goto(live.url + address.path, wait_until="load")
            found = _faults(phone) if look is LIGHT_AND_DARK else []
            phone.set_viewport_size({"width": 320, "height": 740})
            wide, seen = phone.evaluate(WIDTHS)
            found += [f"{wide} px wide at {seen} px"] if wide > seen else []
            found += [f"complains: {one}" for one in _said(complaints)]
            violations.extend(f"{address.path} ({address.endpoint}): {one}" for one in found)

    by_user(pages, visit)
    print(f"{len(pages)} pages, {len({one.endpoint for one in pages})} endpoints, {look}: {len(violations)} violations")
    assert violations == []


def _faults(phone: Page) -> list[str]:
    """What axe finds in the light, and what the dark can change."""
    phone.evaluate(AXE.read_text(encoding="utf-8"))
    found = list(phone.evaluate(RUN, None))
    phone.evaluate(DARKEN)
    return found + [f"in the dark: {one}" for one in phone.evaluate(RUN, ["color-contrast"])]


def _said(complaints: list[str]) -> list[str]:
    """What was said since; that a page which is not there is not there is no complaint."""
    said, complaints[:] = [one for one in complaints if "404" not in one], []
    return said
