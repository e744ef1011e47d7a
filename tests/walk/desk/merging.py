"""进一次门、查多项事: legal affairs proposes to make one of two visits to one enterprise, and both divisions consent."""

from playwright.sync_api import Page, expect

from tests.walk.desk.visits import Planned
from tests.walk.desk.way_b import FIRST, OBJECT, SECOND
from tests.walk.people import open_waiting, refuses, state

UNDECIDED = "同一对象的合并检查建议尚待法规处和有关处室决定"


def waits_for_decision(officer: Page, visit: Planned) -> None:
    """While nobody has decided, the visit cannot be handed in, and its page says why."""
    officer.goto(visit.url)
    expect(officer.get_by_role("region", name="送审前还缺")).to_contain_text(UNDECIDED)
    expect(officer.get_by_role("button", name="送审")).to_have_count(0)


def propose(legal: Page) -> None:
    """Both visits are offered as one; saying no without a reason is refused; the first division is to lead."""
    open_waiting(legal, "合并检查", OBJECT)
    for one in (FIRST, SECOND):
        expect(legal.get_by_role("main")).to_contain_text(one.item)
        expect(legal.get_by_role("main")).to_contain_text("、".join(one.team()))
    legal.get_by_role("button", name="不合并").click()
    refuses(legal, "不合并须写明理由")
    legal.get_by_role("radio", name=FIRST.division).check()
    legal.get_by_role("button", name="提出合并").click()
    state(legal, "待处室同意")


def consent(head: Page, *, is_last: bool) -> None:
    """A division's head consents; declining without a reason is refused; with the last consent the visits are one."""
    open_waiting(head, "合并检查征求意见", OBJECT)
    head.get_by_role("button", name="不同意").click()
    refuses(head, "不同意须写明意见")
    head.get_by_role("button", name="同意合并").click()
    state(head, "合并实施" if is_last else "待处室同意")


def is_merged_away(officer: Page, visit: Planned) -> None:
    """The other visit is none any more: it leads to the one that is left."""
    officer.goto(visit.url)
    state(officer, "已合并")
    officer.get_by_role("link", name="另一次检查").click()
    expect(officer.get_by_role("heading", level=1, name=OBJECT)).to_be_visible()
    for one in (FIRST, SECOND):
        expect(officer.get_by_role("main")).to_contain_text(one.item)
