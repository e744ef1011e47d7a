"""An inspector's phone before the running demonstration, and what lies in its storage."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.live import Live
from tests.phone.ground import Phone
from tests.walk.people import People, due_today, row_of

LOST = "net::ERR_"


@pytest.fixture
def people(live: Live, open_phone: Callable[..., Page], complaints: list[str]) -> Iterator[People]:
    """Everybody's phones; in the end no page may have complained of anything but a lost network."""
    yield People(open_phone, live.url)
    assert [one for one in complaints if LOST not in one and "Failed to load resource" not in one] == []


@pytest.fixture
def inspector(people: People) -> Phone:
    """The first inspector of the day, with the first of today's kits kept and open."""
    page = people(due_today()[0][0])
    page.goto("/field/")
    name = row_of(page, "14:00").get_by_role("strong").first.inner_text()
    phone = Phone(page, name)
    phone.prepare()
    phone.open_kit()
    return phone
