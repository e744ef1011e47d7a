"""R3: the N-th write fails, for each N: no yes without durable data, no fault of ours in the answer, nothing left over."""

from pathlib import Path

import pytest
from flask import Flask

from fieldapp import db
from fieldapp.app import create_app
from fieldapp.config import Config
from fieldapp.sync.routes import door, phone
from tests.chaos.faults import steps
from tests.chaos.faults.naive import says_yes_to_a_failed_commit
from tests.chaos.faults.orphans import findings, settle
from tests.chaos.faults.writes import Patient
from tests.chaos.stage import Stage
from tests.databases import SOON_ON_SQLITE

EVERY_STEP = {steps.ROWS, steps.COMMIT, steps.COMMITTED, steps.BYTES, steps.SYNC, steps.MOVE, steps.SYNC_FOLDER}


def served(url: str, media: Path) -> Flask:
    return create_app(Config(database_url=url, media_dir=media, secret_key="a secret of forty characters for tests",
                             public_url="http://localhost", trusted_hosts=(), host="127.0.0.1", port=0,
                             demonstration=False, workers=2))


def live_through(stage: Stage, media: Path, most: int) -> None:
    with stage.copy() as url:
        patient = Patient(stage, served(url, media), media, url)
        met = patient.live_through(most)
        settle(media)
        found = findings([patient.phone], media)
        db.session.remove()
    assert found == []
    assert (len(met), set(met)) == (most, EVERY_STEP)
    assert {503, 507} <= set(patient.statuses)


@SOON_ON_SQLITE
@pytest.mark.article("24")
def test_no_yes_without_durable_data_when_a_write_fails(stage: Stage, tmp_path: Path) -> None:
    live_through(stage, tmp_path / "media", 50)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_no_yes_without_durable_data_whichever_of_500_writes_fails(stage: Stage, tmp_path: Path) -> None:
    live_through(stage, tmp_path / "media", 500)


@SOON_ON_SQLITE
def test_a_server_that_swallows_a_failed_commit_is_found_out(stage: Stage, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (door, phone):
        monkeypatch.setattr(module, "commit_and_go_on", says_yes_to_a_failed_commit(module.commit_and_go_on))
    with pytest.raises(AssertionError, match="said yes, and has it not"):
        live_through(stage, tmp_path / "media", 50)
