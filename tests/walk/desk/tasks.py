"""A task from the plan: set up by an officer, approved by the head, with a work plan that the teams read."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from fieldapp import clock
from tests.walk.desk.directories import CITY, ITEM, SIZE
from tests.walk.people import agree, disagree, open_waiting, row_of, state

NAME, REMARK = "枣庄中型企业监督检查", "请先与市局核对名录。"


def set_up_task(officer: Page) -> str:
    """Directed by size and city; the pool's size is shown. Gives the task's address."""
    officer.goto("/tasks/new")
    row_of(officer, ITEM).get_by_role("link").click()
    officer.get_by_label("任务名称").fill(NAME)
    officer.get_by_label("定向：按条件抽取").check()
    officer.get_by_text("定向条件", exact=True).click()
    officer.get_by_label(SIZE, exact=True).check()
    officer.get_by_label(CITY, exact=True).check()
    expect(officer.get_by_text("符合条件 24 户，应抽 2 户")).to_be_visible()
    today = clock.today()
    officer.get_by_label("开始日期").fill(today.isoformat())
    officer.get_by_label("截止日期").fill(min(today + timedelta(days=30), date(today.year, 12, 31)).isoformat())
    officer.get_by_role("button", name="保存").click()
    officer.get_by_role("button", name="提交审核").click()
    expect(officer.get_by_role("button", name="提交审核")).to_have_count(0)
    return officer.url


def approve_task(officer: Page, head: Page, task: str) -> None:
    """The head returns the task with a remark, the officer hands it in again, the head agrees: never the author."""
    open_waiting(head, "任务", NAME)
    disagree(head, "不同意时必须写明意见", REMARK)
    officer.goto(task)
    expect(officer.get_by_role("main")).to_contain_text(REMARK)
    officer.get_by_role("button", name="提交审核").click()
    expect(officer.get_by_role("button", name="提交审核")).to_have_count(0)
    expect(officer.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    open_waiting(head, "任务", NAME)
    agree(head)
    expect(head.get_by_role("main")).to_contain_text("任务审核通过")


def write_work_plan(officer: Page, task: str) -> None:
    """The officer writes the work plan from what the item and the checklist bring."""
    officer.goto(f"{task}/work-plan/new")
    officer.get_by_label("业务指导").fill("如有疑问，联系高新技术处。")
    officer.get_by_role("button", name="提交审批").click()
    state(officer, "等待审批")


def approve_work_plan(head: Page, name: str = NAME) -> None:
    """The head agrees to the work plan."""
    open_waiting(head, "工作方案", name)
    agree(head)
    state(head, "第 1 版已批准")


def read_work_plan(member: Page, name: str = NAME) -> None:
    """A member of a team reads it."""
    open_waiting(member, "工作方案", name)
    member.get_by_role("button", name="我已阅读").click()
    expect(member.get_by_role("button", name="我已阅读")).to_have_count(0)
