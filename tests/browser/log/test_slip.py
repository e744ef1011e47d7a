"""The reconciliation slip: two manifests side by side, and no "nothing missing" before both are known."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import VISIT, answer, over_log, receipts

pytestmark = pytest.mark.browser
SLIP = """
  const { reconcile } = await import("/static/test/js/field/closed/slip.js");
  const slip = async () => reconcile(await all("ops"), (await all("meta")).find(({ key }) => key === `held|${argument.visit}`));
  const sendAll = () => new Promise((resolve) => {
    new Sync(store, ({ is, unsent }) => is === "sending" || unsent || resolve()).wake();
  });
"""
KINDS = {"issue": "events", "sign": "events", "refuse": "events", "close": "events"}
WRITTEN = """
  await log.record("set", "arrival/place", "东门");
  await log.record("add", "r/x/other/1", { text: "a", reason: "b" });
  await log.record("void", "r/x/other/1", { reason: "c" });
  await log.record("add", "r/x/check/y/photo/z", await freeze(store, new File([new Uint8Array(9)], "a.jpg")));
  await log.record("issue", "notice", {});
"""


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page, SLIP)


def serve(page: Page, *, loses: int = 0) -> None:
    """A server that tells what it holds; `loses` fields are not among it."""
    counts = {"fields": -loses, "originals": 0, "events": 0}

    def said(request: Any) -> dict[str, Any]:
        for op in request["ops"]:
            counts["originals" if op["k"] == "add" and "chunks" in op["v"] else KINDS.get(op["k"], "fields")] += 1
        return {**receipts(request), **({"held": {VISIT: {request["dev"]: counts}}} if request["ops"] else {})}

    answer(page, "/field/sync", said)
    answer(page, "/field/have", {"missing": []})


def test_both_manifests_stand_side_by_side_with_every_kind_of_operation(live: Any, empty_page: Page) -> None:
    serve(empty_page)
    slip = live(WRITTEN + "await sendAll(); return slip();")
    assert {name: slip[name] for name in ("fields", "originals", "events")} == {
        "fields": {"n": 3, "got": 3, "there": 3}, "originals": {"n": 1, "got": 1, "there": 1},
        "events": {"n": 1, "got": 1, "there": 1}}
    assert (slip["left"], slip["lacking"], slip["at"]) == (0, 0, 1)


def test_what_the_server_lacks_is_not_called_whole(live: Any, empty_page: Page) -> None:
    serve(empty_page, loses=2)
    slip = live(WRITTEN + "await sendAll(); return slip();")
    assert (slip["fields"]["got"], slip["fields"]["there"], slip["lacking"]) == (3, 1, 2)


def test_without_the_servers_word_its_part_is_not_known(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", receipts)
    first = live(WRITTEN + "return slip();")
    assert (first["fields"], first["left"], first["at"]) == ({"n": 3, "got": 0, "there": None}, 5, None)
    answer(empty_page, "/field/have", {"missing": []})
    second = live("await sendAll(); return slip();")
    assert (second["fields"], second["left"], second["at"]) == ({"n": 3, "got": 3, "there": None}, 0, None)


def test_what_the_server_said_before_the_last_receipt_counts_no_more(live: Any, empty_page: Page) -> None:
    serve(empty_page)
    slip = live("""
      await log.record("set", "arrival/place", "东门");
      await sendAll();
      await log.record("set", "arrival/reason", "x");
      const later = (await all("ops")).find(({ r }) => r === null);
      await store.write(["ops"], async (t) => t.objectStore("ops").put({ ...later, r: 7, received_at: 2 }));
      return slip();""")
    assert (slip["fields"], slip["at"]) == ({"n": 2, "got": 2, "there": None}, None)
