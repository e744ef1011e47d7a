"""What the server can never receive stands aside: it stops nothing, stays on the phone, and is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import answer, over_log, receipts

pytestmark = pytest.mark.browser
ALL = """
  const sendAll = (told = []) => new Promise((resolve) => {
    new Sync(store, ({ is, unsent }) => told.push(is) && (is === "sending" || (is === "idle" && unsent) || resolve(is))).wake();
  });
"""
STATUS = """
  const { Status } = await import("/static/test/js/field/status.js");
  document.body.innerHTML = '<p id="state"><i aria-hidden="true"></i><b data-words></b><a data-for="aside refused"></a></p>'
    + '<p id="clock"></p>';
  const line = document.getElementById("state");
  new Status(line, (word, facts) => `${word} ${facts.n}`);
"""


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page, ALL)


def refusing(culprit: str) -> Any:
    """A server that names the one operation that it cannot receive: what its value says is too much."""
    def serve(request: Any) -> dict[str, Any]:
        said = receipts(request)
        for place, op in enumerate(request["ops"]):
            if op["p"] == culprit:
                why = {"code": "sync.op_too_large", "message": "单项内容太大，没有接收"}
                return {**said, "out": said["out"][:place], "want": op["n"], "clash": [op["id"]], "why": why}
        return said

    return serve


@pytest.mark.article("24")
def test_an_operation_that_cannot_be_received_stands_aside_and_the_rest_goes(live: Any, empty_page: Page) -> None:
    asked = answer(empty_page, "/field/sync", refusing("arrival/reason"))
    told, rows, draft, ops = live("""
      for (const place of ["place", "reason", "entry"]) await log.record("set", `arrival/${place}`, place);
      const told = await sendAll();
      const drafts = (await all("draft")).filter(({ path }) => path === "arrival/reason");
      return [told, await all("ops"), drafts[0], await waiting()];""")
    assert (told, ops) == ("idle", [])
    assert [(op["p"], op["n"]) for op in asked[-1]["ops"]] == [("arrival/entry", 2)]
    assert {row["op"]["p"]: row["r"] is not None for row in rows} == {
        "arrival/place": True, "arrival/reason": False, "arrival/entry": True}
    assert (draft["value"], draft["outcome"], draft["message"]) == ("reason", "attention", "单项内容太大，没有接收")


def test_a_signature_that_stands_aside_can_be_given_again(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", refusing("notice"))
    before, after = live("""
      await log.record("sign", "notice", { name: "x" });
      const before = Boolean(log.at("notice", "sign"));
      document.addEventListener("field:received", ({ detail }) => detail.fresh.forEach((entry) => log.lay(entry)));
      await sendAll();
      return [before, Boolean(log.at("notice", "sign"))];""")
    assert (before, after) == (True, False)


def test_a_no_to_the_whole_batch_is_told_with_how_many_wait(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", {"error": "sync.malformed", "message": "…"}, 422)
    told, words, ops = live(STATUS + """
      await log.record("set", "arrival/place", "东门");
      const state = await send();
      document.dispatchEvent(new CustomEvent("field:state", { detail: state }));
      return [line.dataset.is, line.querySelector("b").textContent, await waiting()];""")
    assert (told, words, len(ops)) == ("refused", "refused 1", 1)


def test_before_a_no_to_all_is_believed_the_batch_is_halved(live: Any, empty_page: Page) -> None:
    asked = answer(empty_page, "/field/sync", {"error": "sync.malformed", "message": "…"}, 422)
    told = live("""
      await log.record("set", "arrival/place", "东门");
      await log.record("set", "arrival/reason", "x");
      const told = [];
      await new Promise((resolve) => {
        new Sync(store, ({ is }) => told.push(is) && is === "refused" && resolve()).wake();
      });
      return told;""")
    assert [len(one["ops"]) for one in asked] == [2, 1]
    assert (told.count("wait"), told[-1]) == (1, "refused")


@pytest.mark.parametrize(("said", "status"), [("<h1>no</h1>", 404), ({"code": "x"}, 422)])
def test_a_no_that_is_not_the_servers_is_waited_for(live: Any, empty_page: Page, said: Any, status: int) -> None:
    answer(empty_page, "/field/sync", said, status)
    assert live('await log.record("set", "arrival/place", "东门"); return (await send()).is;') == "wait"


@pytest.mark.parametrize("harm", [
    'chunks.delete(rows[0].sha256);', 'chunks.put({ ...rows[0], bytes: new ArrayBuffer(8) });'])
def test_a_photo_whose_bytes_are_gone_stops_nothing(live: Any, empty_page: Page, harm: str) -> None:
    asked = answer(empty_page, "/field/sync", receipts)
    answer(empty_page, "/field/have", lambda request: {"missing": request["hashes"]})
    answer(empty_page, "/field/chunk/*", {"error": "evidence.chunk_hash", "message": "…"}, 422)
    is_, rows = live(f"""
      await log.record("add", "r/x/check/y/photo/z", await freeze(store, new File([new Uint8Array(9)], "a.jpg")));
      await log.record("set", "arrival/place", "东门");
      const rows = await all("chunk");
      await store.write(["chunk"], async (t) => {{ const chunks = t.objectStore("chunk"); {harm} }});
      return [await sendAll(), await all("ops")];""")
    assert is_ == "idle"
    assert {row["op"]["p"]: (row["r"] is not None, row.get("clash")) for row in rows} == {
        "r/x/check/y/photo/z": (False, True), "arrival/place": (True, None)}
    assert [(op["p"], op["n"]) for op in asked[-1]["ops"]] == [("arrival/place", 1)]


def test_bytes_that_only_the_way_has_harmed_are_sent_again(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", receipts)
    answer(empty_page, "/field/have", lambda request: {"missing": request["hashes"]})
    answer(empty_page, "/field/chunk/*", {"error": "evidence.chunk_hash", "message": "…"}, 422)
    is_, ops = live("""
      await log.record("add", "r/x/check/y/photo/z", await freeze(store, new File([new Uint8Array(9)], "a.jpg")));
      return [await sendAll(), await all("ops")];""")
    assert (is_, ops[0].get("clash")) == ("wait", None)


@pytest.mark.parametrize(("why", "is_known"), [(None, True), ({"code": "sync.op_too_large", "message": "太大"}, False)])
def test_after_a_fork_the_server_has_what_it_knows_and_not_what_it_cannot_receive(
        live: Any, empty_page: Page, why: Any, is_known: bool) -> None:
    devices: list[str] = []

    def serve(request: Any) -> dict[str, Any]:
        devices.append(request["dev"])
        if len(set(devices)) == 1:
            return {"fork": True, "now": 1}
        odd = [op["id"] for op in request["ops"][:1] if op["p"] == "arrival/reason"]
        return {**receipts({**request, "ops": []}), "want": 1, "clash": odd, "why": why} if odd else receipts(request)

    answer(empty_page, "/field/sync", serve)
    rows, left = live("""
      await log.record("set", "arrival/reason", "夜间");
      await log.record("set", "arrival/place", "东门");
      await sendAll();
      const { reconcile } = await import("/static/test/js/field/closed/slip.js");
      const rows = await all("ops");
      return [rows, reconcile(rows, undefined).left];""")
    one = next(row for row in rows if row["op"]["p"] == "arrival/reason")
    assert (one["clash"], one["forked"], one["r"], left) == (True, is_known, None, 0 if is_known else 1)


def test_what_is_written_after_something_was_set_aside_stands_upon_what_the_server_has(live: Any, empty_page: Page) -> None:
    def serve(request: Any) -> dict[str, Any]:
        for place, op in enumerate(request["ops"]):
            if op["v"] == "bad":
                said = receipts({**request, "ops": request["ops"][:place]})
                return {**said, "want": op["n"], "clash": [op["id"]], "why": {"code": "sync.op_too_large", "message": "太大"}}
        return receipts(request)

    asked = answer(empty_page, "/field/sync", serve)
    live("""
      document.addEventListener("field:received", ({ detail }) => detail.fresh.forEach((entry) => log.lay(entry)));
      for (const words of ["first", "bad", "upon it"]) await log.record("set", "arrival/reason", words);
      await sendAll();
      for (const words of ["bad", "later"]) {
        await log.record("set", "arrival/reason", words);
        if (words === "bad") await sendAll();
      }
      await sendAll();""")
    sent = {op["v"]: op for one in asked for op in one["ops"]}
    assert (sent["upon it"]["b"], sent["later"]["b"]) == (sent["first"]["id"], sent["upon it"]["id"])


def test_a_copy_holds_what_stands_aside_at_its_end(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", refusing("arrival/reason"))
    live("""
      await log.record("set", "arrival/reason", "x".repeat(9));
      await sendAll();
      await log.record("set", "arrival/place", "东门");
      await log.record("set", "arrival/entry", "met");""")
    with empty_page.expect_download() as coming:
        live('(await import("/static/test/js/field/log/export.js")).saveCopy(store, argument.person);')
    copy = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))
    assert [(op["n"], op["p"]) for op in copy["ops"]] == [(1, "arrival/place"), (2, "arrival/entry"), (3, "arrival/reason")]


def test_leaving_says_what_stands_aside_and_does_not_wait_for_it(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", refusing("arrival/reason"))
    said = live("""
      await log.record("set", "arrival/reason", "x");
      await sendAll();
      const { sendNow, wipe } = await import("/static/test/js/field/day/leaving.js");
      return [await sendNow(argument.person), await wipe(argument.person)];""")
    assert said == [{"left": 1, "is": "idle"}, False]


def test_receipts_are_told_also_where_the_news_beside_them_cannot_be_taken_in(live: Any, empty_page: Page) -> None:
    news = {"outcome": "applied", "receipt": 7, "op_id": "o", "op": None}
    answer(empty_page, "/field/sync", lambda request: {**receipts(request), "changes": [news], "cursor": 7})
    empty_page.route("**/static/test/js/field/log/changes.js", lambda route: route.abort())
    told, cursor = live("""
      const told = [];
      document.addEventListener("field:received", ({ detail }) => told.push(...detail.received));
      const { op } = await log.record("set", "arrival/place", "东门");
      const is = await sendAll();
      const phone = (await all("meta")).find(({ key }) => key === "phone");
      return [[is, told.map(({ id }) => id === op)], phone.cursor];""")
    assert (told, cursor) == (["wait", [True]], 0)
