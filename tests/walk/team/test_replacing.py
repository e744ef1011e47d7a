"""A team stays lawful: a recused inspector, a substitute, a swap, a pool without anybody, at 360 × 740."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.walk.desk import drawing
from tests.walk.people import People, forgive, open_waiting, row_of, user_names

pytestmark = [pytest.mark.browser, ON_SQLITE, pytest.mark.article("17", "18")]
REFUSED = "422 (UNPROCESSABLE ENTITY)"  # what is refused on purpose, and read on the page
TASK = "实验动物许可监督检查（第一批）"


@pytest.fixture
def officer(people: People, complaints: list[str]) -> Page:
    """The division's officer, before the list of the visits that the draw has just brought."""
    page, legal = people("nongcun-jingban"), people("fagui")
    page.goto("/tasks")
    row_of(page, TASK).get_by_role("link").click()
    address = drawing.freeze(page, page.url, ("农村科技处 蒋经办", "法规处 周法规"))
    forgive(complaints, REFUSED)
    drawing.make_seed((page, legal), address)
    page.goto(address)
    page.get_by_role("button", name="抽取检查对象").click()
    page.get_by_role("button", name="匹配执法检查人员").click()
    page.get_by_role("button", name="生成检查任务，报送法规处").click()
    expect(row_of(page, "待约定时间").first).to_be_visible()
    return page


def open_visit(officer: Page, place: int) -> tuple[str, str]:
    """Open one of the visits; its address and its object's name."""
    officer.goto(officer.url)
    links = row_of(officer, "待约定时间").get_by_role("link")
    address = links.nth(place).get_attribute("href") or ""
    officer.goto(address)
    return address, officer.get_by_role("heading", level=1).inner_text()


def team(page: Page, address: str) -> list[str]:
    """The names of those who sit on a visit's team."""
    page.goto(address)
    members = page.get_by_role("region", name="检查组").get_by_role("listitem")
    return [member.get_by_role("strong").inner_text() for member in members.all()]


def apply(member: Page, address: str, interest: str, text: str) -> None:
    """A member applies for recusal; without saying why it is refused."""
    member.goto(address)
    member.get_by_role("link", name="申请回避或者更换").click()
    form = member.get_by_role("region").or_(member.locator("section")).filter(has_text="利害关系").first
    form.get_by_role("radio", name=interest).check()
    form.get_by_label("具体情况").fill(text)
    form.get_by_role("button", name="申请回避").click()
    expect(member.get_by_role("heading", level=1, name="回避申请")).to_be_visible()
    expect(member.get_by_role("status").filter(has_text="待决定")).to_be_visible()


def test_a_recused_inspector_is_replaced_by_whom_the_next_code_draws(
        people: People, officer: Page, complaints: list[str]) -> None:
    address, name = open_visit(officer, 0)
    first, second = team(officer, address)[:2]
    apply(people(user_names()[second]), address, "曾在其任职", "2024 年以前任该单位技术顾问")
    head = people("nongcun-chuzhang")
    open_waiting(head, "回避申请", name)
    expect(head.get_by_text("2024 年以前任该单位技术顾问")).to_be_visible()
    head.get_by_role("button", name="不同意").click()
    expect(head.get_by_role("alert").filter(has_text="须写明意见").first).to_be_visible()
    head.get_by_role("button", name="同意回避").click()
    expect(head.get_by_text(re.compile(f"第 1 次递补抽取：{second} 退出，抽中 "))).to_be_visible()
    now = team(officer, address)
    assert (now[0], second in now, len(now)) == (first, False, 2)
    expect(officer.get_by_text(f"更换 {second}")).to_be_visible()
    forgive(complaints, REFUSED)


def test_two_members_swap_their_objects(live: Live, people: People, officer: Page) -> None:
    address, name = open_visit(officer, 0)
    leaving = team(officer, address)[1]
    apply(people(user_names()[leaving]), address, "与其负责人有亲属关系", "负责人是我的表兄")
    head = people("nongcun-chuzhang")
    open_waiting(head, "回避申请", name)
    head.get_by_role("radio", name="与其他检查组对调检查对象").check()
    choice = head.get_by_label("与谁对调")
    coming = choice.locator("option").nth(1).inner_text().partition(" · ")[0]
    choice.select_option(index=1)
    head.get_by_role("button", name="同意回避").click()
    expect(head.get_by_role("status").filter(has_text="同意")).to_be_visible()
    now = team(officer, address)
    assert (leaving in now, coming in now) == (False, True)
    seat = "SELECT m.visit_id FROM team_member m JOIN inspector i ON i.id = m.inspector_id WHERE i.name = "
    left = f"{seat} :coming AND m.left_at IS NOT NULL"
    took_its_place = sa.text(f"{seat} :leaving AND m.left_at IS NULL AND m.visit_id IN ({left})")
    with sa.create_engine(live.database_url).connect() as connection:
        assert len(connection.execute(took_its_place, {"leaving": leaving, "coming": coming}).all()) == 1


def test_a_pool_without_anybody_is_said_with_ways_out_and_drawn_again_when_somebody_is_there(
        live: Live, people: People, officer: Page) -> None:
    address, name = open_visit(officer, 0)
    stays, leaves = team(officer, address)[:2]
    database = sa.create_engine(live.database_url)
    with database.begin() as connection:
        kept = connection.execute(sa.text("SELECT id, certificate_until FROM inspector WHERE name NOT IN (:a, :b)"),
                                  {"a": stays, "b": leaves}).all()
        connection.execute(sa.text("UPDATE inspector SET certificate_until = '2020-01-01' WHERE name NOT IN (:a, :b)"),
                           {"a": stays, "b": leaves})
    officer.goto(address)
    officer.get_by_role("link", name="申请回避或者更换").click()
    officer.get_by_role("group", name="要更换的成员").get_by_label(leaves).check()
    officer.get_by_role("radio", name="身体健康状况").check()
    officer.get_by_label("理由").fill("住院")
    officer.get_by_role("button", name="报请同意").click()
    head, legal = people("nongcun-chuzhang"), people("fagui")
    open_waiting(head, "更换检查人员", name)
    head.get_by_role("button", name="同意", exact=True).click()
    expect(head.get_by_role("status").filter(has_text="没有可递补的人员")).to_be_visible()
    expect(head.get_by_role("heading", name="可以这样办")).to_be_visible()
    assert team(officer, address) == [stays]
    with database.begin() as connection:
        for row in kept:
            connection.execute(sa.text("UPDATE inspector SET certificate_until = :until WHERE id = :id"),
                               {"until": row.certificate_until, "id": row.id})
    open_waiting(legal, "没有可递补的检查人员", name)
    legal.get_by_role("button", name="再次抽取递补人员").click()
    expect(legal.get_by_role("status").filter(has_text="已递补")).to_be_visible()
    assert len(team(officer, address)) == 2
