"""A moment without a network when a part of the kit is wanted: the person is told, and the next tap does it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.databases import ON_SQLITE
from tests.phone.ground import HERE, Phone
from tests.phone.test_no_worker import open_first_kit
from tests.walk.people import People, due_today, sign_in

pytestmark = [pytest.mark.browser, ON_SQLITE]
LATER = re.compile(r"/js/field/(?:close|apart/(?!door)\w+|closed/\w+|day/\w+|log/export|media/(?!camera)\w+|sign/hold)\.js$")
AWAY = "这一步没有打开"
CODE = "135790"


@dataclass
class Air:
    """Whether what is loaded later comes; and what of it was asked for as a script, which an old browser never does twice."""

    is_out: bool = True
    lost: re.Pattern[str] = LATER
    imported: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        if self.is_out and self.lost.search(route.request.url):
            route.abort()
        else:
            route.fallback()

    def hear(self, request: Request) -> None:
        if request.resource_type == "script" and self.lost.search(request.url):
            self.imported.append(request.url)


@pytest.fixture
def air(people: People, open_phone: Callable[..., Page]) -> tuple[Air, Phone]:
    """A kit that was opened where no worker is, while nothing came that is loaded later."""
    page, air = open_phone(base_url=people.url, service_workers="block"), Air(is_out=False)
    sign_in(page, due_today()[0][0])
    phone = Phone(page, open_first_kit(page))
    page.wait_for_load_state("networkidle")
    air.is_out = True
    page.route(LATER, air.answer)
    page.on("request", air.hear)
    phone.write(HERE)
    phone.open_anew()
    return air, phone


def is_told(phone: Phone, air: Air) -> None:
    """The line says that it did not open, and nothing was tried that an old browser would hold against it."""
    expect(phone.page.locator("#told")).to_contain_text(AWAY)
    assert air.imported == []


def test_a_finding_that_could_not_be_noted_down_says_so_and_the_next_tap_notes_it(air: tuple[Air, Phone]) -> None:
    out, phone = air
    page = phone.page
    assert phone.show("checks")
    page.get_by_text("清单以外的发现").click()
    page.get_by_label("发现的情况").fill("消防通道被占")
    page.get_by_label("为什么记录").fill("安全")
    note = page.locator("[data-page]:visible").get_by_role("button", name="记入")
    note.click()
    is_told(phone, out)
    out.is_out = False
    note.click()
    expect(page.get_by_label("发现的情况")).to_have_value("")
    assert "消防通道被占" in phone.dump()


def test_a_phone_is_given_away_and_taken_back_though_each_failed_once(air: tuple[Air, Phone]) -> None:
    out, phone = air
    page = phone.page
    assert phone.show("notice")
    page.locator("[data-page]:visible [data-hand]").click()
    is_told(phone, out)
    out.is_out = False
    phone.hand_over(CODE)
    out.is_out, out.imported = True, []
    phone.open_anew()
    expect(page.locator("body[data-held]")).to_have_count(1)
    page.locator("#held a[href='#hand']").click()
    page.locator("#hand-code").fill(CODE)
    back = page.locator("[data-run=takeBack] button:visible").first
    back.click()
    is_told(phone, out)
    out.is_out = False
    back.click()
    expect(page.locator("body:not([data-held])")).to_have_count(1)


def test_a_visit_that_was_closed_is_sealed_though_that_failed_once(air: tuple[Air, Phone]) -> None:
    """What did not come is a part of what seals: not even that is tried before it is there."""
    out, phone = air
    out.lost = re.compile(r"/closed/(?:seal|forget)\.js$")
    phone.page.route(re.compile(r"/closed/forget\.js$"), out.answer)
    phone.page.unroute(LATER)
    phone.page.route("**/field/sync", lambda route: route.abort())
    phone.write('await log.record("set", "arrival/place", "哨兵甲车间");')
    phone.write('await log.record("close", "visit", { digest: "00".repeat(32) });')
    assert "哨兵甲车间" in phone.dump()
    assert out.imported == []
    out.is_out = False
    phone.show("list")
    expect(phone.page.get_by_role("alert").filter(has_text="本机内容已加密")).to_be_visible()
    assert "哨兵甲车间" not in phone.dump()


def test_nothing_is_said_of_differing_values_before_they_have_been_looked_for(air: tuple[Air, Phone]) -> None:
    out, phone = air
    assert phone.show("rivals")
    expect(phone.page.locator("#rivals").get_by_text("同一栏有人填写了不同内容")).to_be_visible()
    expect(phone.page.get_by_text("没有不一致的内容")).to_be_hidden()
    out.is_out = False
    phone.show("list")
    assert phone.show("rivals")
    expect(phone.page.get_by_text("没有不一致的内容")).to_be_visible()
