"""What every test may ask for, and in which order the files begin."""

import gc
from collections import Counter
from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.databases", "tests.chromium", "tests.product", "tests.demonstration",
                  "tests.live", "tests.access.stage"]

# What the garbage collector walks through again and again is nearly all here to stay: it looks seldom.
gc.set_threshold(50_000, 20, 100)

# How many plain tests one takes that asks for this: a server of its own, the whole demonstration, a browser, a siege.
_COSTS = {"live": 40, "demonstration": 15, "chromium_kind": 5, "stage": 15, "wide_stage": 60}

# Whose subject is the database itself, or what it refuses and whom it lets wait: quick on both kinds, whole.
_ON_BOTH = (
    "tests/ledger/", "tests/jobs/", "tests/migrations/", "tests/draw/race/", "tests/house/", "tests/chaos/",
    "tests/documents/test_issue.py", "tests/documents/test_file.py",
    "tests/entrusting/test_at_once.py", "tests/evidence/test_receive_chunk.py", "tests/sync/test_exactly_once.py",
    "tests/sync/test_receive.py", "tests/sync/own/test_once.py", "tests/visits/test_at_once.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for the full run is marked; the longest files begin.

    Each file goes to one worker, and the last of them should not keep the others waiting.
    """
    for item in _repeated_on_postgresql(items):
        item.add_marker(pytest.mark.full)
    weights: Counter[str] = Counter()
    for item in items:
        asked = getattr(item, "fixturenames", ())
        weights[item.location[0]] += max([1, *(cost for name, cost in _COSTS.items() if name in asked)])
    items.sort(key=lambda item: -weights[item.location[0]])


def _repeated_on_postgresql(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """What is quick on SQLite already; the first test of each file meets PostgreSQL in the quick run too."""
    begun = set()
    for item in items:
        file = item.location[0]
        if "postgresql" not in _database_of(item) or file.startswith(_ON_BOTH) or item.get_closest_marker("full"):
            continue
        if file in begun:
            yield item
        begun.add(file)


def pytest_collection_finish() -> None:
    """All that is loaded by now stays until the end: the garbage collector leaves it out."""
    gc.collect()
    gc.freeze()


def _database_of(item: pytest.Item) -> str:
    """Which kind of database the test was written out for, if for one."""
    return str(item.callspec.params.get("databases", "")) if hasattr(item, "callspec") else ""
