"""The phone goes into the party's hands; a seal is to come; of two records one is closed while the other goes on."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from fieldapp import clock, db
from fieldapp.demo.people import PASSWORD
from fieldapp.visits.models import Visit
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ways import merge_at
from tests.walk import phone, signing
from tests.walk.conftest import TEAM, USERS
from tests.walk.people import People, in_words, row_of

pytestmark = [pytest.mark.browser, ON_SQLITE]
LOST = "net::ERR_"


def is_held(page: Page, title: str) -> None:
    """Only what was handed over is shown, and the page says whose turn it is."""
    expect(page.get_by_text("现在请当事人阅读、填写和签字。")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def take_back(page: Page, code: str) -> None:
    page.get_by_role("link", name="检查人员收回").click()
    phone.shown(page).get_by_label("口令（6 位数字）").fill(code)
    phone.shown(page).get_by_role("button", name="收回手机").click()


@pytest.mark.article("24")
def test_in_the_partys_hands_nothing_but_the_notice_can_be_reached(
    kit: Page, live: Live, complaints: list[str],
) -> None:
    address = kit.url.partition("#")[0]
    phone.shown(kit).get_by_role("button", name="交给当事人").click()
    is_held(kit, "告知")
    for place in ("list", "checks", "close", "team", "hand/../list"):
        kit.goto(f"{address}#{place}")
        is_held(kit, "告知")
    for elsewhere in ("/field/", "/visits", "/waiting"):
        kit.goto(elsewhere)
        kit.wait_for_url("**/field/k/**")
        is_held(kit, "告知")
    kit.go_back()
    kit.wait_for_url("**/field/k/**")
    is_held(kit, "告知")
    expect(kit.locator("#back")).to_be_hidden()
    live.path.cut()
    kit.reload()
    is_held(kit, "告知")
    kit.goto(f"{address}#notice")
    phone.shown(kit).get_by_label("签收人姓名").fill("李某（示例）")
    phone.draw_name(kit, "签收人签名区")
    kit.wait_for_timeout(600)
    kit.reload()
    is_held(kit, "告知")
    assert phone.shown(kit).get_by_label("签收人姓名").input_value() == "李某（示例）"
    expect(phone.shown(kit).locator("signature-field[data-signed]")).to_be_visible()
    phone.shown(kit).get_by_label("身份").select_option(label="现场负责人")
    phone.shown(kit).get_by_role("radio", name="不申请回避").check()
    phone.shown(kit).get_by_role("button", name="确认签收").click()
    expect(phone.shown(kit).get_by_text("李某（示例） 已签字")).to_be_visible()
    expect(phone.shown(kit).get_by_role("link", name="下一步")).to_be_hidden()
    take_back(kit, "000000")
    expect(phone.shown(kit).get_by_role("alert").filter(has_text="口令不对")).to_be_visible()
    take_back(kit, phone.PIN)
    expect(kit.get_by_text("现在请当事人阅读")).to_be_hidden()
    phone.step(kit, "4 现场检查")
    live.path.restore()
    complaints[:] = [one for one in complaints if LOST not in one]


@pytest.mark.article("24")
def test_without_a_pin_a_code_is_made_before_the_phone_leaves_the_hand(people: People) -> None:
    leader = people(USERS[0])
    leader.goto("/field/")
    phone.prepare_the_day(leader, row_of(leader, "14:00").get_by_role("strong").first.inner_text())
    leader.goto(f"{leader.url.partition('#')[0]}#notice")
    phone.shown(leader).get_by_role("button", name="交给当事人").click()
    here = phone.shown(leader)
    expect(here.get_by_text("检查组没有人设置口令")).to_be_visible()
    here.get_by_label("收回用的 6 位数字").fill("135790")
    here.get_by_label("再输入一次").fill("135791")
    here.get_by_role("button", name="交给当事人").click()
    expect(here.get_by_role("alert").filter(has_text="两次输入不一致")).to_be_visible()
    here.get_by_label("再输入一次").fill("135790")
    here.get_by_role("button", name="交给当事人").click()
    is_held(leader, "告知")
    for _ in range(5):
        take_back(leader, "000001")
        expect(phone.shown(leader).get_by_role("alert")).to_be_visible()
    leader.reload()
    take_back(leader, "135790")
    expect(phone.shown(leader).get_by_role("alert").filter(has_text="秒后再试")).to_be_visible()
    leader.context.clear_cookies()  # whoever was signed in need not be any more
    here = phone.shown(leader)
    here.get_by_text("忘记口令？").click()
    for password, said in (("falsch", "不是这次检查的成员"), (PASSWORD, "")):
        here.get_by_label("用户名或工号").fill(USERS[1])
        here.get_by_label("登录口令").fill(password)
        here.get_by_role("button", name="用账号收回手机").click()
        if said:
            expect(here.get_by_role("alert").filter(has_text=said)).to_be_visible()
    expect(leader.locator("body[data-held]")).to_have_count(0)
    expect(leader.get_by_role("heading", level=1, name="告知")).to_be_visible()


@pytest.mark.article("24")
def test_a_record_awaits_its_seal_and_is_signed_when_it_comes(kit: Page, people: People) -> None:
    phone.receive_notice(kit)
    phone.answer_checks(kit, phone.small_photo())
    phone.conclude(kit)
    here = phone.shown(kit)
    expect(here.locator("[data-fact='conclusion/order_number']")).to_contain_text("鲁科抽改〔")
    here.get_by_text("印章或签字人不在现场：待签章").click()
    here.get_by_role("radio", name="印章不在现场").check()
    here.get_by_label("原因").fill("公章在总部，次日送回。")
    here.get_by_label("签章期限").fill("9999-12-31")
    here.get_by_role("button", name="记为待签章").click()
    last = in_words(clock.today() + timedelta(days=30))
    expect(here.get_by_role("alert").filter(has_text=f"期限最迟到 {last}")).to_be_visible()
    here.get_by_label("签章期限").fill((clock.today() + timedelta(days=3)).isoformat())
    here.get_by_role("button", name="记为待签章").click()
    expect(phone.shown(kit).get_by_role("link", name="待签章，期限")).to_be_visible()
    phone.state_is(kit, "received")
    kit.goto(f"{kit.url.partition('#')[0]}#conclusion-{kit.locator('[data-order]').get_attribute('data-order')}")
    expect(phone.shown(kit).get_by_label("检查情况")).to_be_disabled()
    leader = people(USERS[0])
    leader.goto("/visits?own=1")
    expect(leader.get_by_role("main").get_by_text("待签章").first).to_be_visible()
    leader.goto("/field/")
    row_of(leader, "14:00").get_by_role("link").first.click()
    phone.ready(leader)
    phone.step(leader, "7 签字")
    expect(phone.shown(leader).get_by_text("公章在总部，次日送回。")).to_be_visible()
    signing.sign_as_entity(leader)
    signing.sign_as_team(leader, TEAM)
    what_the_record_shows_is_frozen(leader)
    signing.close(leader)
    phone.state_is(leader, "received")


def what_the_record_shows_is_frozen(page: Page) -> None:
    """Under the signatures nobody is asked anew where the team arrived, nor whether the party applies for recusal."""
    address = page.url
    page.goto(f"{address.partition('#')[0]}#arrive")
    for label in ("检查地点", "情况说明"):
        expect(phone.shown(page).get_by_label(label)).to_be_disabled()
    page.goto(f"{address.partition('#')[0]}#notice")
    expect(phone.shown(page).get_by_role("radio", name="不申请回避")).to_have_count(0)
    page.goto(address)


@pytest.fixture
def merged(demo_app: Flask) -> str:
    """A second task in the visit of 14:00: two records for one team."""
    return merge_at(14)


@pytest.mark.article("15", "24")
def test_two_records_of_one_visit_close_separately(merged: str, kit: Page) -> None:
    phone.receive_notice(kit)
    first, second = [part.get_attribute("data-vt") or "" for part in kit.locator("form[data-run=closeRecord]").all()]
    address = kit.url.partition("#")[0]
    finish(kit, address, first)
    close_one(kit, address, first)
    kit.goto(f"{address}#conclusion-{first}")
    expect(phone.shown(kit).get_by_label("检查情况")).to_be_disabled()
    kit.goto(f"{address}#conclusion-{second}")
    expect(phone.shown(kit).get_by_label("检查情况")).to_be_enabled()
    phone.state_is(kit, "received")
    finish(kit, address, second)
    close_one(kit, address, second)
    expect(kit.locator("[data-closed]")).to_be_visible()
    phone.state_is(kit, "received")
    with db.transaction(write=False):
        [visit] = [one for one in db.session.query(Visit).filter_by(state="closed") if len(one.visit_tasks) == 2]
        assert all(part.closed_at for part in visit.visit_tasks)
    db.session.remove()


def finish(page: Page, address: str, record: str) -> None:
    """Every check of one record, its category, the entity's and both inspectors' signatures."""
    for row in page.locator(f"li[data-check^='r/{record}/']").all():
        page.goto(f"{address}{row.locator('a').get_attribute('href')}")
        phone.shown(page).get_by_role("radio", name="符合", exact=True).check()
    page.goto(f"{address}#conclusion-{record}")
    phone.shown(page).get_by_role("radio", name="未发现问题").check()
    page.goto(f"{address}#sign-{record}")
    here = phone.shown(page)
    here.get_by_role("radio", name="属实").check()
    here.get_by_label("签字人姓名").fill("李某（示例）")
    here.get_by_label("身份").select_option(label="负责人")
    phone.draw_name(page, "签名区")
    here.get_by_role("button", name="确认签字").click()
    signing.sign_as_team(page, TEAM)


def close_one(page: Page, address: str, record: str) -> None:
    page.goto(f"{address}#close")
    page.locator(f"form[data-run=closeRecord][data-vt='{record}'] button").click()
    expect(page.locator(f"[data-ended='{record}']")).to_be_visible()
