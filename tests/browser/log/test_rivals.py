"""Every value that stands open is known to the phone, however many there are, until the server says that it is settled."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_log import over_log

pytestmark = [pytest.mark.browser, pytest.mark.article("24")]
PLACE = """
  const { learn } = await import("/static/test/js/field/log/changes.js");
  const { standing } = await import("/static/test/js/field/log/entries.js");
  let cursor = 0;
  const tell = async (...changes) => {
    for (const change of changes) cursor += 1;
    const fresh = await learn(store, { changes, cursor });
    fresh.forEach((entry) => log.lay(entry));
  };
  const theirs = (id, value, outcome = "applied", receipt = 5) => ({ outcome, receipt, op_id: id, by: id,
    op: { id, u: id, t: argument.visit, k: "set", p: "arrival/place", v: value, at: 1 } });
  const mine = (id, outcome) => ({ outcome, op: null, op_id: id, code: "", message: "" });
  const receive = async (r) => store.write(["ops", "draft"], async (t) => {
    for (const name of ["ops", "draft"]) {
      const rows = t.objectStore(name);
      for (const row of await ask(rows.getAll())) if (row.r === null) rows.put({ ...row, r });
    }
  });
  const open = async () => {
    const again = new Log(store, { visit: argument.visit, person: { id: argument.person }, form: 1 });
    await again.load({ values: {}, items: {}, events: [], reopened: {} });
    const kept = standing(again.at("arrival/place")).map(({ value }) => value);
    const seen = standing(log.at("arrival/place")).map(({ value }) => value);
    if (kept.join() !== seen.join()) throw new Error(`${kept} is kept, ${seen} is seen`);
    return seen;
  };
"""


@pytest.fixture
def live(empty_page: Page) -> Any:
    """Run lines of script over an open log."""
    return over_log(empty_page, PLACE)


def test_three_values_stand_side_by_side(live: Any) -> None:
    assert live("""
      await tell(theirs("a", "东门"), theirs("b", "西门", "rival", 6), theirs("c", "北门", "rival", 7));
      return open();""") == ["东门", "西门", "北门"]


def test_an_own_rival_stands_beside_the_current_one_and_another_rival(live: Any) -> None:
    assert live("""
      const { op } = await log.record("set", "arrival/place", "东门");
      await receive(6);
      Object.assign(log.at("arrival/place"), { r: 6 });
      await tell(theirs("a", "西门"), mine(op, "rival"), theirs("c", "北门", "rival", 7));
      return open();""") == ["东门", "西门", "北门"]


def test_an_edit_is_no_choice_and_a_choice_ends_it(live: Any) -> None:
    edited, chosen = live("""
      await tell(theirs("a", "东门"), theirs("b", "西门", "rival", 6));
      await log.record("set", "arrival/place", "南门");
      const edited = await open();
      await log.record("set", "arrival/place", "西门", { base: "a", anyway: true });
      return [edited, await open()];""")
    assert (edited, chosen) == (["南门", "西门"], ["西门"])


def test_a_colleagues_edit_leaves_the_rival_open_and_the_servers_word_ends_it(live: Any) -> None:
    edited, settled = live("""
      await tell(theirs("a", "东门"), theirs("b", "西门", "rival", 6));
      await tell(theirs("a2", "东门口", "applied", 7));
      const edited = await open();
      await tell(theirs("b", "西门", "settled", 6));
      return [edited, await open()];""")
    assert (edited, settled) == (["东门口", "西门"], ["东门口"])


def test_an_own_rival_is_not_lost_when_the_current_value_is_written_anew(live: Any) -> None:
    edited, settled = live("""
      const { op } = await log.record("set", "arrival/place", "东门");
      await receive(6);
      Object.assign(log.at("arrival/place"), { r: 6 });
      await tell(theirs("a", "西门"), mine(op, "rival"));
      await tell(theirs("a2", "西门口", "applied", 9));
      const edited = await open();
      await tell(mine(op, "settled"));
      return [edited, await open()];""")
    assert (edited, settled) == (["西门口", "东门"], ["西门口"])


def test_a_rival_that_is_written_anew_takes_its_own_place(live: Any) -> None:
    assert live("""
      await tell(theirs("a", "东门"), theirs("b", "西门", "rival", 6));
      await tell(theirs("b2", "西墙", "rival", 8), theirs("b", "西门", "settled", 6));
      return open();""") == ["东门", "西墙"]


def test_the_same_value_from_two_is_offered_once(live: Any) -> None:
    assert live("""
      await tell(theirs("a", "东门"), theirs("b", "西门", "rival", 6), theirs("c", "西门", "rival", 7));
      return open();""") == ["东门", "西门"]


def test_what_the_page_brought_is_kept_so_that_a_later_rival_finds_it(live: Any) -> None:
    """After signing out and in again nothing but the page knows the value that stands there."""
    assert live("""
      const brought = { value: "东门", op: "a", by: "a", at: 1, receipt: 5 };
      await log.load({ values: { "arrival/place": brought }, items: {}, events: [], reopened: {} });
      await log.keep();
      await tell(theirs("b", "西门", "rival", 6));
      return open();""") == ["东门", "西门"]
