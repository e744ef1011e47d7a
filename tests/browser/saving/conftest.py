"""Lines of script over a kit that stands in for a whole page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.saving.stand_in import KIT
from tests.phone_log import PERSON, VISIT

Live = Callable[..., Any]


@pytest.fixture
def live(empty_page: Page) -> Live:
    """Run lines of script over a kit whose page holds `page`."""

    def run(lines: str, page: str = "") -> Any:
        argument = {"person": PERSON, "visit": VISIT, "page": page}
        return empty_page.evaluate(f"async (argument) => {{ {KIT} {lines} }}", argument)

    return run
