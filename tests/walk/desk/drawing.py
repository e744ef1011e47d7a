"""The draw: frozen, a seed out of two people's values, objects, teams, visits."""

from playwright.sync_api import Page, expect

from tests.walk.desk.tasks import NAME
from tests.walk.people import refuses, row_of

VALUES = ("3 5 2", "6 1 4")


def freeze(officer: Page, task: str, contributors: tuple[str, str]) -> str:
    """The officer names two people of different divisions, and the directory is frozen. Gives the draw's address."""
    officer.goto(task)
    officer.get_by_role("link", name="抽取与匹配").click()
    for second in (contributors[0], contributors[1]):
        for number, label in enumerate((contributors[0], second), start=1):
            officer.get_by_label(f"种子提供人（第 {number} 人）").select_option(label=label)
        officer.get_by_role("button", name="冻结名录，开始抽取").click()
        if second == contributors[0]:
            refuses(officer, "随机种子须由不同处室的至少两人共同生成")
    expect(officer.get_by_role("heading", level=1, name="次抽取")).to_be_visible()
    return officer.url


def make_seed(phones: tuple[Page, Page], draw: str) -> None:
    """Both commit to a value in their own browser, then both reveal it."""
    for phone, value in zip(phones, VALUES, strict=True):
        phone.goto(draw)
        phone.get_by_label("您的数值").fill(value)
        phone.get_by_role("button", name="提交承诺").click()
        expect(phone.get_by_role("button", name="提交承诺")).to_have_count(0)
    for phone, value in zip(phones, VALUES, strict=True):
        phone.goto(draw)
        expect(phone.get_by_label("您承诺的数值")).to_have_value(value)
        phone.get_by_role("button", name="揭示").click()
        expect(phone.get_by_role("button", name="揭示")).to_have_count(0)


def draw(officer: Page, address: str) -> None:
    """Objects, then inspectors, then the visits, reported to legal affairs; a second draw is refused."""
    officer.goto(address)
    again = officer.context.new_page()
    again.goto(address)
    officer.get_by_role("button", name="抽取检查对象").click()
    expect(officer.get_by_role("heading", name="抽取结果")).to_be_visible()
    again.get_by_role("button", name="抽取检查对象").click()
    refuses(again, "检查对象已经抽取，结果不得更换")
    again.close()
    officer.get_by_role("button", name="匹配执法检查人员").click()
    officer.get_by_role("button", name="生成检查任务，报送法规处").click()
    expect(row_of(officer, "待约定")).to_have_count(2)


def note_report(legal: Page) -> None:
    """Legal affairs reads that the task's visits were generated."""
    legal.goto("/tasks/reports")
    row_of(legal, NAME).get_by_role("button", name="已阅").click()
    expect(row_of(legal, NAME)).to_contain_text("已阅")
