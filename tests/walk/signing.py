"""The end of a visit on the phone: signatures or a refusal, closing, and what the server then has."""

import re

from playwright.sync_api import Page, expect

from tests.walk.people import fact
from tests.walk.phone import PIN, draw_name, read_code, shown, state_is

WORDS, EXPLANATION = "法定代表人出差，我不能签。", "已向在场人员宣读记录，其拒绝签字。"


def sign_as_entity(page: Page, counts: str = "不符合 1 项，照片 1 张") -> None:
    """The representative says that the record is true, and signs with name and capacity."""
    _say_it_is_true(page, counts)
    draw_name(page, "签名区")
    shown(page).get_by_role("button", name="确认签字").click()


def seal_as_entity(page: Page, photo: bytes) -> None:
    """Instead of a signature a photo of the paper with the seal; without either nothing is confirmed."""
    _say_it_is_true(page, "不符合 1 项，照片 1 张")
    here = shown(page)
    here.get_by_role("button", name="确认签字").click()
    expect(here.get_by_role("alert").filter(has_text="请签名，或在“盖章、代签或其他方式”中选择其他方式")).to_be_visible()
    here.get_by_text("盖章、代签或其他方式", exact=True).click()
    others = here.get_by_role("group").filter(has_text="以盖章确认").last
    others.get_by_label("从相册选").set_input_files({"name": "盖章页.jpg", "mimeType": "image/jpeg", "buffer": photo})
    expect(others.get_by_role("figure")).to_have_count(1)
    here.get_by_role("button", name="确认签字").click()


def _say_it_is_true(page: Page, counts: str) -> None:
    here = shown(page)
    expect(here.locator("[data-fact=counts]")).to_contain_text(counts)
    here.get_by_role("radio", name="属实").check()
    here.get_by_label("签字人姓名").fill("李某（示例）")
    here.get_by_label("身份").select_option(label="其他授权人员")


def refuse_to_sign(page: Page) -> None:
    """The representative refuses; the inspectors write why, and somebody else has seen it."""
    shown(page).get_by_role("link", name="拒绝签字").click()
    shown(page).get_by_role("button", name="注明拒签").click()
    expect(shown(page).get_by_role("alert").filter(has_text="请填写执法检查人员的说明")).to_be_visible()
    shown(page).get_by_label("当事人的说法").fill(WORDS)
    shown(page).get_by_label("执法检查人员的说明").fill(EXPLANATION)
    shown(page).get_by_label("见证人姓名").fill("孙某（示例）")
    shown(page).get_by_label("见证人单位或住址").fill("园区物业（示例）")
    shown(page).get_by_role("button", name="注明拒签").click()


def sign_as_team(page: Page, team: tuple[str, ...]) -> str:
    """Both inspectors sign on this phone, the colleague with the PIN; gives the short code that stands above."""
    expect(page.get_by_role("heading", level=1, name="执法检查人员签字")).to_be_visible()
    for place, name in enumerate(team):
        draw_name(page, f"{name} 的签名区")
        if place:
            shown(page).get_by_label(f"{name} 的口令").fill(PIN)
        shown(page).get_by_role("button", name=f"{name} 签字").click()
        expect(shown(page).get_by_text(f"{name} 已签字")).to_be_visible()
    return shown(page).locator("[data-fact=code]").inner_text()


def close(page: Page) -> str:
    """Close the visit; gives the address of the entity's copy, read from its code."""
    shown(page).get_by_role("link", name="下一步：检查结束").click()
    shown(page).get_by_role("button", name="结束现场检查").click()
    expect(shown(page).get_by_text("现场检查已结束")).to_be_visible()
    shown(page).get_by_role("link", name="出示副本", exact=True).click()
    copy = read_code(shown(page))
    page.go_back()
    return copy


def holds_everything(page: Page) -> int:
    """Without a network: all is on this phone, nothing received; gives how many operations there are."""
    state_is(page, "wait", "已存本机", "未连网")
    line = page.locator("#state")
    assert line.get_attribute("data-received") == "0"
    unsent = int(line.get_attribute("data-unsent") or 0)
    expect(shown(page).get_by_text(f"还差 {unsent} 件")).to_be_visible()
    return unsent


def everything_arrives(page: Page, count: int | None = None, photos: int = 1) -> None:
    """With a network again: each operation arrives once, as many as the phone made, the photos among them."""
    page.locator("#state").click()
    state_is(page, "received", "已收到 第")
    expect(page.locator("#state")).to_have_attribute("data-unsent", "0")
    received = int(page.locator("#state").get_attribute("data-received") or 0)
    assert count in {None, received}
    expect(shown(page).get_by_text("没有遗漏")).to_be_visible()
    shown(page).get_by_role("link", name="服务器的收讫清单").click()
    assert fact(page, "已收到") == f"{received} 项，照片 {photos} 张"
    assert re.fullmatch(r"第 \d+ 号 · .+", fact(page, "最后一号"))
    expect(page.get_by_text("没有需要处理的事项。")).to_be_visible()
