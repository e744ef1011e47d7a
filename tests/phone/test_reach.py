"""Every page of the kit for everybody: axe in each look, by keyboard alone, at 200 %, in large type, in both languages."""

import json
from collections.abc import Iterable
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from fieldapp import clock, db
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import VisitState
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.pages.test_accessible import AXE, RUN, WIDTHS
from tests.phone.ground import Phone
from tests.phone.test_closed import THEIR_CLOSING
from tests.phone.ways import go_other_ways
from tests.walk.people import row_of

pytestmark = [pytest.mark.browser, ON_SQLITE, pytest.mark.timeout(600)]
LOOKS = (
    {"theme": "light", "size": "normal", "language": "zh"},
    {"theme": "dark", "size": "normal", "language": "zh"},
    {"theme": "light", "size": "large", "language": "zh"},
    {"theme": "dark", "size": "large", "language": "en"},
)
ENDS = (LOOKS[0], LOOKS[-1])  # the most usual, and the one that needs most room: each theme, size and language once
SIZES = ((320, 740), (180, 370))  # the narrowest phone; 360 px at 200 %
SHUT = 'await log.record("set", "arrival/entry", "unreachable");'
ENTRY = 'await log.record("set", `r/${vt}/online/01900000-0000-7000-8000-00000000000a`, { at: Date.now() });'
CODE = "135790"
UNFOLD = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
WIDE = """() => {
  const room = document.documentElement.clientWidth;
  const over = (one) => one.getClientRects().length && (one.getBoundingClientRect().right > room || one.scrollWidth > room);
  const found = Array.from(document.querySelectorAll("body *")).filter((one) => over(one) && ![...one.children].some(over));
  return found.slice(0, 3).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`);
}"""
OLDER = """() => {
  const drop = (rules, owner) => {
    for (let place = rules.length - 1; place >= 0; place -= 1) {
      const { selectorText, conditionText, cssRules } = rules[place];
      if (/:has\\(/.test(selectorText || conditionText || "")) owner.deleteRule(place);
      else if (cssRules) drop(cssRules, rules[place]);
    }
  };
  for (const sheet of document.styleSheets) drop(sheet.cssRules, sheet);
}"""
STOPS = """() => {
  const shown = (one) => one.getClientRects().length && getComputedStyle(one).visibility !== "hidden" && !one.closest("[inert]");
  const all = Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"))
    .filter((one) => shown(one) && !one.matches(':disabled') && one.type !== "hidden" && one.tabIndex >= 0);
  const name = (one) => one.type === "radio" ? `radio ${one.name}` : one.dataset.stop;
  all.forEach((one, place) => {
    one.dataset.stop = `${place} ${one.tagName} ${(one.textContent || one.name || one.id).trim().slice(0, 20)}`;
  });
  document.activeElement.blur();
  return Array.from(new Set(all.map(name)));
}"""
REST = """() => {
  window.partsOf = (one) => [one, one.closest("label"), one.nextElementSibling].filter(Boolean);
  window.ringOf = (part) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, opacity } = getComputedStyle(part);
    const is = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor) && opacity > 0;
    return { outline: is ? `${outlineWidth} ${outlineColor}` : "", shadow: opacity > 0 && boxShadow !== "none" ? boxShadow : "" };
  };
  const all = Array.from(document.querySelectorAll("[data-stop]"));
  window.atRest = new Map(all.flatMap(partsOf).map((part) => [part, ringOf(part)]));
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const differs = (part) => {
    const [now, before] = [ringOf(part), atRest.get(part) || { outline: "", shadow: "" }];
    return (now.outline && now.outline !== before.outline) || (now.shadow && now.shadow !== before.shadow);
  };
  return [one.type === "radio" ? `radio ${one.name}` : one.dataset.stop || one.id, partsOf(one).some(differs)];
}"""


def look_through(phone: Phone, names: Iterable[str]) -> tuple[set[str], list[str]]:
    """Show each page that applies: which these are, what axe finds on them, and what is wider than the screen."""
    page, seen, faults = phone.page, set[str](), list[str]()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(UNFOLD)
    for name in names:
        if phone.show(name):
            seen.add(name)
            faults += [f"{name}: {one}" for one in faults_of(page)]
    return seen, faults


def faults_of(page: Page) -> list[str]:
    """What axe finds on what is shown, and what is wider than the screen at each size."""
    page.set_viewport_size({"width": 360, "height": 740})
    faults = list(page.evaluate(RUN))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        wide, room = page.evaluate(WIDTHS)
        faults += [f"{wide} px wide at {room} px: {page.evaluate(WIDE)}"] if wide > room else []
    page.set_viewport_size({"width": 360, "height": 740})
    return faults


def unfolded(page: Page) -> list[str]:
    """The same of a page that was just opened, with all that is folded away."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(UNFOLD)
    return faults_of(page)


@pytest.mark.parametrize("looks", [ENDS, pytest.param(LOOKS, marks=pytest.mark.full)], ids=["ends", "all"])
def test_no_page_of_the_kit_keeps_anybody_out(inspector: Phone, looks: tuple[dict[str, str], ...]) -> None:
    inspector.bring_everybody()
    faults, seen = list[str](), set[str]()
    for look in looks:
        inspector.look_like(look)
        names, found = look_through(inspector, inspector.pages())
        seen |= names
        faults += [f"{look}: {one}" for one in found]
    print(f"{len(seen)} pages in {len(looks)} looks: {len(faults)} faults", *faults, sep="\n")
    assert faults == []
    assert {"list", "arrive", "notice", "checks", "evidence", "close", "copy", "zones", "hand"} <= seen


@pytest.fixture
def other_ways(demo_app: Flask) -> None:
    """The visits of today are not held as most are."""
    go_other_ways()


def test_kits_of_other_ways_keep_nobody_out(other_ways: None, inspector: Phone) -> None:
    page, faults = inspector.page, list[str]()
    inspector.bring_everybody()
    kits = {page.url: {"list", "checks", "conclusion", "sign", "close"}}
    page.goto("/field/")
    kits[kit_at(page, "09:30")] = {"list", "request", "checks", "conclusion", "team", "close"}
    kits[kit_at(page, "16:00")] = {"list", "online", "close"}
    for address, wanted in kits.items():
        page.goto(address)
        page.locator("#kit[data-ready]").wait_for()
        inspector.write(ENTRY)
        for look in ENDS:
            inspector.look_like(look)
            names = [name for name in inspector.pages() if name.partition("-")[0] in wanted]
            seen, found = look_through(inspector, names)
            faults += [f"{sorted(wanted)} {look}: {one}" for one in found]
            assert {name.partition("-")[0] for name in seen} == wanted
    print(*faults, sep="\n")
    assert faults == []


def test_what_others_hold_and_what_is_over_keeps_nobody_out(live: Live, inspector: Phone) -> None:
    db.connect(live.database_url)
    page, faults = inspector.page, list[str]()
    address, visit = page.url, json.loads(page.locator("#kit").get_attribute("data-kit") or "")["visit"]
    page.goto(f"/visits/{visit}/paper")
    page.get_by_role("button", name="编号并打开纸质检查表").click()
    expect(page.locator("article.sheet").first).to_be_visible()
    for look in ENDS:
        inspector.wear(look)
        for place in (f"/visits/{visit}/paper", f"/field/paper/{visit}"):
            page.goto(place)
            faults += [f"{place} {look}: {one}" for one in unfolded(page)]
    page.goto(address)
    inspector.bring_everybody()
    held = inspector.hand_over(CODE)
    for look in ENDS:
        inspector.look_like(look)
        seen, found = look_through(inspector, [*held, "hand"])
        faults += [f"held, {look}: {one}" for one in found]
        assert seen == {*held, "hand"}
        expect(page.locator("#held")).to_be_visible()
    page.locator("#hand-code").fill(CODE)
    page.locator("[data-run=takeBack] button:visible").first.click()
    expect(page.locator("body:not([data-held])")).to_have_count(1)
    inspector.run(THEIR_CLOSING, visit)
    expect(page.locator("#told")).to_be_visible()
    seen, found = look_through(inspector, ["close", "copy", "list"])
    faults += [f"closed: {one}" for one in found]
    assert seen == {"close", "copy", "list"}
    expect(page.locator("[data-closed]")).not_to_have_attribute("hidden", "")
    with db.transaction(write=True):
        closed = db.session.get_one(Visit, UUID(visit))
        closed.state, closed.closed_at = VisitState.CLOSED, clock.now()
    page.goto("/field/")
    expect(page.locator("#closed li")).to_have_count(1)
    faults += [f"the day after a closing: {one}" for one in unfolded(page)]
    print(*faults, sep="\n")
    assert faults == []


def kit_at(page: Page, hour: str) -> str:
    """The address of the kit of that hour, from the day's list."""
    return str(row_of(page, hour).get_attribute("data-kit"))


def tab_through(page: Page, name: str) -> list[str]:
    """Press the tabulator until every control of the page was reached: what is not reached, what shows no ring."""
    wanted, reached, faults = page.evaluate(STOPS), set[str](), set[str]()
    page.evaluate(REST)
    for _ in range(2 * len(wanted) + 4):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            continue
        reached.add(focused[0])
        faults |= {f"{name}: no ring on {focused[0]}"} if not focused[1] else set()
        if reached >= set(wanted):
            break
    return [*sorted(faults), *(f"{name}: not reached: {one}" for one in wanted if one not in reached)]


def test_every_control_of_the_kit_is_reached_and_seen_by_keyboard_alone(inspector: Phone) -> None:
    inspector.bring_everybody()
    page, faults = inspector.page, []
    page.evaluate(UNFOLD)
    for name in inspector.pages():
        faults += tab_through(page, name) if inspector.show(name) else []
    page.evaluate(OLDER)
    check = next(name for name in inspector.pages() if name.startswith("check-"))
    assert inspector.show(check)
    faults += tab_through(page, f"an old browser's {check}")
    print(*faults, sep="\n")
    assert faults == []


def test_the_pages_of_a_shut_door_keep_nobody_out(inspector: Phone) -> None:
    inspector.write(SHUT)
    inspector.open_anew()
    seen, faults = look_through(inspector, ["door"])
    assert seen == {"door"}
    assert faults == []
