"""The first phone dies; a colleague goes on from the own, has all that was sent, and closes; what comes later stands beside."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.walk import phone, signing
from tests.walk.people import People, due_today, open_waiting, row_of

pytestmark = [pytest.mark.browser, ON_SQLITE]
USERS, TEAM = zip(*due_today(), strict=True)
UNSENT = "断电前写下：仓库北门上锁。"


@pytest.mark.article("23", "24")
def test_a_colleague_goes_on_and_what_the_dead_phone_still_held_becomes_an_annex(people: People, live: Live) -> None:
    first, colleague = (people(user_name) for user_name in USERS)
    for page in (colleague, first):
        phone.set_pin(page)
    first.goto("/field/")
    name = row_of(first, "14:00").get_by_role("strong").first.inner_text()
    dead, address = first.context, dies_on_site(first, live, name)
    visit = goes_on(colleague, name)
    again = dead.new_page()
    again.goto(address)
    expect(again.locator("#state[data-unsent='0']")).to_be_visible(timeout=20_000)
    again.goto(f"/field/receipts/{visit}")
    for who in TEAM:
        expect(row_of(again, who).get_by_text("最后第")).to_be_visible()
    expect(again.get_by_text("检查已经结束：内容已收到并保存")).to_be_visible()
    open_waiting(again, "后到内容待处理", name)
    expect(again.get_by_text(UNSENT)).to_be_visible()


def dies_on_site(first: Page, live: Live, name: str) -> str:
    """What was done up to the notice is sent, a note after it is not when the phone goes dark; the kit's address."""
    phone.prepare_the_day(first, name)
    phone.arrive(first, TEAM[1])
    phone.show_credentials(first, TEAM)
    phone.receive_notice(first)
    phone.state_is(first, "received")
    live.path.cut()
    first.goto(f"{first.url.partition('#')[0]}#checks")
    phone.shown(first).get_by_role("link", name="逐项检查").click()
    phone.shown(first).get_by_label("情况说明").fill(UNSENT)
    first.keyboard.press("Tab")
    expect(first.locator("#state:not([data-unsent='0'])")).to_be_visible()
    address = first.url
    first.close()
    live.path.restore()
    return address


def goes_on(colleague: Page, name: str) -> str:
    """The colleague has what was sent, finishes and closes; the leader signs there with the PIN. Gives the visit's id."""
    phone.prepare_the_day(colleague, name)
    carried = json.loads(colleague.locator("#kit").get_attribute("data-kit") or "{}")
    phone.step(colleague, "1 到达")
    expect(phone.shown(colleague).get_by_label("检查地点")).to_have_value("厂区东门")
    phone.step(colleague, "4 现场检查")
    phone.answer_checks(colleague, phone.small_photo())
    phone.conclude(colleague)
    signing.sign_as_entity(colleague)
    signing.sign_as_team(colleague, (TEAM[1], TEAM[0]))
    signing.close(colleague)
    phone.state_is(colleague, "received")
    return str(carried["visit"])
