"""The phone's record is the server's: what was not accepted stands beside it, and what is learnt late is not forgotten."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import over_log

pytestmark = [pytest.mark.browser, pytest.mark.article("24")]
TOLD = """
  const { learn } = await import("/static/test/js/field/log/changes.js");
  const { standing } = await import("/static/test/js/field/log/entries.js");
  const { recordContent } = await import("/static/test/js/field/log/digest.js");
  let cursor = 0;
  const tell = async (...changes) => {
    const fresh = await learn(store, { changes, cursor: cursor += 1 });
    fresh.forEach((entry) => log.lay(entry));
  };
  const mine = ({ op }, outcome, receipt = 5) => ({ outcome, receipt, op: null, op_id: op, code: "x", message: "…" });
  const theirs = (id, kind, path, value, outcome = "applied", receipt = 5) => ({ outcome, receipt, op_id: id, by: "钱二",
    op: { id, u: "c", t: argument.visit, k: kind, p: path, v: value, at: 1 } });
  const receive = async (r) => {
    await store.write(["ops", "draft"], async (t) => {
      for (const name of ["ops", "draft"]) {
        for (const row of await ask(t.objectStore(name).getAll())) if (row.r === null) t.objectStore(name).put({ ...row, r });
      }
    });
    for (const entry of log.entries()) if (entry.r === null) entry.r = r;
  };
  const field = "r/v/conclusion/text";
  const content = () => recordContent({}, "v", log.standing());
  const page = (item = {}) => ({ values: {}, items: {}, events: [], reopened: {}, ...item });
  const opened = async (state) => {
    const again = new Log(store, { visit: argument.visit, person: { id: argument.person }, form: 1 });
    await again.load(state);
    return again;
  };
"""


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page, TOLD)


def test_a_value_that_was_not_accepted_is_shown_and_is_not_in_what_is_signed(live: Any) -> None:
    shown, value, signed = live("""
      await log.record("set", field, "先写的");
      await receive(3);
      const late = await log.record("set", field, "后写的");
      await receive(6);
      await tell(mine(late, "attention", 6));
      return [log.at(field).value, log.value(field), content().values[field]];""")
    assert (shown, value, signed) == ("后写的", "先写的", "先写的")


def test_under_a_refused_value_stands_the_own_one_that_was_accepted_meanwhile(live: Any) -> None:
    assert live("""
      await log.record("set", field, "一");
      await receive(3);
      const second = await log.record("set", field, "二");
      const third = await log.record("set", field, "三");
      await tell(mine(second, "applied", 4));
      await receive(6);
      await tell(mine(third, "attention", 6));
      return (await opened(page())).value(field);""") == "二"


@pytest.mark.parametrize("is_received", [False, True])
def test_under_a_refused_value_stands_a_colleagues(live: Any, is_received: bool) -> None:
    before = "await receive(6);" if is_received else ""
    assert live(f"""
      const ours = await log.record("set", field, "我");
      {before}
      await tell(theirs("o", "set", field, "同事"));
      await receive(6);
      await tell(mine(ours, "attention", 6));
      return log.value(field);""") == "同事"


def test_an_item_that_was_not_accepted_is_shown_and_is_not_in_what_is_signed(live: Any) -> None:
    shown, counted, signed = live("""
      const item = await log.record("add", "r/v/other/1", { text: "a", reason: "b" });
      await receive(6);
      await tell(mine(item, "attention", 6));
      return [log.added("r/").length, log.items("r/").length, Object.keys(content().items).length];""")
    assert (shown, counted, signed) == (1, 0, 0)


def test_a_refused_striking_out_strikes_nothing_out(live: Any) -> None:
    before, after = live("""
      await log.record("add", "r/v/other/1", { text: "a", reason: "b" });
      await receive(3);
      const gone = await log.record("void", "r/v/other/1", { reason: "c" });
      await receive(6);
      const before = log.items("r/").length;
      await tell(mine(gone, "attention", 6));
      return [before, content().items];""")
    assert (before, after) == (0, {"r/v/other/1": {"text": "a", "reason": "b"}})


@pytest.mark.article("16")
@pytest.mark.parametrize("is_received", [False, True])
def test_a_presence_struck_out_elsewhere_is_struck_out_here_and_confirmed_anew_upon_that(live: Any, is_received: bool) -> None:
    before = "await receive(6);" if is_received else ""
    struck, here, base, kept = live(f"""
      await log.record("add", "present/b", {{ name: "钱", by: "pin" }});
      {before}
      await tell(theirs("gone", "void", "present/b", {{ reason: "点错" }}));
      const struck = log.items("present/").length;
      const {{ op }} = await log.record("add", "present/b", {{ name: "钱", by: "pin" }});
      await tell(theirs("gone again", "void", "present/b", {{ reason: "x" }}, "merged", 7));
      const {{ b }} = (await waiting()).find(({{ id }}) => id === op);
      return [struck, log.items("present/").length, b, (await opened(page())).items("present/").length];""")
    assert (struck, here, base, kept) == (0, 1, "gone", 1)


def test_a_rival_that_was_told_before_the_kit_was_opened_is_there_when_it_is(live: Any) -> None:
    seen, kept, settled = live("""
      await tell(theirs("b", "set", "arrival/place", "西门", "rival", 6));
      const item = { value: "东门", op: "a", by: "x", at: 1, receipt: 4 };
      const brought = page({ values: { "arrival/place": item } });
      const values = (one) => standing(one.at("arrival/place")).map(({ value }) => value);
      const first = await opened(brought);
      await first.keep();
      const kept = values(await opened(brought));
      await tell(theirs("b", "set", "arrival/place", "西门", "settled", 6));
      return [values(first), kept, values(await opened(brought))];""")
    assert (seen, kept, settled) == (["东门", "西门"], ["东门", "西门"], ["东门"])


def test_a_rival_that_is_settled_before_the_kit_is_opened_is_gone(live: Any) -> None:
    assert live("""
      await tell(theirs("b", "set", "arrival/place", "西门", "rival", 6));
      await tell(theirs("b", "set", "arrival/place", "西门", "settled", 6));
      return all("draft");""") == []


def test_what_another_window_has_written_is_not_written_over_by_the_page(live: Any) -> None:
    assert live("""
      const item = { value: "东门", op: "a", by: "x", at: 1, receipt: 4 };
      const first = await opened(page({ values: { "arrival/place": item } }));
      const second = await opened(page({ values: { "arrival/place": item } }));
      await second.record("set", "arrival/place", "西门");
      await first.keep();
      return (await opened(page())).value("arrival/place");""") == "西门"
