"""Arrivals that go another way: a code of another enterprise, a door that stays shut, a stay without a phone."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from fieldapp import clock
from tests.walk.phone import PIN, draw_name, shown, small_photo, step

OTHER_CODE = "91370602MA9KX4P79F"
REASON = "单位的执照挂在隔壁同一集团的办公室。"
STATEMENT = "物业称该单位三个月无人上班。"


def come(page: Page, colleague: str) -> None:
    """Both members confirm that they are here."""
    step(page, "1 到达")
    shown(page).get_by_role("button", name="我已到达").click()
    shown(page).locator("[data-ask]").get_by_label(f"{colleague} 的口令").fill(PIN)
    shown(page).get_by_role("button", name=f"{colleague} 确认到达").click()
    expect(shown(page).get_by_text("口令确认")).to_be_visible()


def explain(page: Page) -> None:
    """The code on the wall is another's: going on is held back until the reason stands there; all is saved at once."""
    shown(page).get_by_text("核对单位的信用代码").click()
    shown(page).get_by_label("执照上的信用代码").fill(OTHER_CODE.lower())
    shown(page).get_by_role("button", name="核对", exact=True).click()
    expect(shown(page).get_by_role("status")).to_contain_text("与检查对象不同")
    shown(page).get_by_role("link", name="下一步").click()
    expect(shown(page).get_by_role("alert").filter(has_text="请先写明原因")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="到达")).to_be_visible()
    expect(page.locator("#state")).to_contain_text("已")
    shown(page).get_by_label("情况说明").fill(REASON)


def meet(page: Page, words: str) -> None:
    """Choose what was met at the door."""
    fold = shown(page).locator("details[data-shut]")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    shown(page).get_by_role("radio", name=words).check()


def has_steps(page: Page, *names: str) -> None:
    """The list shows these steps and no others, numbered from one."""
    page.goto(f"{page.url.partition('#')[0]}#list")
    titles = [f"{number} {name}" for number, name in enumerate(names, start=1)]
    expect(shown(page).locator("ol.tasklist li:visible strong")).to_have_text(titles)


def write_down_nobody(page: Page) -> None:
    """Two photos, an attempt of another day, what the neighbours said."""
    for name in ("门.jpg", "信箱.jpg"):
        file = {"name": name, "mimeType": "image/jpeg", "buffer": small_photo()}
        shown(page).get_by_label("从相册选").set_input_files(file)
    expect(shown(page).get_by_role("figure")).to_have_count(2)
    shown(page).get_by_role("button", name="增加一次联系").click()
    shown(page).get_by_label("日期").fill((clock.today() - timedelta(days=3)).isoformat())
    shown(page).get_by_label("方式").select_option(label="电话")
    shown(page).get_by_label("经过", exact=True).fill("登记的电话停机。")
    shown(page).get_by_label("邻居、物业等人员的说明").fill(STATEMENT)
    shown(page).get_by_label("说明人姓名、单位").fill("王某（示例），园区物业")
    expect(page.locator('[data-mark="entry/statement_by"]')).to_contain_text("已")
    expect(shown(page).locator("[data-written]")).to_contain_text("已")


def is_written_down(page: Page) -> None:
    """Everything of the shut door stands there."""
    expect(shown(page).get_by_label("经过", exact=True)).to_have_value("登记的电话停机。")
    expect(shown(page).get_by_label("方式")).to_have_value("telephone")
    expect(shown(page).get_by_label("邻居、物业等人员的说明")).to_have_value(STATEMENT)
    expect(shown(page).get_by_role("figure")).to_have_count(2)


def conclude_as_proposed(page: Page, category: str) -> None:
    """The result that fits is proposed already, others are not offered; the inspectors alone sign."""
    shown(page).get_by_role("link", name="下一步：结论").click()
    expect(shown(page).get_by_role("radio", name=category)).to_be_checked()
    expect(shown(page).get_by_role("radio", name="未发现问题")).to_be_hidden()
    shown(page).get_by_label("检查情况").fill("按规定核查，情况见记录。")
    shown(page).get_by_role("link", name="下一步：签字").click()


def sign(page: Page, team: tuple[str, ...], reads: str) -> None:
    """Both inspectors read what they sign, and sign on this phone."""
    shown(page).get_by_text("从头阅读全文").click()
    expect(shown(page).locator("[data-summary] details")).to_contain_text(reads)
    for place, name in enumerate(team):
        draw_name(page, f"{name} 的签名区")
        if place:
            shown(page).get_by_label(f"{name} 的口令").fill(PIN)
        shown(page).get_by_role("button", name=f"{name} 签字").click()
        expect(shown(page).get_by_text(f"{name} 已签字")).to_be_visible()
