"""Every page of the kit for everybody: axe in each look, by keyboard alone, at 200 %, in large type, in both languages."""


import pytest

from tests.databases import ON_SQLITE
from tests.pages.test_accessible import AXE, RUN, WIDTHS
from tests.phone.ground import Phone

pytestmark = [pytest.mark.browser, ON_SQLITE, pytest.mark.timeout(600)]
LOOKS = (
    {"theme": "light", "size": "normal", "language": "zh"},
    {"theme": "dark", "size": "normal", "language": "zh"},
    {"theme": "light", "size": "large", "language": "zh"},
    {"theme": "dark", "size": "large", "language": "en"},
)
SIZES = ((320, 740), (180, 370))  # the narrowest phone; 360 px at 200 %
SHUT = 'await log.record("set", "arrival/entry", "unreachable");'
UNFOLD = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
WIDE = """() => {
  const room = document.documentElement.clientWidth;
  const over = (one) => one.getClientRects().length && (one.getBoundingClientRect().right > room || one.scrollWidth > room);
  const found = Array.from(document.querySelectorAll("body *")).filter((one) => over(one) && ![...one.children].some(over));
  return found.slice(0, 3).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`);
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
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const ring = [one, one.closest("label"), one.nextElementSibling].filter(Boolean).some((part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  return [one.type === "radio" ? `radio ${one.name}` : one.dataset.stop || one.id, ring];
}"""


def test_no_page_of_the_kit_keeps_anybody_out(inspector: Phone) -> None:
    inspector.bring_everybody()
    page, faults, seen = inspector.page, [], set[str]()
    for look in LOOKS:
        inspector.look_like(look)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate(UNFOLD)
        for name in inspector.pages():
            if not inspector.show(name):
                continue
            seen.add(name)
            page.set_viewport_size({"width": 360, "height": 740})
            faults += [f"{name} {look}: {one}" for one in page.evaluate(RUN)]
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                wide, room = page.evaluate(WIDTHS)
                if wide > room:
                    faults.append(f"{name} {look}: {wide} px wide at {room} px: {page.evaluate(WIDE)}")
    print(f"{len(seen)} pages in {len(LOOKS)} looks: {len(faults)} faults", *faults, sep="\n")
    assert faults == []
    assert {"list", "arrive", "notice", "checks", "evidence", "close", "copy", "zones", "hand"} <= seen


def test_every_control_of_the_kit_is_reached_and_seen_by_keyboard_alone(inspector: Phone) -> None:
    inspector.bring_everybody()
    page, faults = inspector.page, []
    page.evaluate(UNFOLD)
    for name in inspector.pages():
        if not inspector.show(name):
            continue
        wanted, reached = page.evaluate(STOPS), set()
        for _ in range(2 * len(wanted) + 4):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused is None:
                continue
            reached.add(focused[0])
            faults += [f"{name}: no ring on {focused[0]}"] if not focused[1] else []
            if reached >= set(wanted):
                break
        faults += [f"{name}: not reached: {one}" for one in wanted if one not in reached]
    print(*faults, sep="\n")
    assert faults == []


def test_the_pages_of_a_shut_door_keep_nobody_out(inspector: Phone) -> None:
    inspector.write(SHUT)
    page, faults = inspector.page, []
    inspector.open_anew()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert inspector.show("door")
    for width, height in ((360, 740), *SIZES):
        page.set_viewport_size({"width": width, "height": height})
        faults += page.evaluate(RUN)
        wide, room = page.evaluate(WIDTHS)
        faults += [f"{wide} px wide at {room} px"] if wide > room else []
    assert faults == []
