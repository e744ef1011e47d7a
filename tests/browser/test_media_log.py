"""Bytes of evidence on the phone: whole or not at all, up small first, sent once, let go when nobody needs them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import VISIT, answer, name_of, over_log, receipts

pytestmark = pytest.mark.browser
CHUNK, MEGABYTE = 524_288, 1_048_576
MORE = """
  const { tidy } = await import("/static/test/js/field/log/chunks.js");
  const file = (size, first = 0, name = "a.webm") => {
    const bytes = new Uint8Array(size);
    for (let at = 0, n = first; at < size; at += 524288, n += 1) bytes[at] = n;
    return new File([bytes], name, { type: "video/webm" });
  };
  const take = async (path, size, first) => log.record("add", path, await freeze(store, file(size, first)));
  const names = async () => (await all("chunk")).map(({ sha256 }) => sha256);
"""


@pytest.fixture
def live(empty_page: Page) -> Callable[[str], Any]:
    """Run lines of script over an open log, with files at hand."""
    return over_log(empty_page, MORE)


class Server:
    """What a server holds of chunks, in the order in which they came."""

    def __init__(self, page: Page, *, held: set[str] | None = None) -> None:
        self.held, self.came, self.asked = held or set(), [], []
        self.batches = answer(page, "/field/sync", self.sync)
        answer(page, "/field/have", self.have)
        answer(page, "/field/chunk/*", self.put)

    def have(self, request: Any) -> Any:
        self.asked.append(request["hashes"])
        return {"missing": [name for name in request["hashes"] if name not in self.held]}

    def put(self, url: str) -> Any:
        self.came.append(name_of(url))
        self.held.add(self.came[-1])
        assert f"?visit={VISIT}" in url
        return {"sha256": self.came[-1]}

    def sync(self, request: Any) -> Any:
        for op in request["ops"]:
            lacks = [name for name in (op["v"] or {}).get("chunks", []) if name not in self.held] if op["k"] == "add" else []
            if lacks:
                return {"out": [], "missing": lacks, "changes": [], "cursor": 0, "now": 1}
        return receipts(request)

    @property
    def order(self) -> list[int]:
        """The numbers of the operations, as they were sent."""
        return [op["n"] for batch in self.batches for op in batch["ops"]]


SEND = "await new Promise((done) => { new Sync(store, (s) => s.is === 'sending' || s.unsent || done()).wake(); });"


@pytest.mark.article("24")
def test_small_files_go_up_first_and_the_operations_keep_their_order(live: Any, empty_page: Page) -> None:
    server = Server(empty_page)
    film, photo, left = live(f"""
      await log.record("set", "arrival/place", "东门");
      await take("r/x/evidence/film", {3 * CHUNK + 10}, 1);
      await take("r/x/evidence/photo", 1000, 50);
      await log.record("set", "arrival/reason", "夜间");
      const [film, photo] = (await all("ops")).slice(1).map(({{ op }}) => op.v.chunks);
      {SEND}
      return [film, photo, await names()];""")
    assert server.came == photo + film
    assert server.order == [1, 2, 3, 4]
    assert left == []


def test_a_photo_taken_while_a_film_goes_up_overtakes_it(live: Any, empty_page: Page) -> None:
    server = Server(empty_page)
    film, photo = live(f"""
      await take("r/x/evidence/film", {8 * CHUNK}, 1);
      const sent = new Promise((done) => {{ new Sync(store, (s) => s.is === 'sending' || s.unsent || done()).wake(); }});
      await new Promise((started) => setTimeout(started, 60));
      await take("r/x/evidence/photo", 1000, 50);
      await sent;
      const ops = await all("ops");
      return [ops[0].op.v.chunks, ops[1].op.v.chunks];""")
    at = server.came.index(photo[0])
    assert 0 < at < len(film)
    assert [name for name in server.came if name in film] == film
    assert server.order == [1, 2]


def test_what_the_server_has_is_not_sent_again(live: Any, empty_page: Page) -> None:
    chunks = live(f'await take("r/x/evidence/film", {5 * CHUNK}, 1); return names();')
    ordered = live('return (await all("ops"))[0].op.v.chunks;')
    assert set(ordered) == set(chunks)
    server = Server(empty_page, held=set(ordered[:3]))
    live(SEND)
    assert server.came == ordered[3:]
    assert len(server.asked) == 1


def test_bytes_that_the_server_has_lost_since_are_sent_again(live: Any, empty_page: Page) -> None:
    ordered = live(f"""
      await take("r/x/evidence/film", {2 * CHUNK}, 1);
      const [row] = await all("ops");
      await store.write(["ops"], (t) => ask(t.objectStore("ops").put({{ ...row, up: true }})));
      return row.op.v.chunks;""")
    server = Server(empty_page)
    live("""await new Promise((done) => {
      const sync = new Sync(store, (s) => {
        if (s.is === "wait") setTimeout(() => sync.wake(), 50);
        else if (!s.unsent && s.is !== "sending") done();
      });
      sync.wake(); });""")
    assert server.came == ordered
    assert server.order == [1, 1]


@pytest.mark.article("24")
def test_a_part_that_two_files_share_stays_until_both_are_received(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/have", {"missing": []})
    answer(empty_page, "/field/sync", lambda request: receipts({**request, "ops": request["ops"][:1]}) if len(
        request["ops"]) > 1 else {"out": [], "changes": [], "cursor": 0, "now": 1})
    film, left = live(f"""
      await take("r/x/evidence/one", {CHUNK + 10}, 1);
      await take("r/x/evidence/two", {CHUNK + 20}, 1);
      const rise = (row) => store.write(["ops"], (t) => ask(t.objectStore("ops").put({{ ...row, up: true }})));
      for (const row of await all("ops")) await rise(row);
      await send();
      return [(await all("ops"))[1].op.v.chunks, await names()];""")
    assert set(left) == set(film)
    assert len(film) == 2


def test_a_full_phone_keeps_nothing_of_half_a_file_and_all_of_the_others(live: Any) -> None:
    kept, fault, held = live(f"""
      await take("r/x/evidence/one", {2 * CHUNK}, 1);
      const kept = await names();
      const put = IDBObjectStore.prototype.put;
      let n = 0;
      IDBObjectStore.prototype.put = function (row) {{
        n += this.name === "chunk";
        if (this.name === "chunk" && n === 4) throw new DOMException("full", "QuotaExceededError");
        return put.call(this, row);
      }};
      const fault = await take("r/x/evidence/two", {5 * CHUNK}, 1).catch((error) => error.name);
      IDBObjectStore.prototype.put = put;
      return [kept, fault, await names()];""")
    assert fault == "QuotaExceededError"
    assert set(held) == set(kept)
    assert len(kept) == 2


@pytest.mark.parametrize(("size", "fault"), [(0, "RangeError"), (400 * CHUNK + 1, "RangeError")])
def test_an_empty_file_and_one_over_200_mb_are_not_taken(live: Any, size: int, fault: str) -> None:
    assert live(f"""
      const odd = Object.defineProperty(new File([], "x"), "size", {{ value: {size} }});
      return freeze(store, odd).catch((error) => error.name);""") == fault


def test_half_a_file_that_a_killed_browser_left_goes_after_an_hour(live: Any) -> None:
    kept, left = live(f"""
      await take("r/x/evidence/one", {2 * CHUNK}, 1);
      const kept = await names();
      const put = (sha256, at) => store.write(["chunk"], (t) => ask(t.objectStore("chunk").put({{ sha256, at }})));
      await put("old", Date.now() - 3700000);
      await put("older release", undefined);
      await put("being written", Date.now());
      await tidy(store);
      return [kept, await names()];""")
    assert set(left) == {*kept, "being written"}


@pytest.mark.parametrize(("status", "error", "told"), [
    (413, "evidence.day_quota", "quota"), (413, "evidence.visit_quota", "quota"), (507, "evidence.storage_full", "room"),
])
def test_a_server_without_room_is_told_and_nothing_is_lost(
    live: Any, empty_page: Page, status: int, error: str, told: str,
) -> None:
    server = Server(empty_page)
    answer(empty_page, "/field/chunk/*", {"error": error}, status)
    state, held = live(f"""
      await log.record("set", "arrival/place", "东门");
      await take("r/x/evidence/film", {2 * CHUNK}, 1);
      const state = await new Promise((done) => {{
        const sync = new Sync(store, (s) => ["sending", "idle"].includes(s.is) || done(s));
        sync.wake();
      }});
      return [state, await names()];""")
    assert (state["is"], state["unsent"]) == (told, 1)
    assert len(held) == 2
    assert server.order == [1]


@pytest.mark.article("24")
def test_a_capture_is_graded_by_its_source_and_its_own_date(run: Any) -> None:
    minute, now = 60_000, 1_795_000_000_000
    cases = [("camera", 1, 0), ("camera", 16, 0), ("camera", -2, 0), ("gallery", 5, 0), ("gallery", 5, 3), ("gallery", 721, 0),
             ("camera", 3, 5)]
    said = [[source, now - age * minute, now, now - since * minute if since else 0] for source, age, since in cases]
    grades = run("field/photos.js", "(m, cases) => cases.map((one) => m.gradeOf(...one))", said)
    assert grades == ["in_app", "gallery", "imported", "gallery", "imported", "imported", "in_app"]


def heap_while_taking(page: Page, live: Any, megabytes: int) -> dict[str, float]:
    """What the page's script holds while a film of that size is taken: the largest JavaScript heap seen, and what of its
    buffers is still held at the end, both above what was there before, in MB."""
    wire = page.context.new_cdp_session(page)
    wire.send("Performance.enable")
    live(f"""
      const piece = new Uint8Array({MEGABYTE});
      let whole = new Blob([]);
      for (let n = 0; n < {megabytes}; n += 1) {{
        piece.set([n, n >> 8]);
        piece[524288] = n ^ 255;
        whole = new Blob([whole, piece]);
      }}
      window.film = new File([whole], "film.webm", {{ type: "video/webm" }});""")

    def heap() -> float:
        return next(one["value"] for one in wire.send("Performance.getMetrics")["metrics"] if one["name"] == "JSHeapUsedSize")

    def buffers() -> float:
        wire.send("HeapProfiler.collectGarbage")
        return float(wire.send("Runtime.getHeapUsage")["backingStorageSize"])

    held = buffers()
    before = most = heap()
    live("window.taken = null; freeze(store, window.film).then((value) => { window.taken = value.chunks.length; }); return 0;")
    while page.evaluate("window.taken") is None:
        most = max(most, heap())
    most = max(most, heap())
    return {"chunks": page.evaluate("window.taken"), "heap": (most - before) / MEGABYTE, "held": (buffers() - held) / MEGABYTE}


def test_a_film_of_24_mb_is_taken_slice_by_slice(live: Any, empty_page: Page) -> None:
    figures = heap_while_taking(empty_page, live, 24)
    print(f"24 MB: {figures['heap']:.1f} MB of JavaScript heap, {figures['held']:.1f} MB of buffers held in the end")
    assert figures["chunks"] == 48
    assert figures["heap"] <= 16
    assert figures["held"] < 1


@pytest.mark.full
def test_a_film_of_100_mb_is_taken_in_16_mb_of_heap(live: Any, empty_page: Page) -> None:
    figures = heap_while_taking(empty_page, live, 100)
    print(f"100 MB: {figures['heap']:.1f} MB of JavaScript heap, {figures['held']:.1f} MB of buffers held in the end")
    assert figures["chunks"] == 200
    assert figures["heap"] <= 16
    assert figures["held"] < 1


def test_a_large_copy_is_several_files_with_the_entries_in_the_last(live: Callable[[str], Any]) -> None:
    files = live("""
      const { saveCopy } = await import("/static/test/js/field/log/export.js");
      const given = [];
      const read = async (address) => (await fetch(address)).json();
      HTMLAnchorElement.prototype.click = function save() { given.push([this.download, read(this.href)]); };
      for (let n = 0; n < 65; n += 1) await take(`arrival/photo/${n}`, 10, n + 1);
      await log.record("set", "arrival/place", "x");
      await saveCopy(store, argument.person);
      return Promise.all(given.map(async ([name, file]) => ({ name, file: await file })));""")
    copies = [one["file"] for one in files]
    assert [(one["part"], one["parts"], len(one["ops"]), len(one["chunks"])) for one in copies] == [(1, 2, 0, 64), (2, 2, 66, 1)]
    assert [one["name"][-9:] for one in files] == ["-1-2.json", "-2-2.json"]
