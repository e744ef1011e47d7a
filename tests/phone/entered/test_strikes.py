"""A finding outside the list, a presence and evidence can be struck out, with the reason; all stay legible."""

import pytest
from playwright.sync_api import Locator, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import HERE, Phone
from tests.walk.phone import small_photo

pytestmark = [pytest.mark.browser, ON_SQLITE]


def opened(phone: Phone, name: str) -> Locator:
    phone.page.evaluate("name => { location.hash = name; }", name)
    section = phone.page.locator(f"[id='{name}']")
    expect(section).to_be_visible()
    return section


@pytest.mark.article("21", "24")
def test_a_finding_outside_the_list_is_struck_out_with_its_reason_and_stays_legible(live: Live, inspector: Phone) -> None:
    inspector.write(HERE)
    inspector.open_anew()
    live.path.cut()
    checks = opened(inspector, "checks")
    checks.get_by_text("清单以外的发现").click()
    for words in ("消防通道被占", "另一件"):
        checks.get_by_label("发现的情况").fill(words)
        checks.get_by_label("为什么记录").fill("安全")
        checks.get_by_role("button", name="记入").click()
        expect(checks.get_by_text(f"{words} · 安全")).to_be_visible()
    first = checks.get_by_role("listitem").filter(has_text="消防通道被占")
    first.get_by_text("作废", exact=True).first.click()
    first.get_by_label("作废原因").fill("记错了单位")
    first.get_by_role("button", name="作废").click()
    expect(first.locator("s")).to_have_text("消防通道被占 · 安全")
    expect(first).to_contain_text("已作废：记错了单位")
    expect(first.get_by_role("button", name="作废")).to_have_count(0)
    vt = inspector.run("return data.tasks[0].vt;")
    said = opened(inspector, f"team-{vt}").locator("[data-summary] details")
    expect(said).to_contain_text("另一件", use_inner_text=False)
    expect(said).not_to_contain_text("消防通道被占", use_inner_text=False)
    live.path.restore()
    inspector.page.locator("#state").click()
    expect(inspector.page.locator("#state[data-unsent='0']")).to_be_visible(timeout=20_000)
    inspector.page.reload()
    checks = opened(inspector, "checks")
    checks.get_by_text("清单以外的发现").click()
    expect(checks.locator("s")).to_have_text("消防通道被占 · 安全")
    expect(checks.get_by_text("已作废：记错了单位")).to_be_visible()


@pytest.mark.article("16", "24")
def test_a_presence_is_struck_out_by_whose_it_is_and_can_be_confirmed_anew(inspector: Phone) -> None:
    inspector.write(HERE)
    inspector.open_anew()
    page, arrive = inspector.page, opened(inspector, "arrive")
    expect(page.locator("#kit[data-here='2']")).to_be_visible()
    mine = arrive.get_by_role("listitem").filter(has=page.get_by_text("到场确认有误"), visible=True).filter(
        has=page.get_by_role("button", name="我已到达", include_hidden=True))
    mine.get_by_text("到场确认有误：作废").click()
    mine.get_by_label("作废原因").fill("点错了")
    mine.get_by_role("button", name="作废").click()
    expect(mine.locator("s")).to_contain_text("已到达")
    expect(mine).to_contain_text("已作废：点错了")
    expect(page.locator("#kit[data-here='1']")).to_have_count(1)
    mine.get_by_role("button", name="我已到达").click()
    expect(page.locator("#kit[data-here='2']")).to_have_count(1)
    expect(mine.get_by_text("（本人手机确认）")).to_be_visible()
    expect(page.locator("#state[data-unsent='0'][data-attention='0']")).to_be_visible(timeout=20_000)


@pytest.mark.article("24")
def test_the_reason_for_striking_a_photo_out_is_kept_as_it_is_typed(live: Live, inspector: Phone) -> None:
    inspector.write(HERE)
    inspector.open_anew()
    live.path.cut()
    first = opened(inspector, inspector.page.locator("[id^='check-']").first.get_attribute("id") or "")
    first.get_by_label("＋ 拍照").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": small_photo()})
    expect(first.locator("figure img")).to_have_count(1)
    first.get_by_role("button", name="作废这件证据").click()
    first.get_by_label("作废原因").fill("拍到了别人")
    first.get_by_label("作废原因").blur()
    inspector.open_anew()
    expect(first.get_by_label("作废原因")).to_have_value("拍到了别人")
    first.get_by_role("button", name="作废", exact=True).click()
    expect(first.locator("figure")).to_have_count(0)
    struck, typed = inspector.write('''return [log.entries().map(({ voided }) => voided).filter(Boolean),
      (await store.read(["meta"], (t) => ask(t.objectStore("meta").getAll()))).filter(({ typed }) => typed)];''')
    assert (struck, typed) == (["拍到了别人"], [])
