"""A visit before the inspectors leave: leader, slot, approval, notice."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from fieldapp import clock
from tests.walk.people import agree, disagree, open_waiting, row_of, state, user_names


@dataclass(frozen=True)
class Planned:
    """A visit of the walk: the page of the desk, the object's name, the team's names with the leader first."""

    url: str
    object: str
    team: tuple[str, ...]

    @property
    def users(self) -> list[str]:
        """The team's user names, the leader's first."""
        return [user_names()[name] for name in self.team]


def open_first_visit(officer: Page, task: str) -> Planned:
    """Open the first visit of the task and read who goes there; the first drawn is proposed as leader."""
    officer.goto(f"{task}/visits")
    row_of(officer, "待约定时间").first.get_by_role("link").click()
    members = officer.get_by_role("region", name="检查组").get_by_role("listitem")
    names = [member.get_by_role("strong").inner_text() for member in members.all()]
    return Planned(officer.url.partition("?")[0], officer.get_by_role("heading", level=1).inner_text(), tuple(names))


def appoint_leader(head: Page, visit: Planned) -> Planned:
    """The head agrees to the leader that the draw proposes; gives the visit with the leader first."""
    open_waiting(head, "确定组长", visit.object)
    name = next(name for name in visit.team if head.get_by_role("radio", name=name).is_checked())
    head.get_by_role("button", name="确定为组长").click()
    expect(head.get_by_role("region", name="检查组").get_by_text("组长")).to_be_visible()
    return Planned(visit.url, visit.object, (name, *(one for one in visit.team if one != name)))


def agree_slot(officer: Page, visit: Planned) -> None:
    """An hour of today is agreed with the object, and the visit goes to approval."""
    officer.goto(visit.url)
    expect(officer.get_by_role("region", name="送审前还缺")).to_contain_text("尚未与检查对象约定时间")
    officer.get_by_label("日期").fill(clock.today().isoformat())
    officer.get_by_label("开始").fill("09:30")
    officer.get_by_label("结束").fill("11:00")
    officer.get_by_label("与谁约定").fill("赵某（示例）总经理")
    officer.get_by_label("现场联系人和电话").fill("赵某 0632-00000000（示例）")
    officer.get_by_label("现场安全要求").fill("进入车间佩戴安全帽。")
    officer.get_by_label("非工作时间的理由").fill("单位要求当日检查")
    officer.get_by_role("button", name="保存约定时间").click()
    officer.get_by_role("button", name="送审").click()
    state(officer, "待审批")


def approve_visit(department_head: Page, visit: Planned) -> None:
    """The department's head agrees; the notice has its number. To say no takes an opinion."""
    open_waiting(department_head, "行政检查审批", visit.object)
    disagree(department_head, "不同意须写明意见")
    agree(department_head)
    state(department_head, "已批准")
    expect(department_head.get_by_role("link", name="鲁科抽告〔").first).to_be_visible()
