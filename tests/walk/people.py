"""The people of the walk: each with a phone of the own, signed in by name and password, finding the way by what waits."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from fieldapp import clock
from fieldapp.demo.directories import DATA
from fieldapp.demo.people import PASSWORD
from fieldapp.demo.today import DIVISION

OPINION = "同意，按期实施。"
LOOKS = 60


@dataclass
class People:
    """Opens a phone for each person when it is first needed: `people("fagui")`."""

    open_phone: Callable[..., Page]
    url: str
    phones: dict[str, Page] = field(default_factory=dict)

    def __call__(self, user_name: str) -> Page:
        if user_name not in self.phones:
            self.phones[user_name] = self.stranger()
            sign_in(self.phones[user_name], user_name)
        return self.phones[user_name]

    def stranger(self) -> Page:
        """Somebody's phone with nobody signed in."""
        return self.open_phone(base_url=self.url)


def sign_in(page: Page, user_name: str) -> None:
    """Type user name and password."""
    page.goto("/sign-in")
    page.get_by_label("用户名或工号").fill(user_name)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("link", name="待我审批")).to_be_visible()


def open_waiting(page: Page, kind: str, title: str) -> None:
    """Follow the header's count to what waits, and open the row of that kind and title; a job may be about to ask."""
    page.goto("/")
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text=title).filter(has_text=kind)
    for _ in range(LOOKS):
        page.get_by_role("link", name="待我审批").click()
        expect(page.get_by_role("heading", level=1, name="待我审批")).to_be_visible()
        if row.count():
            break
    row.get_by_role("link").first.click()


def refuses(page: Page, words: str) -> None:
    """The page says in one sentence why it was not done."""
    expect(page.get_by_role("alert").filter(has_text=words).first).to_be_visible()


def forgive(complaints: list[str], *expected: str) -> None:
    """What a walk does on purpose is no complaint: the network cut, a refusal read on the page."""
    complaints[:] = [one for one in complaints if not any(words in one for words in expected)]


def disagree(page: Page, missing: str, opinion: str = "") -> None:
    """Disagreeing without an opinion is refused; with one it goes back."""
    page.get_by_role("button", name="不同意", exact=True).click()
    refuses(page, missing)
    if opinion:
        page.get_by_label("意见").fill(opinion)
        page.get_by_role("button", name="不同意", exact=True).click()
        expect(page.get_by_role("button", name="不同意", exact=True)).to_have_count(0)


def agree(page: Page) -> None:
    """Write an opinion and agree."""
    page.get_by_label("意见").fill(OPINION)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_role("button", name="同意", exact=True)).to_have_count(0)


def row_of(page: Page, text: str) -> Locator:
    """The row of a list that shows this text."""
    return page.get_by_role("main").get_by_role("listitem").filter(has_text=text)


def fact(page: Page, name: str) -> str:
    """What stands beside a fact's name."""
    term = page.get_by_role("term").filter(has_text=re.compile(f"^{re.escape(name)}$"))
    return term.locator("xpath=following-sibling::dd[1]").first.inner_text().strip()


def state(page: Page, words: str) -> None:
    """The line under the title says where the thing stands."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


@cache
def inspectors() -> list[tuple[str, str, str, object, str]]:
    """The inspectors of the demonstration's sheet: name, staff number, division, the certificate's last day and number."""
    sheet = load_workbook(DATA / "inspectors.xlsx", read_only=True).active
    assert sheet
    rows = sheet.iter_rows(min_row=4, max_col=8, values_only=True)
    return [(str(row[1]), str(row[2]), str(row[3]).strip(), row[7], str(row[5])) for row in rows]


def user_names() -> dict[str, str]:
    """The inspectors' user names by their names."""
    return {name: number.lower() for name, number, *_ in inspectors()}


def due_today() -> tuple[tuple[str, str], tuple[str, str]]:
    """User name and name of the two who have visits due today, the leader first: the division's lowest numbers."""
    far = datetime.combine(clock.today() + timedelta(days=90), time())
    found = sorted((number.lower(), name) for name, number, division, until, _ in inspectors()
                   if division == DIVISION and isinstance(until, datetime) and until >= far)
    return found[0], found[1]


def in_words(day: date) -> str:
    """A day as the pages say it: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
