"""A record under review: signed off, returned, corrected, checked, approved."""

from playwright.sync_api import Page, expect

from tests.walk.people import open_waiting, refuses, state
from tests.walk.phone import FAULT

REMARK, WRONG, RIGHT = "人数写错，请补正。", "相差 3 人", "相差 2 人"


def sign_off(leader: Page, name: str) -> None:
    """The leader reads what came in, the fault and its photo first, and passes it on."""
    open_waiting(leader, "组长审核", name)
    faults = leader.get_by_role("region", name="不符合项")
    expect(faults).to_contain_text(FAULT)
    expect(faults.get_by_role("img", name="第 2 项，")).to_be_visible()
    _agree(leader, "审核通过", "待经办人核对")


def sign_off_sealed(leader: Page, name: str) -> None:
    """The leader sees the photo of the seal beside the record."""
    open_waiting(leader, "组长审核", name)
    expect(leader.get_by_role("region", name="确认和签字").get_by_role("link", name="盖章页照片")).to_be_visible()
    _agree(leader, "审核通过", "待经办人核对")


def sign_off_faultless(leader: Page, name: str) -> None:
    """The leader passes on a record in which everything complies."""
    open_waiting(leader, "组长审核", name)
    expect(leader.get_by_role("region", name="不符合项")).to_contain_text("没有不符合项")
    _agree(leader, "审核通过", "待经办人核对")


def check(officer: Page, name: str) -> None:
    """An officer of the division who was not on the team checks."""
    open_waiting(officer, "经办人核对", name)
    _agree(officer, "核对无误", "待处室负责人审批")


def approve(head: Page, name: str) -> None:
    """The head of the division approves the proposed category; a person's name in what will be public is refused."""
    open_waiting(head, "处室审批", name)
    text = head.get_by_label("公示内容")
    proposed = text.input_value()
    text.fill(f"{proposed}李某（示例）在场。")
    head.get_by_role("button", name="批准").click()
    refuses(head, "有自然人姓名“李某（示例）”")
    text.fill(proposed)
    _agree(head, "批准", "审核通过")


def send_back(leader: Page, name: str) -> None:
    """The leader returns the signed record, with a remark at the second check."""
    open_waiting(leader, "组长审核", name)
    leader.get_by_role("button", name="退回").click()
    refuses(leader, "退回须写明意见")
    fault = leader.get_by_role("article", name="第 2 项")
    fault.get_by_text("写批注").click()
    fault.get_by_label("第 2 项批注").fill(REMARK)
    leader.get_by_role("textbox", name="意见").fill("请补正后再报。")
    leader.get_by_role("button", name="退回").click()
    state(leader, "已退回")


def correct_by_statement(first: Page, second: Page, name: str) -> None:
    """What is returned comes first on Today; a statement of correction is written, and signed by both."""
    first.goto("/field/")
    returned = first.locator("section").filter(has_text="退回补正").filter(has_text=REMARK)
    expect(returned).to_be_visible()
    _open_returned(first, name)
    corrections = first.get_by_role("region", name="补正说明")
    corrections.get_by_text("写补正说明").click()
    corrections.get_by_label("补正的栏目").select_option(label="第 2 项说明")
    corrections.get_by_label("原来的文字").fill(WRONG)
    corrections.get_by_label("补正后的文字").fill(RIGHT)
    corrections.get_by_role("button", name="提交补正说明").click()
    for page in (first, second):
        _open_returned(page, name)
        button = page.get_by_role("button", name="签字确认补正")
        if page is second or button.count():
            button.click()
    expect(second.get_by_text("已生效")).to_be_visible()
    expect(second.get_by_role("button", name="答复", exact=True)).to_have_count(0)


def _open_returned(page: Page, name: str) -> None:
    page.goto("/reviews?state=returned")
    page.get_by_role("main").get_by_role("link", name=name).click()


def _agree(page: Page, button: str, then: str) -> None:
    page.get_by_role("button", name=button).click()
    state(page, then)
