"""Scripts that come later: one that does not come in time is given up, and asked for anew when it is wanted again."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
AT_ONCE = """async ({ bring }) => {
  const own = window.setTimeout;
  AbortSignal.timeout = undefined; // Safari knows it from 16 on
  window.setTimeout = (work) => own(work, 300);
  const error = await bring("log/digest").then(() => "came", ({ name }) => name);
  window.setTimeout = own;
  return error;
}"""
THEN = """async ({ bring }) => typeof (await bring("log/digest"))"""


def test_a_script_that_does_not_come_is_given_up_and_comes_the_next_time(empty_page: Page, run: Any) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    empty_page.route("**/field/log/digest.js", hold)
    assert run("field/keep.js", AT_ONCE) == "AbortError"
    assert len(held) == 1
    empty_page.unroute("**/field/log/digest.js")
    assert run("field/keep.js", THEN) == "object"
