"""`fieldapp ledger`, as an operator calls it."""

import json
from pathlib import Path

import pytest

from fieldapp import db
from fieldapp.cli.main import main
from fieldapp.config import Config
from fieldapp.ledger import keys
from fieldapp.ledger.actions import sequence, sign_checkpoint
from tests.ledger.history import behind, rename
from tests.people import Cast


@pytest.fixture
def asked(settings: Config, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> Config:
    """The environment of the command, and a signed head over one change."""
    for name, value in (("DATABASE_URL", settings.database_url), ("MEDIA_DIR", settings.media_dir),
                        ("DATA_DIR", settings.media_dir.parent), ("SECRET_KEY", settings.secret_key),
                        ("LEDGER_KEY_DIR", settings.ledger_keys)):
        monkeypatch.setenv(name, str(value))
    keys.configure(settings.ledger_keys, "fieldapp.example/ledger")
    rename(cast, "农村处")
    _sign()
    return settings


def test_a_ledger_that_fits_and_one_that_does_not(asked: Config, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "verify"]) == 0
    assert capsys.readouterr().out.endswith(", 0 findings\n")
    behind("UPDATE division SET name = '改名处' WHERE id = :id", id=cast.division)
    assert main(["ledger", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"] == [["row_changed", "division", str(cast.division)]]


def test_a_head_kept_outside_holds_against_the_log_later(asked: Config, cast: Cast, tmp_path: Path,
                                                         capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "checkpoint"]) == 0
    kept = tmp_path / "kept.txt"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    rename(cast, "农业处")
    _sign()
    assert main(["ledger", "verify", "--checkpoint", str(kept)]) == 0
    behind("DELETE FROM ledger_checkpoint")
    behind("DELETE FROM ledger_leaf WHERE position > 0")
    assert main(["ledger", "verify", "--checkpoint", str(kept)]) == 1
    assert "checkpoint_ahead checkpoint" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "x\n1\nAAAA\n\n\u2014 x AAAAAAAA\n"])
def test_a_head_that_is_none_is_no_reason_to_trust(asked: Config, tmp_path: Path, content: str) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(content, encoding="utf-8")
    assert main(["ledger", "verify", "--checkpoint", str(kept)]) == 2


def test_a_new_key_signs_beside_the_old_one(asked: Config, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "add-key"]) == 0
    added = capsys.readouterr().out.strip()
    assert [key.text() for key in keys.verifier_keys()][-1] == added
    _sign()
    main(["ledger", "checkpoint"])
    assert capsys.readouterr().out.count("\u2014 fieldapp.example/ledger ") == 2
    assert main(["ledger", "verify"]) == 0


def test_the_log_is_written_into_a_folder(asked: Config, tmp_path: Path) -> None:
    assert main(["ledger", "export", str(tmp_path / "log")]) == 0
    assert {path.name for path in (tmp_path / "log").iterdir()} == {"checkpoint", "tile"}
    assert not (tmp_path / "log/tile/entries").exists()


def _sign() -> None:
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()
