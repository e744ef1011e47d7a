"""R1: sixteen phones, every seventh exchange disturbed, a server killed every two seconds: nothing lost, nothing doubled.

The long form is besieged in days: on each the same visits are new, and chance another. Two naive servers do not hold.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.faults.naive import answers_before_it_is_durable, takes_everything_for_new
from tests.chaos.proxy import Fault
from tests.chaos.siege import Plan, Siege
from tests.chaos.stage import Stage
from tests.databases import SOON_ON_SQLITE

DAYS, OF_A_DAY = 50, 2000


@SOON_ON_SQLITE
@pytest.mark.article("24")
def test_nothing_is_lost_and_nothing_doubled(wide_stage: Stage, tmp_path: Path) -> None:
    with wide_stage.copy() as url:
        siege = Siege(wide_stage, Plan(ops=OF_A_DAY, burst=25), url, tmp_path)
        assert siege.run().all() == []
    assert siege.kills >= 3
    assert siege.met == set(Fault)


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_nothing_is_lost_of_a_hundred_thousand_operations(wide_stage: Stage, tmp_path: Path) -> None:
    found = []
    for day in range(1, DAYS + 1):
        folder = tmp_path / str(day)
        folder.mkdir()
        with wide_stage.copy() as url:
            siege = Siege(wide_stage, Plan(ops=OF_A_DAY, burst=25, seed=day, patience=600), url, folder)
            found += siege.run().all()
    assert found == []


@pytest.mark.full
@pytest.mark.parametrize(("naive", "kinds"), [
    (takes_everything_for_new, {"doubled"}), (answers_before_it_is_durable, {"lost", "receipts"})])
def test_a_naive_server_does_not_hold(wide_stage: Stage, tmp_path: Path, naive: Callable[[], None], kinds: set[str]) -> None:
    with wide_stage.copy() as url:
        found = Siege(wide_stage, Plan(ops=96, burst=3, plant=naive, patience=20), url, tmp_path).run()
    assert kinds & {name for name, things in vars(found).items() if things}
