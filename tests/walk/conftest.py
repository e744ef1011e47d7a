"""The ground of the walk: the running demonstration, and the people's phones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.live import Live
from tests.walk import phone
from tests.walk.people import People, due_today, row_of

USERS, TEAM = zip(*due_today(), strict=True)


@pytest.fixture
def people(live: Live, open_phone: Callable[..., Page], complaints: list[str]) -> Iterator[People]:
    """Everybody's phones, before the running product; in the end no page may have complained."""
    yield People(open_phone, live.url)
    assert complaints == []


@pytest.fixture
def kit(people: People) -> Page:
    """The leader's phone before an open kit; both members have arrived and shown their certificates."""
    leader, colleague = (people(user_name) for user_name in USERS)
    phone.set_pin(colleague)
    phone.set_pin(leader)
    leader.goto("/field/")
    phone.prepare_the_day(leader, row_of(leader, "14:00").get_by_role("strong").first.inner_text())
    phone.arrive(leader, TEAM[1])
    phone.show_credentials(leader, TEAM)
    return leader
