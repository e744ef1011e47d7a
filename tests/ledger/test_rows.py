"""Whatever a transaction writes is in the ledger: what its entries name, and the rest in one entry more."""

import ast
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from fieldapp import db, ledger
from fieldapp.accounts.models import Division, Person
from fieldapp.app import load_areas
from fieldapp.jobs.models import Job
from fieldapp.ledger import queries
from fieldapp.ledger.models import Entry, WrittenRows
from fieldapp.ledger.rules import OF_ROWS, ROWS_WRITTEN, UNPROTECTED, is_protected
from tests.house.files import ROOT, files, lay
from tests.ledger.history import findings, rename
from tests.people import Cast

BULK = {"insert", "update", "delete"}

pytestmark = [pytest.mark.usefixtures("named_keys"), pytest.mark.article("3")]


def test_a_row_that_no_entry_names_stands_in_one_more_by_whoever_acted_in_the_same_case(cast: Cast) -> None:
    with db.transaction(write=True):
        division, person = db.session.get_one(Division, cast.division), db.session.get_one(Person, cast.head.id)
        division.name, person.name = "农村处", "改名"
        ledger.record(cast.legal.officer, "accounts.division_renamed", division)
    entry, rows = _last_rows()
    assert (entry.actor_id, entry.case_id) == (cast.legal.id, cast.division)
    assert [row[:2] for row in rows] == [["person", str(cast.head.id)]]
    assert findings() == []


def test_a_change_that_its_entry_names_needs_no_more(cast: Cast) -> None:
    before = _count()
    rename(cast, "农村处")
    assert _count() == before + 1


def test_a_change_after_its_entry_is_not_hidden_by_it(cast: Cast) -> None:
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        ledger.record(cast.legal.officer, "accounts.division_renamed", division)
        division.name = "后改处"
    assert [row[:2] for row in _last_rows()[1]] == [["division", str(cast.division)]]
    assert findings() == []


def test_what_a_savepoint_took_back_is_not_entered(cast: Cast) -> None:
    with db.transaction(write=True):
        person = db.session.get_one(Person, cast.head.id)
        with pytest.raises(RuntimeError), db.session.begin_nested():
            db.session.add(Division(name="不成处"))
            person.name = "不成"
            ledger.record(cast.legal.officer, "accounts.x", person)
            raise RuntimeError
        db.session.get_one(Division, cast.division).name = "成处"
    with db.transaction(write=False):
        assert db.session.get_one(Person, cast.head.id).name == cast.head.name
    assert findings() == []


def test_an_entry_that_a_savepoint_took_back_hides_no_later_change(cast: Cast) -> None:
    with db.transaction(write=True):
        person = db.session.get_one(Person, cast.head.id)
        with pytest.raises(RuntimeError), db.session.begin_nested():
            person.name = "改名"
            ledger.record(cast.legal.officer, "accounts.x", person)
            raise RuntimeError
        person.name = "改名"
    assert findings() == []


def test_what_another_has_changed_meanwhile_is_entered_as_it_is(cast: Cast) -> None:
    def meanwhile() -> None:
        with db.transaction(write=True):
            db.session.get_one(Person, cast.head.id).name = "改名"

    if one_writer := _has_one_writer():
        meanwhile()
    with db.transaction(write=True):
        person = db.session.get_one(Person, cast.head.id)
        assert person.name
        if not one_writer:
            other = threading.Thread(target=meanwhile)
            other.start()
            other.join()
        person.telephone = "13800000000"
    with db.transaction(write=False):
        assert db.session.get_one(Person, cast.head.id).name == "改名"
    assert findings() == []


def test_a_deleted_row_is_entered_as_deleted(cast: Cast) -> None:
    with db.transaction(write=True):
        person = db.session.get_one(Person, cast.head.id)
        gone = person.role_rows[0]
        key = "/".join(map(str, sa.inspect(gone).identity))
        db.session.delete(gone)
    assert ["person_role", key, None] in _last_rows()[1]
    assert findings() == []


def test_rows_that_say_nothing_of_an_inspection_are_left_out(cast: Cast) -> None:
    before = _count()
    with db.transaction(write=True):
        db.session.add(Job(kind="x", facts={}, asked_at=sa.func.now(), run_after=sa.func.now()))
    assert _count() == before


def test_every_table_is_answered_for_or_left_out_with_a_reason() -> None:
    tables = set(db.Model.metadata.tables)
    assert set(UNPROTECTED) <= tables
    assert all(UNPROTECTED.values())
    assert {"visit", "op", "evidence_original", "inspection_result", "draw_row", "person_role"} <= tables - set(UNPROTECTED)


def test_a_history_as_people_read_it_does_not_tell_of_rows(cast: Cast) -> None:
    with db.transaction(write=True):
        division, person = db.session.get_one(Division, cast.division), db.session.get_one(Person, cast.head.id)
        person.name = "改名"
        ledger.record(cast.legal.officer, "accounts.division_renamed", division)
    with db.transaction(write=False):
        assert {entry.action for entry, _ in queries.history(cast.division)}.isdisjoint(OF_ROWS)


def test_no_statement_in_bulk_passes_the_ledger_by() -> None:
    assert list(bulk_on_protected_rows(ROOT)) == []


def test_a_statement_in_bulk_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"fieldapp/visits/actions.py": "x = sa.update(Visit)\ny = sa.delete(Job)\n"})
    assert list(bulk_on_protected_rows(tmp_path)) == ["fieldapp/visits/actions.py:1 update(Visit)"]


def bulk_on_protected_rows(root: Path) -> Iterator[str]:
    """Statements like `sa.update(Visit)` on a table that the ledger answers for."""
    load_areas()
    protected = {mapper.class_.__name__ for mapper in db.Model.registry.mappers if is_protected(str(mapper.local_table))}
    for path in files(root, ".py", under="fieldapp"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BULK:
                for name in node.args[:1]:
                    if isinstance(name, ast.Name) and name.id in protected:
                        yield f"{path.relative_to(root)}:{node.lineno} {node.func.attr}({name.id})"


def _has_one_writer() -> bool:
    with db.transaction(write=False):
        return db.has_one_writer()


def _last_rows() -> tuple[Entry, list[list[str | None]]]:
    with db.transaction(write=False):
        entry, rows = db.session.execute(
            sa.select(Entry, WrittenRows.rows).join(WrittenRows, WrittenRows.entry_id == Entry.id)
            .where(Entry.action == ROWS_WRITTEN).order_by(Entry.id.desc()).limit(1)).one()
        db.session.expunge(entry)
    return entry, json.loads(rows)


def _count() -> int:
    with db.transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) or 0
