"""The ground of the walk: the running demonstration, and the people's phones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.live import Live
from tests.walk.people import People


@pytest.fixture
def people(live: Live, open_phone: Callable[..., Page], complaints: list[str]) -> Iterator[People]:
    """Everybody's phones, before the running product; in the end no page may have complained."""
    yield People(open_phone, live.url)
    assert complaints == []
