"""A closing that does not come through: listed while it waits, open again with its row when it was not accepted."""

import pytest
from playwright.sync_api import expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.phone.test_closed import CLOSING, closed_without_a_network
from tests.walk.people import row_of

pytestmark = [pytest.mark.browser, ON_SQLITE]
TOLD = """
  await store.write(["ops"], async (transaction) => {
    const ops = transaction.objectStore("ops");
    for (const row of await ask(ops.getAll())) {
      ops.put({ ...row, r: row.op.n, received_at: new Date().toISOString(), outcome: "attention", code: argument });
    }
  });"""


@pytest.mark.article("24")
def test_a_closing_that_is_not_accepted_comes_back_to_the_list_and_can_be_put_right(live: Live, inspector: Phone) -> None:
    """Nobody has signed: the server keeps the closing as received and the visit open."""
    page, name = inspector.page, inspector.name
    closed_without_a_network(live, inspector)
    page.goto("/field/")
    expect(row_of(page, name)).to_have_count(0)
    expect(page.locator("#sealed-list li")).to_contain_text("结束的检查：4 项待发送")
    assert name not in inspector.dump()
    live.path.restore()
    page.reload()
    row = row_of(page, name)
    expect(row.get_by_text("结束没有被接受：请打开补正，再结束")).to_be_visible(timeout=20_000)
    expect(page.locator("#sealed-list")).to_be_hidden()
    row.get_by_role("link", name=name).click()
    expect(page.locator("#kit[data-ready]")).to_be_visible()
    page.evaluate("location.hash = 'arrive'")
    page.locator("#place").fill("厂区西门")
    page.locator("#place").blur()
    expect(page.locator("#state[data-unsent='0']")).to_be_visible(timeout=20_000)
    assert "厂区西门" in inspector.dump()


@pytest.mark.article("24")
@pytest.mark.parametrize("code", ["fieldwork.digest_differs", "fieldwork.conclusion_missing"])
def test_a_closing_that_was_accepted_with_a_remark_is_not_called_refused(inspector: Phone, code: str) -> None:
    page, name = inspector.page, inspector.name
    page.context.route("**/field/sync", lambda route: route.abort())
    inspector.write(CLOSING)
    expect(page.get_by_role("alert").filter(has_text="本机内容已加密")).to_be_visible()
    inspector.run(TOLD, code)
    page.goto("/field/")
    expect(page.locator("#kept[data-kept]")).not_to_be_empty()
    if code == "fieldwork.digest_differs":
        expect(row_of(page, name)).to_have_count(0)
    else:
        expect(row_of(page, name).get_by_text("结束没有被接受：请打开补正，再结束")).to_be_visible()
