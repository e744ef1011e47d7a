"""Whatever goes wrong, the sending goes on: it says that it waits, and comes again."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import VISIT, answer, name_of, over_log, receipts

pytestmark = pytest.mark.browser
SOON = """
  const later = window.setTimeout;
  window.setTimeout = (work, time, ...more) => later(work, time === 20000 ? 300 : Math.min(time, 50), ...more);
  const told = [];
  const until = (is) => new Promise((resolve) => {
    window.sync = new Sync(store, (state) => told.push(state.is) && is(state) && resolve(state));
    window.sync.wake();
  });
"""


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log, on a phone that waits for nothing long."""
    return over_log(empty_page, SOON)


@pytest.mark.article("24")
@pytest.mark.parametrize("said", [None, "x", 7])
def test_an_answer_that_is_no_object_is_waited_for(live: Any, empty_page: Page, said: Any) -> None:
    said_before: list[Any] = []

    def serve(request: Any) -> Any:
        said_before.append(said)
        return said if len(said_before) < 3 else receipts(request)

    asked = answer(empty_page, "/field/sync", serve)
    told, left = live("""
      await log.record("set", "arrival/place", "东门");
      const { unsent } = await until(({ is, unsent }) => is === "idle" && !unsent);
      return [told, unsent];""")
    assert (told.count("wait"), told[-1], left, len(asked)) == (2, "idle", 0, 3)


@pytest.mark.article("24")
def test_receipts_that_cannot_be_kept_are_asked_for_again(live: Any, empty_page: Page, complaints: list[str]) -> None:
    asked = answer(empty_page, "/field/sync", receipts)
    told = live("""
      await log.record("set", "arrival/place", "东门");
      const whole = store.write;
      let full = 2;
      const isFull = () => Promise.reject(new DOMException("", "QuotaExceededError"));
      store.write = (...said) => full-- > 0 ? isFull() : whole.apply(store, said);
      await until(({ is, unsent }) => is === "idle" && !unsent);
      return told;""")
    assert (told.count("wait"), told[-1], len(asked)) == (2, "idle", 3)
    assert ["QuotaExceededError" in one for one in complaints] == [True, True]


def test_a_store_that_stays_away_is_said_as_waiting_and_looked_at_again(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", receipts)
    told = live("""
      await log.record("set", "arrival/place", "东门");
      const whole = store.read;
      let gone = 0;
      const fetched = window.fetch;
      window.fetch = (...said) => { window.fetch = fetched; gone = 3; return fetched(...said); };
      store.read = (...said) => gone-- > 0 ? Promise.reject(new DOMException("", "UnknownError")) : whole.apply(store, said);
      await until(({ is, unsent }) => is === "idle" && !unsent);
      return told;""")
    assert ("wait" in told, told[-1]) == (True, "idle")


def test_leaving_does_not_wait_for_a_send_that_cannot_be_kept(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", None)
    said = live("""
      await log.record("set", "arrival/place", "东门");
      const { sendNow } = await import("/static/test/js/field/day/leaving.js");
      return sendNow(argument.person);""")
    assert said == {"left": 1, "is": "wait"}


@pytest.mark.article("24")
def test_what_a_slow_uplink_does_not_bring_in_time_goes_in_halves(live: Any, empty_page: Page) -> None:
    sizes: list[int] = []

    def serve(route: Any) -> None:
        request = route.request.post_data_json
        sizes.append(len(request["ops"]))
        if sizes[-1] <= 2:
            route.fulfill(json=receipts(request))

    empty_page.route("http://localhost/field/sync", serve)
    told = live("""
      for (let n = 0; n < 8; n += 1) await log.record("set", `arrival/${n}`, String(n));
      await until(({ is, unsent }) => is === "idle" && !unsent);
      return told;""")
    assert sizes[:6] == [8, 4, 2, 2, 2, 2]
    assert set(told) == {"sending", "wait", "idle"}


@pytest.mark.article("24")
def test_a_photo_over_its_visits_quota_holds_up_that_visit_alone(live: Any, empty_page: Page) -> None:
    asked = answer(empty_page, "/field/sync", receipts)
    answer(empty_page, "/field/have", lambda request: {"missing": request["hashes"]})
    is_full = [True]

    def put(route: Any) -> None:
        if is_full[0] and VISIT in route.request.url:
            route.fulfill(status=413, json={"error": "evidence.visit_quota", "message": "…"})
        else:
            route.fulfill(json={"sha256": name_of(route.request.url)})

    empty_page.route("http://localhost/field/chunk/*", put)
    other = '{ visit: "another", person: { id: argument.person }, form: 1 }'
    photo = "await freeze(store, new File([bytes], 'a.jpg'))"
    told = live(f"""
      const other = new Log(store, {other});
      const bytes = new Uint8Array(9);
      await log.record("add", "r/x/check/y/photo/z", {photo});
      await log.record("set", "arrival/place", "东门");
      await other.record("set", "arrival/place", "西门");
      bytes[0] = 1;
      await other.record("add", "r/x/check/y/photo/z", {photo});
      await until(({{ is }}) => is === "quota");
      return told;""")
    sent = [(op["t"], op["n"]) for one in asked for op in one["ops"]]
    assert (sent, told[-1]) == ([("another", 1), ("another", 2)], "quota")
    is_full[0] = False
    live("await until(({ is, unsent }) => is === 'idle' && !unsent);")
    sent = [(op["t"], op["n"], op["k"]) for one in asked for op in one["ops"]][2:]
    assert sent == [(VISIT, 3, "add"), (VISIT, 4, "set")]
