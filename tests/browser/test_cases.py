"""What happens to phones: full, suspended in another tab, copied, stopped, closed by the browser behind our back."""

import time
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import answer, over_log, receipts

pytestmark = pytest.mark.browser
BALLAST = 'const { putBallast } = await import("/static/test/js/field/day/ballast.js"); await putBallast(store);'


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page)


def let_pass(page: Page, seconds: int) -> None:
    """Second by second: locks and the database take their own time, which the page's clock does not know of."""
    for _ in range(seconds):
        page.clock.run_for(1_000)
        time.sleep(0.05)


def test_text_is_saved_in_the_room_that_the_ballast_leaves(live: Any) -> None:
    """The disk refuses once, as a full one does; what was typed is written all the same, and only once."""
    live(BALLAST)
    ops, there = live("""
      const put = IDBObjectStore.prototype.put;
      let full = true;
      IDBObjectStore.prototype.put = function refuse(...row) {
        if (full && this.name === "ops") throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, row);
      };
      document.addEventListener("field:tight", () => { full = false; });
      await log.record("set", "arrival/place", "东门");
      IDBObjectStore.prototype.put = put;
      return [await waiting(), await store.read(["meta"], (t) => ask(t.objectStore("meta").count("ballast")))];""")
    assert [(op["n"], op["v"]) for op in ops] == [(1, "东门")]
    assert there == 0


def test_without_ballast_a_full_phone_says_that_nothing_was_saved(live: Any) -> None:
    name, ops = live("""
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function refuse() { throw new DOMException("full", "QuotaExceededError"); };
      const name = await log.record("set", "arrival/place", "东门", { once: true }).catch((error) => error.name);
      IDBObjectStore.prototype.put = put;
      return [name, await waiting()];""")
    assert (name, ops) == ("QuotaExceededError", [])


def test_a_tab_that_sleeps_on_the_lock_is_waited_for_a_minute_and_no_longer(live: Any, empty_page: Page) -> None:
    asked = answer(empty_page, "/field/sync", receipts)
    empty_page.clock.install()
    live("""
      navigator.locks.request("field-sync", () => new Promise(() => null));
      await new Promise((resolve) => navigator.locks.query().then(({ held }) => resolve(held.length)));
      window.sync = new Sync(store, () => null);
      await log.record("set", "arrival/place", "东门");""")
    let_pass(empty_page, 30)
    assert asked == []
    let_pass(empty_page, 45)
    assert asked[0]["ops"][0]["v"] == "东门"


def test_a_copied_phone_takes_a_name_of_its_own_and_numbers_anew(live: Any, empty_page: Page) -> None:
    """The other copy has sent its first operation: this one's number is taken, its operation is not lost."""
    taken: list[Any] = []

    def serve(request: Any) -> dict[str, Any]:
        if not taken:
            taken.append(request["dev"])
            return {"out": [], "want": 2, "fork": True, "changes": [], "cursor": 0, "now": 1}
        return receipts(request)

    asked = answer(empty_page, "/field/sync", serve)
    live('await log.record("set", "arrival/place", "东门"); await log.record("set", "arrival/reason", "x"); await send();')
    live("return send();")
    last = [request for request in asked if request["ops"]][-1]
    assert last["dev"] != taken[0]
    assert [(op["n"], op["d"] == last["dev"], op["v"]) for op in last["ops"]] == [(1, True, "东门"), (2, True, "x")]
    assert [op["id"] for op in last["ops"]] == [op["id"] for op in asked[0]["ops"]]


def test_a_connection_that_the_browser_dropped_is_opened_anew(live: Any) -> None:
    assert live("""
      await log.record("set", "arrival/place", "东门");
      const begin = IDBDatabase.prototype.transaction;
      let dropped = 1;
      IDBDatabase.prototype.transaction = function drop(...how) {
        if (dropped) { dropped -= 1; throw new DOMException("gone", "InvalidStateError"); }
        return begin.apply(this, how);
      };
      await log.record("set", "arrival/reason", "x");
      IDBDatabase.prototype.transaction = begin;
      return (await waiting()).map(({ n }) => n);""") == [1, 2]


def test_a_stopped_phone_says_so_and_keeps_everything(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", {"error": "sync.device_revoked"}, 403)
    state = live('await log.record("set", "arrival/place", "东门"); return send();')
    assert (state["is"], state["unsent"]) == ("revoked", 1)


@pytest.mark.parametrize(("status", "headers", "why"), [
    (200, {"X-Kit": "x"}, ""), (401, {}, "signin"), (404, {}, "gone"), (502, {}, "network"), (200, {}, "gone")])
def test_a_page_that_is_not_kept_says_why(
        live: Any, empty_page: Page, status: int, headers: dict[str, str], why: str) -> None:
    empty_page.route("http://localhost/field/k/1", lambda route: route.fulfill(
        status=status, headers=headers, content_type="text/html", body="<p data-kept>"))
    assert live("""
      const { isKept, keep } = await import("/static/test/js/field/keep.js");
      return [await keep("/field/k/1"), await isKept("/field/k/1")];""") == [why, not why]
