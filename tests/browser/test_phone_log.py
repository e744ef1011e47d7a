"""Whatever is typed is on the phone before it is called saved, and leaves it only for a receipt."""

import time
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import VISIT, answer, name_of, over_log, receipts

pytestmark = pytest.mark.browser


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page)


def test_operations_are_numbered_without_gaps_also_from_two_tabs(live: Any) -> None:
    ops = live("""
      const tab = new Log(new Store(argument.person), { visit: argument.visit, person: { id: argument.person }, form: 1 });
      await tab.load({ values: {}, items: {}, events: [], reopened: {} });
      const paths = Array.from({ length: 20 }, (_, n) => `arrival/${n}`);
      await Promise.all(paths.map((path, n) => (n % 2 ? log : tab).record("set", path, String(n))));
      return waiting();""")
    assert [op["n"] for op in ops] == list(range(1, 21))
    assert set(ops[0]) == {"id", "d", "n", "u", "t", "f", "c", "k", "p", "v", "b", "at", "mono", "off", "tz"}
    assert {op["d"] for op in ops} == {ops[0]["d"]}


def test_an_equal_value_makes_no_operation_and_a_new_one_names_what_it_replaces(live: Any) -> None:
    first, second = live("""
      await log.record("set", "arrival/place", "东门");
      await log.record("set", "arrival/place", "东门");
      await log.record("set", "arrival/reason", "");
      await log.record("set", "arrival/place", null);
      return waiting();""")
    assert (first["b"], second["b"], second["v"]) == (None, first["id"], None)


def test_a_reloaded_page_finds_what_was_typed(live: Any, empty_page: Page) -> None:
    live('await log.record("set", "arrival/place", "东门");')
    empty_page.reload()
    assert live('return log.value("arrival/place");') == "东门"


def test_a_receipt_takes_an_operation_off_the_queue(live: Any, empty_page: Page) -> None:
    asked = answer(empty_page, "/field/sync", receipts)
    state = live('await log.record("set", "arrival/place", "东门"); return send();')
    assert (state["unsent"], state["done"], state["last"]["r"]) == (0, 1, 101)
    assert asked[0]["ops"][0]["p"] == "arrival/place"


@pytest.mark.parametrize("said", [
    "<h1>Welcome to the hotel network</h1>",
    {"out": [], "changes": [], "cursor": 0, "now": 1},
    {"out": [{"id": "another", "n": 1, "receipt": 1, "received_at": 1}], "changes": [], "cursor": 0, "now": 1},
])
def test_an_answer_that_does_not_name_the_operations_counts_for_nothing(live: Any, empty_page: Page, said: Any) -> None:
    answer(empty_page, "/field/sync", said)
    state = live('await log.record("set", "arrival/place", "东门"); return send();')
    assert (state["is"], state["unsent"]) == ("wait", 1)


@pytest.mark.parametrize(("status", "told"), [(401, "signin"), (403, "wait"), (502, "wait"), (429, "wait")])
def test_a_refusal_keeps_everything_and_says_why(live: Any, empty_page: Page, status: int, told: str) -> None:
    answer(empty_page, "/field/sync", {"code": "x"}, status)
    state = live('await log.record("set", "arrival/place", "东门"); return send();')
    assert (state["is"], state["unsent"]) == (told, 1)


@pytest.mark.parametrize(("code", "told"), [
    ("sync.other_person", "other"), ("sync.device_of_another", "other"), ("sync.device_revoked", "revoked"),
    ("http.403", "barred"),
])
def test_who_may_not_send_is_told_by_what_the_server_says(live: Any, empty_page: Page, code: str, told: str) -> None:
    answer(empty_page, "/field/sync", {"error": code, "message": "…"}, 403)
    state = live('await log.record("set", "arrival/place", "东门"); return send();')
    assert (state["is"], state["unsent"]) == (told, 1)


def test_a_cloned_phone_takes_a_new_number_and_keeps_the_ids(live: Any, empty_page: Page) -> None:
    devices: list[str] = []

    def serve(request: Any) -> dict[str, Any]:
        devices.append(request["dev"])
        return {"fork": True} if len(set(devices)) == 1 else receipts(request)

    asked = answer(empty_page, "/field/sync", serve)
    live("""
      await log.record("set", "arrival/place", "东门");
      await log.record("set", "arrival/reason", "夜间");
      const sync = new Sync(store, () => null);
      sync.wake();
      await new Promise((resolve) => document.addEventListener("field:received", resolve));""")
    before, after = asked[0], asked[1]
    assert before["dev"] != after["dev"]
    assert [op["id"] for op in before["ops"]] == [op["id"] for op in after["ops"]]
    assert [(op["d"], op["n"]) for op in after["ops"]] == [(after["dev"], 1), (after["dev"], 2)]


def test_what_is_written_while_an_empty_round_ends_is_sent_at_once(live: Any, empty_page: Page) -> None:
    def slowly(request: Any) -> dict[str, Any]:
        time.sleep(0 if request["ops"] else 0.25)
        return receipts(request)

    asked = answer(empty_page, "/field/sync", slowly)
    said = live("""
      const sync = new Sync(store, () => null);
      sync.wake();
      await new Promise((resolve) => setTimeout(resolve, 120));
      await log.record("set", "arrival/place", "东门");
      const late = new Promise((resolve) => setTimeout(() => resolve("late"), 8000));
      const sent = new Promise((resolve) => document.addEventListener("field:received", () => resolve("sent")));
      return Promise.race([sent, late]);""")
    assert (said, [len(one["ops"]) for one in asked][:2]) == ("sent", [0, 1])


@pytest.mark.article("24")
def test_a_photo_goes_ahead_of_its_operation_and_is_let_go_after_the_receipt(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", receipts)
    answer(empty_page, "/field/have", lambda request: {"missing": request["hashes"]})
    stored = answer(empty_page, "/field/chunk/*", lambda url: {"sha256": name_of(url)})
    before, after = live("""
      const bytes = await freeze(store, new File([new Uint8Array(1300000)], "a.jpg", { type: "image/jpeg" }));
      await log.record("add", "r/x/check/y/photo/z", bytes);
      const before = (await all("chunk")).map(({ sha256, bytes }) => [sha256, bytes instanceof ArrayBuffer && bytes.byteLength]);
      await send();
      return [before, await all("chunk")];""")
    assert sorted(size for _, size in before) == [1300000 - 2 * 524288, 524288]  # two equal chunks are one
    assert {name_of(url) for url in stored} == {name for name, _ in before}
    assert after == []


def test_a_colleagues_value_beside_an_unsent_one_is_kept_for_choosing(live: Any, empty_page: Page) -> None:
    other = {"id": "o", "u": "colleague", "t": VISIT, "k": "set", "p": "arrival/place", "v": "西门", "at": 1}
    change = {"cursor": 7, "receipt": 5, "op": other, "op_id": "o", "outcome": "applied", "code": "", "message": "", "by": "钱二"}
    answer(empty_page, "/field/sync",
           lambda request: {"out": [], "changes": [change][request["since"] // 7:], "cursor": 7, "now": 1})
    draft, = live("""
      await log.record("set", "arrival/place", "东门");
      const sync = new Sync(store, () => null);
      sync.wake();
      await new Promise((resolve) => document.addEventListener("field:received", resolve));
      return all("draft");""")
    assert (draft["value"], draft["other"]["value"], draft["other"]["name"]) == ("东门", "西门", "钱二")


@pytest.mark.parametrize(("rows", "told"), [
    ([{"r": 7, "outcome": "attention"}, {"r": None}], "saved"),
    ([{"r": 7, "outcome": "attention"}, {"r": 8}], "attention"),
    ([{"r": None, "clash": True}], "aside"),
    ([{"r": None, "clash": True, "forked": True}, {"r": 7}], "received"),
    ([{"r": 7}], "received"),
])
def test_what_is_not_sent_is_told_before_what_needs_attention(run: Any, rows: list[dict[str, Any]], told: str) -> None:
    state = run("field/status.js", """({ Status }, said) => {
      const rows = said.map((row) => ({ ...row, received_at: 1, op: { t: "v" } }));
      document.body.innerHTML = '<p id="state"><i aria-hidden="true"></i><b data-words></b><a data-for="attention"></a></p>'
        + '<p id="clock"></p>';
      const line = document.getElementById("state");
      new Status(line, (word) => word);
      const last = rows.find(({ r }) => r);
      const detail = { is: "idle", rows, oldest: null, last, phone: {} };
      document.dispatchEvent(new CustomEvent("field:state", { detail }));
      return { ...line.dataset, link: !line.querySelector("a").hidden };
    }""", rows)
    odd = sum(bool(row.get("outcome") or (row.get("clash") and not row.get("forked"))) for row in rows)
    assert (state["is"], state["attention"], state["link"]) == (told, str(odd), told == "attention")


def test_what_becomes_of_a_sealed_operation_is_not_told_any_more_but_a_refused_closing_is(live: Any, empty_page: Page) -> None:
    def serve(request: Any) -> dict[str, Any]:
        told = [{"outcome": "attention", "receipt": op["n"], "cursor": op["n"], "op": None, "op_id": op["id"], "code": "x",
                 "message": "…", "by": "钱二"} for op in request["ops"]]
        return {**receipts(request), "changes": told, "cursor": 9}

    answer(empty_page, "/field/sync", serve)
    first, sealed, later = live("""
      const { sealClosed } = await import("/static/test/js/field/closed/seal.js");
      const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
      const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
      const key = { id: "0011223344556677", key: Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("") };
      const odd = async () => (await all("ops")).filter(({ outcome }) => outcome).map(({ op }) => op.k);
      await log.record("set", "arrival/place", "东门");
      await send();
      const first = await odd();
      await log.record("set", "arrival/reason", "夜间");
      await log.record("close", "visit", { digest: "" });
      await sealClosed(store, key);
      const sealed = await odd();
      await send();
      await sealClosed(store, key);
      return [first, sealed, await odd()];""")
    assert (first, sealed, later) == (["set"], [], ["close"])


def test_a_conflict_that_the_page_brings_stands_there_until_somebody_chooses(live: Any) -> None:
    before, after = live("""
      const item = { value: "东门", op: "a", by: "x", at: 1, receipt: 4 };
      const values = { "arrival/place": { ...item, other: { ...item, value: "西门", op: "b", receipt: 5, rival: true } } };
      await log.load({ values, items: {}, events: [], reopened: {} });
      const { other } = log.at("arrival/place");
      await log.record("set", "arrival/place", "西门", { base: "a", anyway: true });
      return [other.value, log.at("arrival/place").other];""")
    assert (before, after) == ("西门", None)



def test_a_value_that_came_second_is_shown_beside_the_one_that_came_first(live: Any, empty_page: Page) -> None:
    first = {"id": "o", "u": "colleague", "t": VISIT, "k": "set", "p": "arrival/place", "v": "西门", "at": 1}

    def serve(request: Any) -> dict[str, Any]:
        told = {"outcome": "applied", "receipt": 5, "cursor": 1, "op": first, "op_id": "o", "by": "钱二"}
        ours = [{**told, "outcome": "rival", "cursor": 2, "op": None, "op_id": op["id"]} for op in request["ops"]]
        return {**receipts(request), "changes": [told, *ours], "cursor": 2}

    answer(empty_page, "/field/sync", serve)
    live('await log.record("set", "arrival/place", "东门"); await send();')
    draft, = live('return all("draft");')
    assert (draft["value"], draft["outcome"], draft["other"]["value"]) == ("东门", "rival", "西门")


def test_a_digest_waits_for_what_was_typed_a_moment_before(live: Any) -> None:
    assert live("""
      for (const letter of "abc") log.record("set", "arrival/place", letter);
      await log.written();
      return log.value("arrival/place");""") == "c"


def test_a_returned_visit_is_open_again_until_it_is_closed_anew(live: Any) -> None:
    seen = live("""
      const past = { path: "visit", kind: "close", value: {}, op: "a", by: argument.person, at: 1, receipt: 7 };
      const again = new Log(store, { visit: argument.visit, person: { id: argument.person }, form: 1 });
      await again.load({ values: {}, items: {}, events: [past], reopened: { visit: 7 } });
      const before = Boolean(again.at("visit", "close"));
      await again.record("close", "visit", { digest: "x" });
      return [before, Boolean(again.at("visit", "close"))];
    """)
    assert seen == [False, True]
