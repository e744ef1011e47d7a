"""Scripts that come when they are used: what did not come once comes the next time, in an old browser too."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
TRY = '(m, name) => m.bring(name).then((one) => Object.keys(one).sort(), () => "away")'
SEAL = ["isBehind", "openAgain", "sealClosed"]
PORTAL = "<!doctype html><title>Free Wi-Fi</title>"


@pytest.fixture
def imported(empty_page: Page) -> list[str]:
    """The scripts that the page has asked for as scripts: an old browser keeps each of these failures for good."""
    asked: list[str] = []
    empty_page.on("request", lambda one: asked.append(one.url.rpartition("/")[2]) if one.resource_type == "script" else None)
    return asked


@pytest.mark.parametrize("lost", ["closed/seal", "closed/forget"])
@pytest.mark.parametrize("fault", [
    lambda route: route.abort(), lambda route: route.fulfill(status=502, body=""),
    lambda route: route.fulfill(body=PORTAL, content_type="text/html")], ids=["no network", "bad gateway", "portal"])
def test_nothing_is_imported_before_it_and_what_it_imports_have_really_come(
        empty_page: Page, run: Any, imported: list[str], lost: str, fault: Callable[[Route], None]) -> None:
    address = f"**/static/test/js/field/{lost}.js"
    empty_page.route(address, fault)
    assert run("field/keep.js", TRY, "closed/seal") == "away"
    assert [one for one in imported if one in {"seal.js", "forget.js"}] == []
    empty_page.unroute(address)
    assert run("field/keep.js", TRY, "closed/seal") == SEAL


def test_what_has_come_is_not_asked_for_again(empty_page: Page, run: Any) -> None:
    assert run("field/keep.js", TRY, "closed/seal") == SEAL
    empty_page.route("**/static/test/**", lambda route: route.abort())
    assert run("field/keep.js", TRY, "closed/seal") == SEAL


def test_an_impatient_finger_asks_for_one_thing_once_and_again_when_it_is_done(run: Any) -> None:
    done = run("field/keep.js", """async ({ use }) => {
      const form = {}, other = {}, status = { notice() {}, say: (word) => word };
      let done = 0;
      const work = () => { done += 1; return new Promise((resolve) => setTimeout(resolve, 50)); };
      const ask = (place) => use(status, "closed/seal", work, place);
      await Promise.all([ask(form), ask(form), ask(other)]);
      const first = done;
      await ask(form);
      return [first, done];
    }""", None)
    assert done == [2, 3]
