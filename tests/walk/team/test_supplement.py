"""The team changes while the visit is under way: the entity is told who comes now, and signs for it on the kit's page."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.desk.tasks import read_work_plan
from tests.walk.people import People, due_today, open_waiting, row_of, user_names
from tests.walk.phone import draw_name

pytestmark = [pytest.mark.browser, ON_SQLITE, pytest.mark.article("17", "18")]


def replace(people: People, address: str, name: str, leaving: str) -> str:
    """The division's officer asks for a substitute, its head consents; the platform that drew the task has drawn another,
    whose name this gives.
    """
    officer, head = people("nongcun-jingban"), people("nongcun-chuzhang")
    officer.goto(address)
    officer.get_by_role("link", name="申请回避或者更换").click()
    officer.get_by_role("group", name="要更换的成员").get_by_label(leaving).check()
    officer.get_by_role("radio", name="身体健康状况").check()
    officer.get_by_label("理由").fill("住院")
    officer.get_by_role("button", name="报请同意").click()
    open_waiting(head, "更换检查人员", name)
    head.get_by_role("button", name="同意", exact=True).click()
    expect(head.get_by_role("status").filter(has_text="待录入递补人员")).to_be_visible()
    open_waiting(officer, "没有可递补的检查人员", name)
    drawn = officer.get_by_label("抽中的递补人员")
    drawn.select_option(index=1)
    coming = drawn.locator("option").nth(1).inner_text().partition("（")[0]
    officer.get_by_label("编号").fill("递补 2026-3")
    officer.get_by_role("button", name="录入").click()
    expect(officer.get_by_role("status").filter(has_text="已递补")).to_be_visible()
    return coming


def open_anew(phone: Phone) -> Page:
    """The day is prepared, or prepared again; everybody of the team is there."""
    phone.page.goto("/field/")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name=re.compile("^(准备今天的检查|重新准备)")).click()
    expect(row_of(phone.page, phone.name).get_by_text("● 已存本机")).to_be_visible(timeout=20_000)
    phone.open_kit()
    phone.bring_everybody()
    return phone.page


def test_the_entity_signs_for_the_notice_of_changed_inspectors(live: Live, people: People) -> None:
    page = people(due_today()[0][0])
    page.goto("/field/")
    phone = Phone(page, row_of(page, "14:00").get_by_role("strong").first.inner_text())
    open_anew(phone)
    expect(page.locator("#state[data-unsent='0']")).to_be_visible(timeout=20_000)
    visit, leaving = phone.run("return [data.visit, data.members.find((one) => one.id !== data.person.id).name];")
    coming = replace(people, f"/visits/{visit}", phone.name, leaving)
    read_work_plan(people(user_names()[coming]), "")
    page = open_anew(phone)
    page.get_by_role("link", name=re.compile("检查人员变更")).click()
    told = page.locator("#changed-1")
    expect(told.get_by_role("heading", name="新参加检查")).to_be_visible()
    expect(told).to_contain_text(leaving)
    told.get_by_label("签收人姓名").fill("李某")
    told.get_by_label("身份").select_option("负责人")
    draw_name(page, "签收人签名区")
    told.get_by_role("button", name="确认签收").click()
    expect(page.get_by_role("listitem").filter(has_text="检查人员变更").get_by_text("已完成")).to_be_visible()
    expect(page.locator("#state[data-unsent='0']")).to_be_visible(timeout=20_000)
    signed = sa.text("SELECT count(*) FROM record_event WHERE kind = 'sign' AND path LIKE 'supplement/%' AND digest_fits")
    with sa.create_engine(live.database_url).connect() as connection:
        assert connection.scalar(signed) == 1
