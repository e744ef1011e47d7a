"""What a phone keeps of days gone by: nothing that is received, closed and a month old; all that has no receipt."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import answer, over_log, receipts

pytestmark = pytest.mark.browser
ROWS = """
  const { sweep } = await import("/static/test/js/field/day/sweep.js");
  const day = 86400000;
  const op = (t, n, days, more = {}) => ({ id: `${t}${n}`, op: { id: `${t}${n}`, d: "d", n, t, k: "set", p: "x", v: {} },
    r: days === null ? null : n + 100, received_at: new Date(Date.now() - days * day).toISOString(), ...more });
  const lay = (rows, marks) => store.write(["meta", "ops"], async (t) => {
    t.objectStore("meta").put({ key: "phone", d: "d", n: 70, cursor: 9, off: 0 });
    for (const row of rows) t.objectStore("ops").put(row);
    for (const mark of marks) t.objectStore("meta").put(mark);
  });
  const closed = (visit, days) => ({ key: `closed|${visit}`, at: Date.now() - days * day });
"""


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page)


@pytest.mark.article("24")
def test_a_month_after_its_receipt_what_is_closed_and_received_leaves_the_phone(live: Any) -> None:
    left, meta = live(ROWS + """
      await lay([op("old", 1, 31), op("old", 2, 29), op("gone", 3, 31), op("gone", 4, 40), op("open", 5, 90),
        op("unsent", 6, 90), op("unsent", 7, null), op("clashed", 8, 90), op("clashed", 9, null, { clash: true }),
        op("refused", 10, 90, { outcome: "attention" }), op("asked", 11, 90)],
        [...["old", "gone", "unsent", "clashed", "refused", "asked"].map((visit) => closed(visit, 60)), closed("fresh", 1),
          { key: "copy|kit", visit: "asked" }, { key: "held|gone" }, { key: "held|old" }]);
      await sweep(store);
      return [(await all("ops")).map(({ id }) => id).sort(), (await all("meta")).map(({ key }) => key).sort()];""")
    assert left == ["clashed8", "clashed9", "old2", "open5", "refused10", "unsent6", "unsent7"]
    assert meta == ["closed|asked", "closed|clashed", "closed|fresh", "closed|old", "closed|refused", "closed|unsent",
                    "copy|kit", "held|old", "phone"]


def test_of_a_visit_that_was_closed_lately_everything_stays_however_old_its_receipts(live: Any) -> None:
    left, meta = live(ROWS + """
      await lay([op("late", 1, 90), op("late", 2, 31), op("late", 3, 1), op("long", 4, 31)],
        [closed("late", 1), closed("long", 31)]);
      await sweep(store);
      return [(await all("ops")).map(({ id }) => id).sort(), (await all("meta")).map(({ key }) => key).sort()];""")
    assert left == ["late1", "late2", "late3"]
    assert meta == ["closed|late", "phone"]


def test_a_closing_that_was_accepted_with_a_remark_is_history_as_any_other(live: Any) -> None:
    left = live(ROWS + """
      const told = (code) => ({ outcome: "attention", code });
      await lay([op("remark", 1, 31, told("fieldwork.digest_differs")), op("refused", 2, 31, told("fieldwork.order_missing"))],
        [closed("remark", 60), closed("refused", 60)]);
      await sweep(store);
      return (await all("ops")).map(({ id }) => id);""")
    assert left == ["refused2"]


def test_the_phones_name_numbers_and_cursor_stay_and_a_wrong_clock_is_put_right(live: Any) -> None:
    """This phone believes to be a year ahead: by the server's clock the receipt is of yesterday."""
    left, phone = live(ROWS + """
      await lay([op("v", 1, 366)], [closed("v", 60)]);
      const phone = { key: "phone", d: "d", n: 70, cursor: 9, off: -365 * day };
      await store.write(["meta"], async (t) => t.objectStore("meta").put(phone));
      await sweep(store);
      return [(await all("ops")).length, (await all("meta")).find(({ key }) => key === "phone")];""")
    assert (left, phone["d"], phone["n"], phone["cursor"]) == (1, "d", 70, 9)


def test_a_server_that_asks_for_what_has_left_the_phone_gets_the_rest_under_a_new_name(live: Any, empty_page: Page) -> None:
    """It was put back from an old copy: what it lost is not here any more, what is here comes with the same ids."""
    def serve(request: Any) -> dict[str, Any]:
        if request["dev"] == "d" and request["ops"]:
            return {"out": [], "want": 3, "changes": [], "cursor": 0, "now": 1}
        return receipts(request)

    asked = answer(empty_page, "/field/sync", serve)
    live(ROWS + """
      await lay([op("v", 70, 2)], []);
      await log.record("set", "arrival/place", "东门");
      await send();
      await send();""")
    last = [request for request in asked if request["ops"]][-1]
    assert last["dev"] != "d"
    assert [(op["n"], op["v"]) for op in last["ops"]] == [(1, {}), (2, "东门")]
    assert len(asked) < 8


def test_the_line_counts_what_is_being_sent_and_not_what_was_sent_before(live: Any, empty_page: Page) -> None:
    answer(empty_page, "/field/sync", receipts)
    told = live(ROWS + """
      await lay([1, 2, 3, 4].map((n) => op("v", 66 + n, 3)), []);
      for (const place of ["a", "b", "c"]) await log.record("set", `arrival/${place}`, place);
      const told = [];
      await new Promise((resolve) => {
        new Sync(store, ({ is, done, all }) => told.push([is, done, all]) && is === "idle" && resolve()).wake();
      });
      return told;""")
    assert told[0] == ["sending", 0, 3]
    assert told[-1] == ["idle", 3, 3]
