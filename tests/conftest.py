"""What every test may ask for, and in which order the files begin."""

from collections import Counter

import pytest

pytest_plugins = ["tests.databases", "tests.chromium", "tests.product", "tests.demonstration",
                  "tests.live", "tests.access.stage"]

# How many plain tests one takes that asks for this: a server of its own, the whole demonstration, a browser, a siege.
_COSTS = {"live": 40, "demonstration": 15, "chromium_kind": 5, "stage": 15, "wide_stage": 60}

# Areas whose statements are plain: quick on SQLite, on both databases in the full run.
_SOON_ON_SQLITE = {"accounts", "entrusting", "oversight", "planning", "policy", "registry", "review", "tasks", "web"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files begin: each goes to one worker, and the last of them should not keep the others waiting."""
    for item in items:
        if item.location[0].split("/")[1] in _SOON_ON_SQLITE and "postgresql" in _database_of(item):
            item.add_marker(pytest.mark.full)
    weights: Counter[str] = Counter()
    for item in items:
        asked = getattr(item, "fixturenames", ())
        weights[item.location[0]] += max([1, *(cost for name, cost in _COSTS.items() if name in asked)])
    items.sort(key=lambda item: -weights[item.location[0]])


def _database_of(item: pytest.Item) -> str:
    """Which kind of database the test was written out for, if for one."""
    return str(item.callspec.params.get("databases", "")) if hasattr(item, "callspec") else ""
