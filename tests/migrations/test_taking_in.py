"""A release takes in what its migration rewrote; what was changed behind the application before it is refused, and named."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.cli import serving
from fieldapp.cli.main import main
from fieldapp.ledger import queries
from fieldapp.ledger.actions.recording import enter_rows
from fieldapp.ledger.rules import ROWS_MIGRATED
from fieldapp.roles import PRODUCT
from tests.ledger.history import behind, findings

pytestmark = pytest.mark.article("3")
BEFORE = "0056"


@pytest.fixture
def divisions(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """A database of an earlier release with two divisions, as the ledger has them."""
    for name, value in (("DATABASE_URL", database_url), ("MEDIA_DIR", tmp_path / "media"), ("DATA_DIR", tmp_path),
                        ("SECRET_KEY", "a secret of forty characters for tests"), ("LEDGER_KEY_DIR", tmp_path / "keys")):
        monkeypatch.setenv(name, str(value))
    serving.upgrade_database(database_url, BEFORE)
    with db.transaction(write=True):
        enter_rows([], ROWS_MIGRATED, reason=BEFORE)
    made = []
    for name in ("农村处", "农业处"):
        with db.transaction(write=True):
            division = Division(name=name)
            db.session.add(division)
            ledger.record(PRODUCT, "accounts.division_added", division)
            made.append(division.id)
    return made


@pytest.fixture
def rewriting(divisions: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    """The release's migration also gives every division its first day, and makes one."""
    upgrade = serving.command.upgrade

    def more(alembic: serving.AlembicConfig, revision: str) -> None:
        upgrade(alembic, revision)
        alembic.attributes["connection"].execute(sa.update(Division).values(valid_from=date(2020, 1, 1)))
        alembic.attributes["connection"].execute(sa.insert(Division).values(id=UUID(int=7), name="新处", is_legal_affairs=False))

    monkeypatch.setattr(serving.command, "upgrade", more)


@pytest.mark.usefixtures("rewriting")
def test_rows_that_the_migration_rewrote_or_made_are_entered(divisions: list[UUID], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out.endswith("entered in the ledger as they are: 3\n")
    assert findings() == []
    assert _mark() > BEFORE


@pytest.mark.parametrize(("change", "kind"), [
    ("UPDATE division SET name = '改名处' WHERE id = :id", "row_changed"),
    ("DELETE FROM division WHERE id = :id", "row_missing")])
@pytest.mark.usefixtures("rewriting")
def test_a_row_changed_before_the_release_is_named_and_nothing_is_migrated(
        divisions: list[UUID], capsys: pytest.CaptureFixture[str], change: str, kind: str) -> None:
    behind(change, id=divisions[0])
    assert main(["migrate"]) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"{kind} division {divisions[0]}"
    assert _mark() == BEFORE
    assert main(["migrate", "--leave-accused"]) == 0
    assert findings() == [f"{kind} division {divisions[0]}"], "it is migrated, and not made genuine"


def test_a_row_slipped_in_before_the_release_is_named(divisions: list[UUID], capsys: pytest.CaptureFixture[str]) -> None:
    with db.transaction(write=True):
        db.session.execute(sa.insert(Division).values(id=UUID(int=9), name="假处", is_legal_affairs=False))
    assert main(["migrate"]) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"row_unknown division {UUID(int=9)}"


def test_a_log_that_does_not_verify_is_not_migrated(divisions: list[UUID], capsys: pytest.CaptureFixture[str]) -> None:
    behind("UPDATE ledger_entry SET reason = '另有原因' WHERE thing_id = :id", id=divisions[1])
    assert main(["migrate"]) == 1
    assert capsys.readouterr().err.startswith("entry_columns_differ ledger_entry ")


def _mark() -> str:
    with db.transaction(write=False):
        return str(queries.taken_in_after())
