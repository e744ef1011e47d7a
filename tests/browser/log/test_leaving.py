"""What signing out leaves on the phone: its name, its numbers, and the marks of pages that the browser may still hold."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.phone_log import BEGIN, PERSON, VISIT

pytestmark = pytest.mark.browser
LEFT = """
  const { wipe } = await import("/static/test/js/field/day/leaving.js");
  await store.write(["meta", "draft"], async (t) => {
    for (const row of [{ key: "phone", d: "d", n: 7, cursor: 9 }, { key: `closed|${argument.visit}`, at: 1 },
      { key: "copy|kit", visit: argument.visit }, { key: `strokes|${argument.visit}|notice`, strokes: [] },
      { key: `held|${argument.visit}` }, { key: "ballast", bytes: 1 }]) t.objectStore("meta").put(row);
    t.objectStore("draft").put({ key: "x|y", path: "y", value: "secret" });
  });
  const done = await wipe(argument.person);
  return [done, (await all("meta")).map(({ key }) => key).sort(), (await all("draft")).length];
"""


@pytest.mark.parametrize(("status", "stays"), [(200, ["closed", "copy", "phone"]), (204, ["closed", "phone"])])
def test_the_mark_of_a_copy_stays_until_the_server_has_said_that_it_is_gone(
        empty_page: Page, status: int, stays: list[str]) -> None:
    asked: list[Any] = []

    def serve(route: Route) -> None:
        asked.append(route.request.headers.get("x-kit"))
        route.fulfill(status=status)

    empty_page.route("http://localhost/field/k/kit", serve)
    argument = {"person": PERSON, "visit": VISIT}
    done, meta, drafts = empty_page.evaluate(f"async (argument) => {{ {BEGIN} {LEFT} }}", argument)
    assert (done, [key.partition("|")[0] for key in meta], drafts) == (True, stays, 0)
    assert asked == ["forget"]


def test_without_a_network_it_is_asked_for_after_the_next_sign_in(empty_page: Page) -> None:
    empty_page.route("http://localhost/field/k/kit", lambda route: route.abort())
    argument = {"person": PERSON, "visit": VISIT}
    _done, meta, _drafts = empty_page.evaluate(f"async (argument) => {{ {BEGIN} {LEFT} }}", argument)
    assert meta == [f"closed|{VISIT}", "copy|kit", "phone"]
