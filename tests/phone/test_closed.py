"""A stolen phone shows nothing of a closed visit; what it still has to send is sealed, counted and sent."""

import json
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import expect

from fieldapp import db
from fieldapp.fieldwork.models import Kit
from fieldapp.sync.models import Op
from fieldapp.visits.rules import VisitState
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.people import row_of

pytestmark = [pytest.mark.browser, ON_SQLITE]
SENTINEL = "哨兵甲车间东侧"
BYTES = "sentinel-bytes-of-a-photo"
WRITTEN = """
  await log.record("add", `present/${data.person.id}`, { name: "x", by: "own_phone" });
  await log.record("set", "arrival/place", argument.words);
  const bytes = new TextEncoder().encode("%PDF-1.4 " + argument.bytes.repeat(30000));
  const value = await freeze(store, new File([bytes], "台账.pdf", { type: "application/pdf" }));
  await log.record("add", `r/${vt}/check/${data.tasks[0].checks[0]}/photo/01900000-0000-7000-8000-00000000000a`,
    { ...value, taken_at: Date.now(), fix: null, grade: "gallery" },
    { media: { id: "01900000-0000-7000-8000-00000000000a", thumb: bytes.slice(0, 90).buffer } });
  const drawn = { key: `strokes|${data.visit}|notice`, strokes: [], words: argument.words };
  await store.write(["meta"], (t) => ask(t.objectStore("meta").put(drawn)));
"""
CLOSING = 'await log.record("close", "visit", { digest: "00".repeat(32) });'
MARKED = """
  const { key, is } = argument;
  let marks = [];
  for (let tries = 0; tries < 50 && (!tries || marks.includes(key) !== is); tries += 1) {
    await new Promise((go) => setTimeout(go, 100));
    const keys = await store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").getAllKeys()));
    marks = keys.filter((key) => key.startsWith("copy|"));
  }
  return marks;"""
THEIR_CLOSING = """
  const { learn } = await import(`${root}log/changes.js`);
  const op = { id: "01900000-0000-7000-8000-00000000000c", t: argument, k: "close", p: "visit", v: {}, u: "x", at: Date.now() };
  const fresh = await learn(store, { changes: [{ op, outcome: "applied", receipt: 9, by: "x" }], cursor: 0 });
  document.dispatchEvent(new CustomEvent("field:received", { detail: { received: [], fresh } }));"""
FACTS = {"words": SENTINEL, "bytes": BYTES}


def closed_without_a_network(live: Live, phone: Phone) -> None:
    """Everything is written and the visit closed while nothing can be sent."""
    live.path.cut()
    phone.write(WRITTEN, FACTS)
    before = phone.dump()
    assert SENTINEL in before
    assert BYTES in before
    assert phone.name in before
    phone.write(CLOSING)
    expect(phone.page.get_by_role("alert").filter(has_text="本机内容已加密")).to_be_visible()


def test_nothing_of_a_closed_visit_can_be_read_from_the_phone_and_all_of_it_arrives(live: Live, inspector: Phone) -> None:
    closed_without_a_network(live, inspector)
    after = inspector.dump()
    assert [word for word in (SENTINEL, BYTES, inspector.name, urlsplit(inspector.page.url).path) if word in after] == []
    inspector.page.goto("/field/")
    expect(inspector.page.locator("#sealed")).to_contain_text("4 项待发送")
    expect(row_of(inspector.page, inspector.name)).to_have_count(0)
    assert inspector.state("unsent") == "4"
    live.path.restore()
    inspector.page.locator("#state").click()
    expect(inspector.page.locator("#state[data-unsent='0']")).to_be_visible()
    db.connect(live.database_url)
    with db.transaction(write=False):
        received = [json.loads(row.body) for row in db.session.query(Op).order_by(Op.receipt)][-4:]
    assert [op["k"] for op in received] == ["add", "set", "add", "close"]
    assert received[1]["v"] == SENTINEL
    assert [word for word in (SENTINEL, BYTES) if word in inspector.dump()] == []


def test_the_phone_goes_on_with_its_other_visits_after_one_is_sealed(live: Live, inspector: Phone) -> None:
    closed_without_a_network(live, inspector)
    inspector.page.goto("/field/")
    rest = inspector.page.locator("li[data-visit]")
    expect(inspector.page.locator("#sealed")).to_be_visible()
    assert rest.count() > 1
    rest.first.get_by_role("link").first.click()
    expect(inspector.page.locator("#kit[data-ready]")).to_be_visible()
    inspector.write('await log.record("set", "arrival/place", argument.words);', {"words": "另一处"})
    assert "另一处" in inspector.dump()
    live.path.restore()
    inspector.page.reload()
    expect(inspector.page.locator("#state[data-unsent='0']")).to_be_visible()


def test_the_browsers_own_copy_is_asked_away_until_the_server_knows_of_the_closing(live: Live, inspector: Phone) -> None:
    page, address = inspector.page, urlsplit(inspector.page.url).path
    kit = address.rpartition("/")[2]
    mark = f"copy|{kit}"
    closed_without_a_network(live, inspector)
    assert mark in inspector.run(MARKED, {"key": mark, "is": True})
    page.context.route("**/field/sync", lambda route: route.abort())
    live.path.restore()
    with page.expect_response(lambda answer: answer.status == 200 and answer.url.endswith(address)):
        page.goto("/field/")
    assert mark in inspector.run(MARKED, {"key": mark, "is": True})
    page.context.unroute("**/field/sync")
    db.connect(live.database_url)
    with db.transaction(write=True):
        db.session.get_one(Kit, UUID(kit)).visit.state = VisitState.CLOSED
    with page.expect_response(lambda answer: answer.status == 204 and answer.url.endswith(address)):
        page.reload()
    assert mark not in inspector.run(MARKED, {"key": mark, "is": False})


def test_a_colleagues_closing_seals_the_visit_while_the_list_is_open(inspector: Phone) -> None:
    page = inspector.page
    visit = json.loads(page.locator("#kit").get_attribute("data-kit") or "")["visit"]
    inspector.write('await log.record("set", "arrival/place", argument.words);', FACTS)
    page.goto("/field/")
    expect(row_of(page, inspector.name)).to_have_count(1)
    expect(page.locator("#state[data-unsent='0']")).to_be_visible()
    assert SENTINEL in inspector.dump()
    inspector.run(THEIR_CLOSING, visit)
    expect(row_of(page, inspector.name)).to_have_count(0)
    after = inspector.dump()
    assert [word for word in (SENTINEL, inspector.name) if word in after] == []


@pytest.mark.article("24")
def test_what_another_window_takes_out_meanwhile_stops_nothing(inspector: Phone) -> None:
    kept = inspector.run("""
      const { forgetPages } = await import(`${root}closed/forget.js`);
      const kits = await caches.open("fieldapp-kits");
      const [{ match }, before] = [Cache.prototype, await kits.keys()];
      const taken = before.find(({ url }) => !url.includes(location.pathname));
      Cache.prototype.match = async function (one) {
        if (one.url === taken.url) await this.delete(one);
        return match.call(this, one);
      };
      await forgetPages(store, [data.visit]);
      Cache.prototype.match = match;
      const left = (await kits.keys()).map(({ url }) => url);
      return [before.length - left.length, left.some((url) => url.includes(location.pathname))];""")
    assert kept == [2, False]
