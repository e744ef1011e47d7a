"""Two browsers: the inspector shows a code, and the entity answers on its own phone: refuses, objects, signs."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.test_reach import unfolded
from tests.walk import phone, signing
from tests.walk.conftest import TEAM
from tests.walk.people import People, forgive

pytestmark = [pytest.mark.browser, ON_SQLITE]
WORDS, OBJECTION = "告知书要先给公司法务看。", "台账在总部，当日已电话说明。"


def offer(kit: Page) -> tuple[str, str]:
    """The inspector's phone shows code and digits; gives what a camera and an ear take from it."""
    phone.shown(kit).get_by_role("link", name="用当事人的手机").click()
    here = phone.shown(kit)
    with kit.expect_request("**/signing-links") as asked:
        here.get_by_role("button", name="生成").click()
    assert re.fullmatch(r"[0-9a-f]{32}", asked.value.post_data_json["dev"])
    expect(here.locator("[data-code]")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    return phone.read_code(here), here.locator("[data-code]").inner_text()


def without_a_network(kit: Page, live: Live, complaints: list[str]) -> None:
    """Nothing can be offered, which the page says with the way that is left; nothing is lost."""
    phone.shown(kit).get_by_role("link", name="用当事人的手机").click()
    live.path.cut()
    phone.shown(kit).get_by_role("button", name="生成二维码和现场码").click()
    expect(phone.shown(kit).get_by_role("alert")).to_contain_text("请当事人在本机阅读和签字")
    live.path.restore()
    kit.go_back()
    forgive(complaints, "net::ERR_")


def is_for_everybody(entity: Page) -> None:
    """Axe finds nothing in light and in dark, and nothing scrolls sideways, with all that is folded away."""
    for scheme in ("dark", "light"):
        entity.emulate_media(color_scheme=scheme)
        assert unfolded(entity) == []


def open_link(entity: Page, address: str, code: str) -> None:
    entity.goto(address)
    assert "#" not in entity.url
    is_for_everybody(entity)
    entity.get_by_label("现场码").fill(code)
    entity.get_by_role("button", name="打开").click()
    expect(entity.get_by_role("heading", level=1, name="本次抽查检查")).to_be_visible()


def draw(entity: Page) -> None:
    pad = entity.get_by_role("img", name="签名区，请用手指书写")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    entity.mouse.move(box["x"] + 40, box["y"] + 60)
    entity.mouse.down()
    entity.mouse.move(box["x"] + 150, box["y"] + 90, steps=5)
    entity.mouse.move(box["x"] + 260, box["y"] + 40, steps=5)
    entity.mouse.up()


def refuse_notice(entity: Page) -> None:
    entity.get_by_role("link", name="不签收").click()
    is_for_everybody(entity)
    entity.get_by_label("您想说的").fill(WORDS)
    entity.get_by_role("button", name="确认不签字").click()
    expect(entity.get_by_text("您已表示不签收")).to_be_visible()


def explain(kit: Page) -> None:
    """The inspectors find the entity's words where they explain the refusal."""
    phone.shown(kit).get_by_role("link", name="抽查告知书 在自己手机上表示不签字").click()
    here = phone.shown(kit)
    expect(here.get_by_label("当事人的说法")).to_have_value(WORDS)
    here.get_by_label("执法检查人员的说明").fill("已当面宣读告知书。")
    here.get_by_role("button", name="注明拒签").click()


def object_and_sign(entity: Page) -> str:
    """Read the record, object to it in words, sign by finger; gives the short code that stood above."""
    entity.get_by_role("link", name="检查记录：").click()
    expect(entity.get_by_text(phone.FAULT)).to_be_visible()
    signed, beside = entity.get_by_role("article"), entity.locator(".beside")
    expect(signed.get_by_role("term")).to_contain_text(["编号", "地址", "任务编号", "到场检查人员", "到达地点", "校验码"])
    for name in ("时间", "工作方案"):
        expect(beside.get_by_role("term").filter(has_text=name)).to_be_visible()
        expect(signed.get_by_role("term").filter(has_text=name)).to_have_count(0)
    is_for_everybody(entity)
    entity.get_by_role("radio", name="有异议").check()
    entity.get_by_label("异议内容").fill(OBJECTION)
    entity.get_by_label("签字人姓名").fill("李某（示例）")
    entity.get_by_label("身份").select_option(label="其他授权人员")
    entity.get_by_role("button", name="下一步：签字").click()
    expect(entity.get_by_text(OBJECTION).first).to_be_visible()
    code = entity.locator("#shown-code").inner_text()
    is_for_everybody(entity)
    draw(entity)
    entity.get_by_role("button", name="确认签字").click()
    expect(entity.get_by_text("已签字")).to_be_visible()
    return code


def reads_as_a_person_does(kit: Page) -> None:
    """The whole record above the signature: each thing under its name, each check under its number once, days in words."""
    here = phone.shown(kit)
    for name, words in (("到场检查人员", TEAM[0]), ("检查地点", "厂区东门"), ("情况说明", "按约定时间到达。")):
        expect(here.locator("[data-attended] dt", has_text=name).locator("xpath=following-sibling::dd[1]")).to_contain_text(words)
    expect(here.locator("ol.read li").first).not_to_have_text(re.compile(r"^\d"))
    expect(here.locator("[data-fact='conclusion/order_until']")).to_have_text(re.compile(r"^\d{4}年\d+月\d+日$"))


@pytest.mark.article("23", "24")
def test_the_entity_answers_on_its_own_phone_and_the_inspectors_phone_learns_of_it(
        kit: Page, people: People, live: Live, complaints: list[str]) -> None:
    without_a_network(kit, live, complaints)
    entity, home = people.stranger(), kit.url.partition("#")[0]
    open_link(entity, *offer(kit))
    for name in TEAM:
        expect(entity.get_by_role("img", name=f"{name} 的照片")).to_be_visible()
    expect(entity.get_by_text("核验通过")).to_have_count(2)
    is_for_everybody(entity)
    entity.get_by_role("link", name="抽查告知书").click()
    is_for_everybody(entity)
    refuse_notice(entity)
    explain(kit)
    phone.answer_checks(kit, phone.small_photo())
    phone.conclude(kit)
    reads_as_a_person_does(kit)
    open_link(entity, *offer(kit))
    expect(entity.get_by_text("已注明拒收")).to_be_visible()
    code = object_and_sign(entity)
    expect(phone.shown(kit).get_by_role("link", name="李某（示例） 已签字")).to_be_visible()
    kit.goto(f"{home}#team-{kit.locator('form[data-sign=entity][data-vt]').get_attribute('data-vt')}")
    assert signing.sign_as_team(kit, TEAM) == code
    copy = signing.close(kit)
    phone.state_is(kit, "received")
    entity.goto(copy)
    entity.get_by_role("link", name=re.compile("^鲁科抽记〔")).click()
    expect(entity.get_by_role("main")).to_contain_text(OBJECTION)
    expect(entity.get_by_role("img", name="李某（示例） 的签名")).to_be_visible()
