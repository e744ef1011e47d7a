"""Two phones, one visit, no network: what is equal becomes one, what differs stands side by side until a person chooses."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.people import People, due_today, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]
RIVAL = "两人填写不一致，请选定一个："
HERE = 'await log.record("add", `present/${data.person.id}`, { name: data.person.name, by: "own_phone" });'
ALL = """
  for (const id of data.tasks[0].checks.slice(2)) await log.record("set", `r/${vt}/check/${id}/answer`, "compliant");
  await log.record("set", `r/${vt}/conclusion/category`, "no_problem");"""


@pytest.fixture
def colleague(people: People, inspector: Phone) -> Phone:
    """The other member of the team, with the same visit's kit kept and open."""
    phone = Phone(people(due_today()[1][0]), inspector.name)
    phone.prepare()
    phone.open_kit()
    return phone


def kit_of(phone: Phone) -> dict[str, Any]:
    return json.loads(phone.page.locator("#kit").get_attribute("data-kit") or "")


def check(phone: Phone, number: int) -> Locator:
    """A check's page, opened."""
    task = kit_of(phone)["tasks"][0]
    name = f"check-{task['vt']}-{task['checks'][number - 1]}"
    phone.page.evaluate("name => { location.hash = name; }", name)
    section = phone.page.locator(f"[id='{name}']")
    expect(section).to_be_visible()
    return section


def chips(phone: Phone) -> dict[str, str]:
    """What the list of steps says of checks and conclusion, and the list of checks of the first three."""
    task = kit_of(phone)["tasks"][0]
    rows = {"checks": "[data-done=checks]", "conclusion": f"[data-done='conclusion {task['vt']}']"}
    rows |= {str(n): f"[data-check$='/{task['checks'][n - 1]}/answer']" for n in (1, 2, 3)}
    return {name: phone.page.locator(f"{row} .chip").text_content() or "" for name, row in rows.items()}


def answer(phone: Phone, number: int, word: str) -> None:
    """Choose an answer; it stands on the phone."""
    section = check(phone, number)
    section.get_by_role("radio", name=word, exact=True).check()
    expect(section.get_by_text("本机")).to_be_visible()


def meet(*phones: Phone) -> None:
    """Let each send and hear what the others have written."""
    for phone in (*phones, *phones):
        with phone.page.expect_response("**/field/sync", timeout=20_000):
            phone.page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(phone.page.locator("#state[data-unsent='0']")).to_be_visible(timeout=20_000)


@pytest.mark.article("23", "24")
def test_two_phones_without_a_network_agree_or_stand_side_by_side_until_somebody_chooses(
        live: Live, inspector: Phone, colleague: Phone) -> None:
    for phone in (inspector, colleague):
        phone.write(HERE)
        phone.page.reload()
    meet(inspector, colleague)
    live.path.cut()
    inspector.write(ALL)
    inspector.page.reload()
    for phone, second in ((inspector, "符合"), (colleague, "不符合")):
        answer(phone, 1, "符合")
        answer(phone, 2, second)
    live.path.restore()
    meet(inspector, colleague)
    for phone in (inspector, colleague):
        expect(check(phone, 1).get_by_text(RIVAL)).to_have_count(0)
        expect(check(phone, 2).get_by_text(RIVAL)).to_be_visible()
        expect(check(phone, 2).get_by_role("button", name="为准：")).to_have_count(2)
    cannot_sign(inspector, "有两人填写不一致的地方，请先选定。")
    assert chips(inspector) == {"checks": "待选定", "conclusion": "已完成", "1": "符合", "2": "待选定", "3": "符合"}
    check(inspector, 2).get_by_role("button", name=f"以 {due_today()[1][1]}").click()
    meet(inspector, colleague)
    for phone in (inspector, colleague):
        expect(check(phone, 2).get_by_text(RIVAL)).to_have_count(0)
        expect(check(phone, 2).get_by_role("radio", name="不符合", exact=True)).to_be_checked()
        expect(check(phone, 1).get_by_role("radio", name="符合", exact=True)).to_be_checked()
        assert chips(phone) == {"checks": "已完成", "conclusion": "已完成", "1": "符合", "2": "不符合", "3": "符合"}
    cannot_sign(inspector, "请选择“属实”或“有异议”")
    for phone in (inspector, colleague):
        reads_both(phone)


@pytest.mark.article("24")
def test_what_the_entity_says_can_be_chosen_too_and_after_signing_in_again(
        live: Live, inspector: Phone, colleague: Phone) -> None:
    for phone in (inspector, colleague):
        phone.write(HERE)
    meet(inspector, colleague)
    live.path.cut()
    for phone, opinion in ((inspector, "true"), (colleague, "objection")):
        phone.write('await log.record("set", `r/${vt}/entity/opinion`, argument);', opinion)
        phone.write('await log.record("set", "entry/words", argument);', opinion)
    live.path.restore()
    meet(inspector, colleague)
    for phone in (inspector, colleague):
        phone.open_anew()
        expect(opinion_of(phone).get_by_role("button", name="为准：")).to_have_count(2)
    leave_and_come_back(inspector)
    expect(opinion_of(inspector).get_by_text(RIVAL)).to_be_visible()
    opinion_of(inspector).get_by_role("button", name=f"以 {due_today()[1][1]}").click()
    meet(inspector, colleague)
    for phone in (inspector, colleague):
        expect(opinion_of(phone).get_by_text(RIVAL)).to_have_count(0)
        expect(opinion_of(phone).get_by_role("radio", name="有异议")).to_be_checked()
    inspector.write('for (const id of data.tasks[0].checks) await log.record("set", `r/${vt}/check/${id}/answer`, "compliant");')
    inspector.open_anew()
    cannot_sign(inspector, "有两人填写不一致的地方，请先选定。")


def opinion_of(phone: Phone) -> Locator:
    """The page on which the entity signs, opened."""
    vt = kit_of(phone)["tasks"][0]["vt"]
    phone.page.evaluate("name => { location.hash = name; }", f"sign-{vt}")
    section = phone.page.locator(f"[id='sign-{vt}']")
    expect(section).to_be_visible()
    return section


def leave_and_come_back(phone: Phone) -> None:
    """Sign out, which takes everything off the phone, sign in, and put the day onto it again."""
    phone.page.goto("/me")
    phone.page.get_by_role("button", name="退出登录").click()
    expect(phone.page.get_by_label("用户名或工号")).to_be_visible()
    sign_in(phone.page, due_today()[0][0])
    phone.prepare()
    phone.open_kit()


def cannot_sign(phone: Phone, why: str) -> None:
    """The record is not signed: the page says why, and the closing is not offered."""
    vt = kit_of(phone)["tasks"][0]["vt"]
    phone.page.evaluate("name => { location.hash = name; }", f"sign-{vt}")
    section = phone.page.locator(f"[id='sign-{vt}']")
    section.get_by_role("button", name="确认签字").click()
    expect(section.get_by_role("alert").filter(has_text=why)).to_be_visible()
    phone.page.evaluate("location.hash = 'close'")
    expect(phone.page.get_by_role("button", name="结束现场检查")).to_have_count(0)


def reads_both(phone: Phone) -> None:
    """The page of all versions names both, and the choice."""
    phone.page.goto(f"{kit_of(phone)['receipts_url']}/history")
    place = phone.page.get_by_role("region").or_(phone.page.locator("section")).filter(has_text="第 2 项").first
    for _, name in due_today():
        expect(place.get_by_text(name).first).to_be_visible()
    expect(place.get_by_role("listitem")).to_have_count(3)
    phone.page.go_back()
