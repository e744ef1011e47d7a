"""A copy is shared where the browser can, else given to its downloads; where it can do neither, that is said."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import BEGIN, PERSON, VISIT

pytestmark = pytest.mark.browser
INSIDE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
WECHAT = f"{INSIDE} MicroMessenger/8.0.49"
SAFARI = f"{INSIDE.replace('Mobile/', 'Version/17.5 Mobile/')} Safari/604.1"
SAVED = """
  const { saveCopy } = await import("/static/test/js/field/log/export.js");
  await log.record("set", "arrival/place", "东门");
  const got = [];
  HTMLAnchorElement.prototype.click = function save() { got.push(["given", this.download]); };
  Object.defineProperty(navigator, "userAgent", { value: argument.browser });
  const faults = argument.faults.slice();
  if (argument.shares) {
    navigator.canShare = ({ files }) => files.length > 0;
    navigator.share = async ({ files }) => {
      const fault = faults.shift();
      if (fault) throw new DOMException("", fault);
      got.push(["shared", files[0].name, JSON.parse(await files[0].text()).ops.length]);
    };
  }
  const said = [await saveCopy(store, argument.person)];
  if (said[0] === "again") said.push(await saveCopy(store, argument.person));
  return [said, got.map(([how, name, ops]) => [how, /^fieldapp-\\d+\\.json$/.test(name), ops])];"""


@pytest.mark.parametrize(("browser", "shares", "faults", "said", "got"), [
    ("Chrome", False, [], ["given"], [["given", True, None]]),
    (SAFARI, False, [], ["given"], [["given", True, None]]),
    (SAFARI, True, [], ["shared"], [["shared", True, 1]]),
    (SAFARI, True, ["AbortError"], ["not"], []),
    (SAFARI, True, ["NotAllowedError"], ["again", "shared"], [["shared", True, 1]]),
    (WECHAT, True, [], ["shared"], [["shared", True, 1]]),
    (WECHAT, False, [], ["nowhere"], []),
    (INSIDE, False, [], ["nowhere"], []),
], ids=["downloads", "safari", "shares", "called off", "too late for the finger", "wechat shares", "wechat", "inside a program"])
def test_a_copy_goes_where_the_browser_can_put_it(
        empty_page: Page, browser: str, shares: bool, faults: list[str], said: Any, got: Any) -> None:
    argument = {"person": PERSON, "visit": VISIT, "browser": browser, "shares": shares, "faults": faults}
    assert empty_page.evaluate(f"async (argument) => {{ {BEGIN} {SAVED} }}", argument) == [said, got]
