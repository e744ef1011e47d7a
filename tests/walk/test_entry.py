"""Visits that go another way, in a real browser at 360 × 740, by what people see."""

import sqlite3
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from fieldapp import clock
from tests.live import Live
from tests.walk import doors, phone
from tests.walk.own.test_own_phone import draw, is_for_everybody
from tests.walk.people import People, due_today, forgive, in_words, open_waiting, row_of

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("databases", ["sqlite"], indirect=True)]
LOST = "net::ERR_"
HERE = {"latitude": 36.6512, "longitude": 117.1201, "accuracy": 15}


def prepared(people: People, hour: str) -> tuple[Page, tuple[str, ...]]:
    """The first inspector's phone with the visit of that hour, where the phone says where it is; the team's names."""
    due = due_today()
    first, second = (people(user_name) for user_name, _ in due)
    first.context.grant_permissions(["geolocation"])
    first.context.set_geolocation(HERE)
    phone.set_pin(second)
    phone.set_pin(first)
    first.goto("/field/")
    phone.prepare_the_day(first, row_of(first, hour).get_by_role("strong").first.inner_text())
    return first, tuple(name for _, name in due)


def close(page: Page) -> None:
    phone.shown(page).get_by_role("link", name="下一步：检查结束").click()
    phone.shown(page).get_by_role("button", name="结束现场检查").click()
    expect(phone.shown(page).get_by_text("现场检查已结束")).to_be_visible()


def by_method(live: Live, method: str) -> None:
    """All visits of today are held by another method."""
    with sqlite3.connect(live.database_url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE visit SET method = ? WHERE state = 'approved'", (method,))
    database.close()


@pytest.mark.article("23", "24")
def test_without_a_network_a_shut_door_is_written_down_and_signed_by_the_inspectors(
        live: Live, people: People, complaints: list[str]) -> None:
    page, team = prepared(people, "14:00")
    doors.has_steps(page, "到达", "人员核验", "告知", "现场检查", "取证", "结论", "签字", "检查结束")
    live.path.cut()
    page.reload()
    phone.ready(page)
    doors.come(page, team[1])
    expect(phone.shown(page).get_by_text("已记录位置，精度 ±15 米")).to_be_visible()
    doors.explain(page)
    doors.meet(page, "无人在场")
    doors.has_steps(page, "到达", "现场情况", "结论", "签字", "检查结束")
    phone.step(page, "1 到达")
    phone.shown(page).get_by_role("link", name="下一步").click()
    doors.write_down_nobody(page)
    page.reload()
    phone.ready(page)
    doors.is_written_down(page)
    doors.conclude_as_proposed(page, "通过登记的住所")
    doors.sign(page, team, "电话 · 登记的电话停机。")
    close(page)
    live.path.restore()
    page.locator("#state").click()
    phone.state_is(page, "received", "已收到 第")
    name = page.locator("#kit").get_attribute("data-object") or ""
    open_waiting(page, "组长审核", name)
    for words in (doors.STATEMENT, doors.REASON, "登记的电话停机。", "无人在场，无法联系"):
        expect(page.get_by_role("main")).to_contain_text(words)
    expect(page.get_by_role("img", name="门前照片")).to_have_count(2)
    complaints[:] = [one for one in complaints if LOST not in one]


@pytest.mark.article("23", "24")
def test_a_refused_entry_has_its_own_way_and_back_again(live: Live, people: People) -> None:
    page, team = prepared(people, "16:00")
    doors.come(page, team[1])
    phone.shown(page).get_by_label("情况说明").fill(doors.REASON)
    doors.meet(page, "拒绝检查")
    doors.has_steps(page, "到达", "人员核验", "告知", "现场情况", "取证", "结论", "签字", "检查结束")
    page.goto(f"{page.url.partition('#')[0]}#checks")
    expect(page.get_by_role("heading", level=1, name="现场情况")).to_be_visible()
    phone.step(page, "8 检查结束")
    expect(phone.shown(page).get_by_role("link", name="没有执法检查人员的说明")).to_be_visible()
    phone.step(page, "1 到达")
    doors.meet(page, "见到单位人员")
    phone.step(page, "6 结论")
    expect(phone.shown(page).get_by_role("radio", checked=True)).to_have_count(0)
    phone.step(page, "1 到达")
    doors.meet(page, "拒绝检查")
    phone.step(page, "4 现场情况")
    phone.shown(page).get_by_label("执法检查人员的说明").fill("出示证件并告知后果后，仍不让进门。")
    doors.conclude_as_proposed(page, "不配合检查情节严重")
    doors.sign(page, team, "出示证件并告知后果后")
    close(page)
    phone.state_is(page, "received", "已收到 第")


@pytest.mark.article("21", "24")
def test_a_stay_without_a_phone_is_entered_afterwards(live: Live, people: People) -> None:
    page, team = prepared(people, "16:00")
    doors.come(page, team[1])
    page.goto(f"{page.url.partition('#')[0]}#zones")
    phone.shown(page).get_by_role("button", name="现在进入").click()
    phone.shown(page).get_by_label("区域", exact=True).fill("防爆车间")
    written = phone.shown(page).locator("[data-written]")
    expect(written).to_contain_text("已")
    page.reload()
    phone.ready(page)
    phone.shown(page).get_by_role("button", name="现在离开").click()
    phone.shown(page).get_by_label("事后补记").fill("温度 21 ℃，压差 12 Pa。")
    expect(written).to_contain_text("已")
    phone.shown(page).get_by_text("在这里检查、出来后补填的检查项").click()
    phone.shown(page).get_by_role("checkbox").first.check()
    phone.state_is(page, "received")
    page.reload()
    phone.ready(page)
    expect(phone.shown(page).get_by_label("区域", exact=True)).to_have_value("防爆车间")
    expect(phone.shown(page).get_by_label("离开时间")).not_to_have_value("")
    phone.shown(page).get_by_text("在这里检查、出来后补填的检查项").click()
    expect(phone.shown(page).get_by_role("checkbox").first).to_be_checked()


@pytest.mark.article("22")
def test_a_written_inspection_is_served_and_answered_by_a_link(
        live: Live, people: People, complaints: list[str]) -> None:
    by_method(live, "written")
    page, team = prepared(people, "16:00")
    doors.has_steps(page, "书面要求和答复", "逐项核对", "取证", "结论", "签字", "检查结束")
    phone.step(page, "1 书面要求和答复")
    phone.shown(page).get_by_role("button", name="发出要求").click()
    expect(phone.shown(page).get_by_role("alert").filter(has_text="请先写明")).to_be_visible()
    phone.shown(page).get_by_label("请单位提供什么").fill("2026 年实验动物购入台账。")
    phone.shown(page).get_by_label("答复期限").fill("2099-12-31")
    phone.shown(page).get_by_role("button", name="发出要求").click()
    expect(phone.shown(page).get_by_text("发出", exact=False).filter(has_text="已于")).to_be_visible()
    phone.state_is(page, "received")
    entity = people.stranger()
    entity.goto(phone.read_code(phone.shown(page)))
    expect(entity.get_by_text("2026 年实验动物购入台账。")).to_be_visible()
    entity.get_by_label("填写人姓名").fill("李某（示例）")
    entity.get_by_label("答复和说明").fill("台账已另行寄出。")
    entity.get_by_label("附件").set_input_files({"name": "台账.jpg", "mimeType": "image/jpeg", "buffer": phone.small_photo()})
    entity.get_by_role("button", name="提交答复").click()
    expect(entity.get_by_role("heading", name="已收到贵单位的")).to_be_visible()
    page.reload()
    phone.ready(page)
    expect(phone.shown(page).get_by_text("台账已另行寄出。")).to_be_visible()
    expect(phone.shown(page).get_by_role("link", name="台账.jpg")).to_be_visible()
    answer_all(page)
    phone.shown(page).get_by_role("link", name="下一步：结论").click()
    phone.shown(page).get_by_role("radio", name="未发现问题").check()
    phone.shown(page).get_by_role("link", name="下一步：签字").click()
    is_served(live, page, complaints)
    is_signed_by_its_link(page, entity)
    phone.shown(page).get_by_role("link", name="李某（示例） 已签字").click()
    phone.shown(page).get_by_role("link", name="下一步：执法检查人员签字").click()
    doors.sign(page, team, "2026 年实验动物购入台账。")
    close(page)
    phone.state_is(page, "received", "已收到 第")
    open_waiting(page, "组长审核", page.locator("#kit").get_attribute("data-object") or "")
    expect(page.get_by_role("img", name="台账.jpg")).to_be_visible()
    expect(page.get_by_text("在单位自己的手机上签认")).to_be_visible()


def is_served(live: Live, page: Page, complaints: list[str]) -> None:
    """The record is served until a day, not later than it may be, and the link made anew."""
    phone.shown(page).get_by_role("link", name="送达签字链接").click()
    until = (clock.today() + timedelta(days=10)).isoformat()
    phone.shown(page).get_by_label("签字期限").fill(until)
    phone.shown(page).get_by_label("送达方式和接收人").fill("短信发给李某（示例）")
    phone.shown(page).get_by_role("button", name="送达记录并生成链接").click()
    expect(phone.shown(page).get_by_text(f"{in_words(clock.today() + timedelta(days=10))} 当天结束前有效")).to_be_visible()
    is_not_served_longer(page, until)
    is_told_why_not(live, page)
    forgive(complaints, "422")


def is_not_served_longer(page: Page, until: str) -> None:
    """Five days later the last day is still reckoned from when the record was first served."""
    last = in_words(clock.today() + timedelta(days=30))
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 5 * 864e5; Date.back = () => { Date.now = now; }; }")
    phone.shown(page).get_by_label("签字期限").fill((clock.today() + timedelta(days=31)).isoformat())
    phone.shown(page).get_by_role("button", name="重新生成").click()
    expect(phone.shown(page).get_by_role("alert")).to_have_text(f"期限最迟到 {last}。")
    page.evaluate("() => Date.back()")
    phone.shown(page).get_by_label("签字期限").fill(until)


def is_told_why_not(live: Live, page: Page) -> None:
    """Where the server refuses the link the phone shows the server's own sentence; once it may be, the link is made anew."""
    again, alert = phone.shown(page).get_by_role("button", name="重新生成"), phone.shown(page).locator("form [role=alert]")
    lead(live, "CURRENT_TIMESTAMP")
    again.click()
    expect(alert).to_have_text("尚未确定组长")
    lead(live, "NULL")
    again.click()
    expect(phone.shown(page).get_by_role("img").first).to_be_visible()
    expect(alert).to_be_hidden()


def lead(live: Live, until: str) -> None:
    """Until when those who lead lead."""
    with sqlite3.connect(live.database_url.removeprefix("sqlite:///")) as database:
        database.execute(f"UPDATE leader_appointment SET ended_at = {until}")
    database.close()


def is_signed_by_its_link(page: Page, entity: Page) -> None:
    """Who holds the link reads the record and signs by finger, and the kit learns of it."""
    entity.goto(phone.read_code(phone.shown(page)))
    is_for_everybody(entity)
    entity.get_by_role("button", name="打开").click()
    expect(entity.get_by_text("这次检查没有人到现场")).to_be_visible()
    is_for_everybody(entity)
    entity.get_by_role("link", name="检查记录：").click()
    entity.get_by_role("radio", name="属实").check()
    entity.get_by_label("签字人姓名").fill("李某（示例）")
    entity.get_by_label("身份").select_option(label="其他授权人员")
    entity.get_by_role("button", name="下一步：签字").click()
    is_for_everybody(entity)
    draw(entity)
    entity.get_by_role("button", name="确认签字").click()
    expect(entity.get_by_text("已签字")).to_be_visible()
    page.locator("#state").click()


@pytest.mark.article("22")
def test_an_online_inspection_keeps_addresses_and_screenshots(live: Live, people: People) -> None:
    by_method(live, "online")
    page, _team = prepared(people, "16:00")
    phone.step(page, "1 网页记录")
    phone.shown(page).get_by_role("button", name="增加一个网页").click()
    phone.shown(page).get_by_label("网址").fill("https://example.cn/gongshi")
    phone.shown(page).get_by_label("看到的内容").fill("公示栏没有许可证编号。")
    file = {"name": "截图.jpg", "mimeType": "image/jpeg", "buffer": phone.small_photo()}
    phone.shown(page).get_by_label("从相册选").set_input_files(file)
    expect(phone.shown(page).get_by_role("figure")).to_have_count(1)
    phone.state_is(page, "received")
    page.reload()
    phone.ready(page)
    expect(phone.shown(page).get_by_label("网址")).to_have_value("https://example.cn/gongshi")
    expect(phone.shown(page).get_by_role("figure")).to_have_count(1)
    expect(phone.shown(page).get_by_label("看到的时间")).not_to_have_value("")


def answer_all(page: Page) -> None:
    """Every check complies."""
    phone.shown(page).get_by_role("link", name="下一步：逐项核对").click()
    for check in phone.each_check(page):
        check.get_by_role("radio", name="符合", exact=True).check()
