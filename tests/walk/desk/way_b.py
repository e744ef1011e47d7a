"""Way B: two tasks of two divisions, drawn on the provincial platform for one enterprise, come in by one sheet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from playwright.sync_api import Page, expect

from fieldapp import clock
from fieldapp.tasks import way_b
from tests.walk.desk.visits import Planned
from tests.walk.people import inspectors, row_of, state

OBJECT, CODE = "济南沂蒙材料技术股份有限公司（示例）", "91370124MA9LKEXF2K"
STRANGER, UNKNOWN = "无名单位（示例）", "91370000MA00000000"
SHEET = "平台任务.xlsx"


@dataclass(frozen=True)
class Drawn:
    """A task as the platform has it: its number, plan, name, item, division; `desk` begins the division's user names."""

    number: str
    name: str
    item: str
    division: str
    desk: str
    plan: tuple[str, str]

    def team(self) -> tuple[str, ...]:
        """The two whom the platform drew: the division's lowest numbers whose certificates last."""
        return tuple(name for name, *_ in self._drawn())

    def seats(self) -> list[str]:
        """The two as the sheet has them: staff number, name, certificate."""
        return [text for name, number, _, _, certificate in self._drawn() for text in (number, name, certificate)]

    def row(self, name: str, code: str) -> list[str]:
        """The row of an object."""
        today = clock.today()
        last = min(today + timedelta(days=30), date(today.year, 12, 31))
        return [self.number, self.name, self.item, self.division, name, code, *self.seats(), "", "", "", self.seats()[0],
                today.isoformat(), last.isoformat(), "不定向", "实地核查", *self.plan]

    def _drawn(self) -> list[tuple[str, str, str, datetime, str]]:
        far = datetime.combine(clock.today() + timedelta(days=90), time())
        found = [(name, number, division, until, certificate) for name, number, division, until, certificate in inspectors()
                 if division == self.division and isinstance(until, datetime) and until >= far]
        return sorted(found, key=lambda one: one[1])[:2]


PLAN = ("37000020261000", "省科技厅 2026 年度抽查工作计划（平台）")
FIRST = Drawn("370000202600990001", "高新技术企业监督检查（平台第二批）", "高新技术企业认定后监督检查",
              "高新技术处", "gaoxin", PLAN)
SECOND = Drawn("370000202600990002", "新型研发机构运行检查（平台第二批）", "新型研发机构建设运行检查",
               "基础研究处", "jichu", PLAN)
BOTH = (FIRST, SECOND)


def take_in(legal: Page) -> None:
    """Legal affairs uploads the sheet, reads the report, accepts what can be; the same sheet again is refused."""
    content = way_b.write([*(one.row(OBJECT, CODE) for one in BOTH), FIRST.row(STRANGER, UNKNOWN)])
    upload(legal, content)
    expect(row_of(legal, OBJECT)).to_have_count(2)
    for row in row_of(legal, OBJECT).all():
        expect(row).to_contain_text("接受")
        expect(row).not_to_contain_text("不接受")
    expect(row_of(legal, STRANGER)).to_contain_text("检查对象不在名录库中")
    legal.get_by_role("button", name="接受可以接受的行，生成检查").click()
    state(legal, "已接受")
    upload(legal, content)
    expect(row_of(legal, OBJECT).filter(has_text="该任务已经导入")).to_have_count(2)


def upload(legal: Page, content: bytes) -> None:
    """Hand a sheet in; the report of its rows is shown."""
    legal.goto("/visits")
    legal.get_by_role("link", name="导入外部平台任务").click()
    legal.get_by_label("表格或 JSON 文件（.xlsx、.csv、.json）").set_input_files(
        {"name": SHEET, "mimeType": "application/vnd.ms-excel", "buffer": content})
    legal.get_by_role("button", name="上传并预览").click()
    expect(legal.get_by_role("heading", name=SHEET)).to_be_visible()


def task_of(officer: Page, drawn: Drawn) -> str:
    """The address of the task that became of a platform's."""
    officer.goto("/tasks")
    row_of(officer, drawn.name).get_by_role("link").click()
    expect(officer.get_by_role("heading", level=1, name=drawn.name)).to_be_visible()
    return officer.url


def visit_of(officer: Page, task: str, team: tuple[str, ...]) -> Planned:
    """The visit of a task to the enterprise, with the team as the page shows it."""
    officer.goto(f"{task}/visits")
    row_of(officer, OBJECT).get_by_role("link").click()
    expect(officer.get_by_role("heading", level=1, name=OBJECT)).to_be_visible()
    members = officer.get_by_role("region", name="检查组").get_by_role("listitem")
    for member, name in zip(members.all(), team, strict=False):
        expect(member).to_contain_text(name)
    return Planned(officer.url.partition("?")[0], OBJECT, tuple(members.get_by_role("strong").all_inner_texts()))
