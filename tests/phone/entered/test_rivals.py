"""Whatever two people wrote differently can be chosen, also where its place is not shown any more."""

import pytest
from playwright.sync_api import Locator, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import HERE, Phone
from tests.phone.test_two_phones import colleague, meet
from tests.walk.people import due_today

__all__ = ["colleague"]

pytestmark = [pytest.mark.browser, ON_SQLITE]
ENTRY = "entry/attempt/01900000-0000-7000-8000-0000000000e1"
ZONE = "zone/01900000-0000-7000-8000-0000000000e2"
ORDER = """
  await log.record("set", argument.entry, { day: "2026-11-20", text: argument.words });
  await log.record("set", `r/${vt}/check/${data.tasks[0].checks[1]}/zone`, argument.zone);
  await log.record("set", `r/${vt}/conclusion/text`, argument.words);"""


def rivals_of(phone: Phone) -> Locator:
    """The page on which all of them stand, opened by its link in the list."""
    phone.page.evaluate("location.hash = 'list'")
    phone.page.get_by_role("link", name="有人填写不一致，请选定").filter(visible=True).click()
    section = phone.page.locator("#rivals")
    expect(section).to_be_visible()
    return section


@pytest.mark.article("24")
def test_what_has_no_place_any_more_is_chosen_on_a_page_of_its_own(live: Live, inspector: Phone, colleague: Phone) -> None:
    for phone in (inspector, colleague):
        phone.write(HERE)
    inspector.write('await log.record("set", argument, { place: "洁净区", from: 1 });', ZONE)
    meet(inspector, colleague)
    live.path.cut()
    for phone, words in ((inspector, "甲说"), (colleague, "乙说")):
        zone = ZONE.removeprefix("zone/") if phone is inspector else None
        phone.write(ORDER, {"entry": ENTRY, "words": words, "zone": zone or "01900000-0000-7000-8000-0000000000e3"})
        phone.write('await log.record("set", "arrival/entry", "met");')
    live.path.restore()
    meet(inspector, colleague)
    for phone in (inspector, colleague):
        phone.open_anew()
    theirs = rivals_of(colleague)
    expect(theirs.get_by_role("heading")).to_have_count(3)
    rivals = rivals_of(inspector)
    for name in ("联系经过", "第 2 项为事后补记", "检查结论"):
        expect(rivals.get_by_role("heading", name=name)).to_be_visible()
    expect(rivals.get_by_role("button", name="洁净区")).to_have_count(1)
    inspector.page.evaluate("location.hash = 'close'")
    expect(inspector.page.locator("[data-missing]").get_by_role("link", name="有两人填写不一致的地方")).to_be_visible()
    rivals = rivals_of(inspector)
    for left in (3, 2, 1):
        expect(rivals.get_by_role("heading")).to_have_count(left)
        rivals.get_by_role("button", name=f"以 {due_today()[1][1]}").first.click()
    expect(rivals.get_by_text("没有不一致的内容。")).to_be_visible()
    meet(inspector, colleague)
    expect(theirs.get_by_text("没有不一致的内容。")).to_be_visible()
    expect(theirs.get_by_role("heading")).to_have_count(0)
    inspector.page.evaluate("location.hash = 'close'")
    expect(inspector.page.locator("[data-missing]")).to_be_visible()
    expect(inspector.page.locator("[data-missing]").get_by_role("link", name="有两人填写不一致的地方")).to_have_count(0)
    assert inspector.write("return log.value(`r/${vt}/conclusion/text`);") == "乙说"
