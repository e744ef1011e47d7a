"""R4: the disk is full: 507 before anything is promised, nothing acknowledged is lost, pages can be read."""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.faults.disk import DATABASE, EVIDENCE, KIBIBYTE, Disk
from tests.chaos.faults.naive import writes_where_it_will_lie
from tests.chaos.stage import Stage
from tests.databases import ON_SQLITE, SOON_ON_SQLITE

MOUNT = 'mount -t tmpfs -o size=16m tmpfs "$1" && shift && exec "$@"'
ROOT = Path(__file__).resolve().parents[3]


def fill(stage: Stage, folder: Path, holds: str, *, low_water_mb: int = 0, room: int = 400 * KIBIBYTE,
         naive: Callable[[], None] | None = None) -> dict[str, Any]:
    """A disk of 16 MiB, in a namespace of its own: what came of it."""
    disk, facts = folder / "disk", folder / "facts"
    people = (stage.cast.inspector_a, stage.cast.inspector_b)
    disk.mkdir()
    with stage.copy() as url:
        facts.write_bytes(pickle.dumps(
            Disk(holds, url, disk, folder, people, stage.scenes[0], low_water_mb=low_water_mb, room=room, naive=naive)))
        done = subprocess.run(["unshare", "-rm", "sh", "-c", MOUNT, "sh", disk, sys.executable, "-m",
                               "tests.chaos.faults.disk", facts], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def check(said: dict[str, Any]) -> None:
    assert said["found"] == []
    assert said["statuses"]["507"] >= 1
    assert said["unsent_when_full"] > 0
    assert said["unsent"] == 0
    assert said["reads"] == [200, 200]
    assert not {"500", "502"} & said["statuses"].keys()


@SOON_ON_SQLITE
@pytest.mark.parametrize("low_water_mb", [0, pytest.param(2, marks=pytest.mark.full)])
def test_a_full_disk_of_the_evidence_loses_nothing(stage: Stage, tmp_path: Path, low_water_mb: int) -> None:
    said = fill(stage, tmp_path, EVIDENCE, low_water_mb=low_water_mb)
    check(said)
    assert said["free_when_full"] >= low_water_mb * KIBIBYTE**2 - 128 * KIBIBYTE


@ON_SQLITE
def test_a_full_disk_of_the_database_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    check(fill(stage, tmp_path, DATABASE))


@pytest.mark.full
@pytest.mark.timeout(3600)
@ON_SQLITE
@pytest.mark.parametrize("holds", [EVIDENCE, DATABASE])
def test_a_full_disk_loses_nothing_wherever_it_fills_up(stage: Stage, tmp_path: Path, holds: str) -> None:
    for number in range(10):
        folder = tmp_path / str(number)
        folder.mkdir()
        check(fill(stage, folder, holds, room=(300 + 37 * number) * KIBIBYTE))


@pytest.mark.full
@ON_SQLITE
def test_a_server_that_writes_where_the_file_will_lie_is_found_out(stage: Stage, tmp_path: Path) -> None:
    said = fill(stage, tmp_path, EVIDENCE, naive=writes_where_it_will_lie)
    assert [one for one in said["found"] if one.startswith(("torn", "lost"))] or said["unsent"]
