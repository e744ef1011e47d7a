"""What was changed behind the application is found and named; what was done in the open never is."""

import json
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Division, Person
from fieldapp.canonical import canonical
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import sequence, sign_checkpoint, take_in_rows
from fieldapp.ledger.models import Entry, Payload
from fieldapp.ledger.notes import new_key, sign_note
from fieldapp.ledger.rules import Checkpoint, read_checkpoint
from fieldapp.merkle import leaf_hash
from tests.ledger.history import behind, findings, last_action, rename
from tests.people import Cast

pytestmark = [pytest.mark.usefixtures("named_keys"), pytest.mark.article("3")]


@pytest.fixture
def entries(cast: Cast) -> list[UUID]:
    """Three changes of one division, and a signed head over them."""
    done = [rename(cast, name) for name in ("农村处", "农业处", "高新处")]
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()
    return done


def test_what_was_done_in_the_open_fits(entries: list[UUID], cast: Cast) -> None:
    rename(cast, "成果处")
    with db.transaction(write=True):
        db.session.get_one(Person, cast.head.id).name = "无名"  # a row that no entry names is entered with the rest
    assert findings([_signed()]) == []


def test_a_row_changed_behind_the_application_is_named(entries: list[UUID], cast: Cast) -> None:
    with db.transaction(write=True):
        db.session.execute(sa.update(Division).where(Division.id == cast.division).values(name="改名处"))
    assert findings() == [f"row_changed division {cast.division}"]


def test_a_row_that_nobody_named_and_that_was_changed_is_named(entries: list[UUID], cast: Cast) -> None:
    with db.transaction(write=True):
        db.session.execute(sa.update(Person).where(Person.id == cast.head.id).values(name="改名"))
    assert findings() == [f"row_changed person {cast.head.id}"]


def test_rows_that_came_or_went_behind_the_application_are_named(entries: list[UUID], cast: Cast) -> None:
    with db.transaction(write=True):
        db.session.execute(sa.insert(Division).values(id=UUID(int=7), name="假处", is_legal_affairs=False))
    assert findings() == [f"row_unknown division {UUID(int=7)}"]
    behind("DELETE FROM person_role")
    assert {tuple(found.split()[:2]) for found in findings()} == {("row_unknown", "division"), ("row_missing", "person_role")}


def test_a_changed_entry_is_named(entries: list[UUID]) -> None:
    behind("UPDATE ledger_entry SET reason = '另有原因' WHERE id = :id", id=entries[1])
    assert findings() == [f"entry_columns_differ ledger_entry {entries[1]}"]


def test_an_entry_changed_with_its_body_is_named(entries: list[UUID]) -> None:
    with db.transaction(write=False):
        body = json.loads(db.session.get_one(Entry, entries[1]).body)
    body["action"] = "accounts.x"
    new = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    behind("UPDATE ledger_entry SET body = :body, action = 'accounts.x' WHERE id = :id", id=entries[1], body=new)
    assert findings() == [f"entry_changed ledger_entry {entries[1]}", f"leaf_differs ledger_leaf {_place(entries[1])}"]
    behind("UPDATE ledger_entry SET leaf_hash = :leaf WHERE id = :id", id=entries[1], leaf=leaf_hash(new.encode()).hex())
    assert findings() == [f"leaf_differs ledger_leaf {_place(entries[1])}"]
    behind("UPDATE ledger_leaf SET leaf_hash = :leaf WHERE entry_id = :id", id=entries[1], leaf=leaf_hash(new.encode()))
    assert [found.split()[0] for found in findings()] == ["checkpoint_differs"]


def test_a_deleted_entry_is_named(entries: list[UUID]) -> None:
    behind("DELETE FROM ledger_payload WHERE entry_id = :id", "DELETE FROM ledger_entry WHERE id = :id", id=entries[1])
    found = findings()
    assert f"entry_missing ledger_leaf {_place(entries[1])}" in found
    assert f"case_chain_broken ledger_entry {entries[2]}" in found


def test_two_entries_that_changed_places_are_named(entries: list[UUID]) -> None:
    first, second = _place(entries[0]), _place(entries[1])
    behind("UPDATE ledger_leaf SET position = -1 WHERE position = :first", first=first)
    behind("UPDATE ledger_leaf SET position = :first WHERE position = :second", first=first, second=second)
    behind("UPDATE ledger_leaf SET position = :second WHERE position = -1", second=second)
    assert "checkpoint_differs" in {found.split()[0] for found in findings()}
    assert f"case_chain_broken ledger_entry {entries[1]}" in findings()


def test_an_end_cut_off_is_named(entries: list[UUID]) -> None:
    outside = _signed()
    behind("DELETE FROM ledger_checkpoint")
    behind("DELETE FROM ledger_leaf WHERE position >= :place", place=_place(entries[2]))
    assert f"checkpoint_ahead checkpoint {outside.size}" in findings([outside])
    assert f"entry_not_in_tree ledger_entry {entries[2]}" in findings()


def test_everything_made_anew_shows_only_against_a_head_kept_outside(entries: list[UUID]) -> None:
    outside = _signed()
    _make_anew(entries[2])
    assert findings() == []
    assert findings([outside]) == [f"checkpoint_differs checkpoint {outside.size}"]


def test_a_head_that_nobody_known_signed_is_named(entries: list[UUID]) -> None:
    forged = sign_note(_signed().text(), [new_key(keys.origin())])
    behind("UPDATE ledger_checkpoint SET note = :note", note=forged)
    assert [found.split()[0] for found in findings()] == ["checkpoint_signature"]


def test_changed_words_beside_an_entry_are_named_and_erased_ones_are_not(entries: list[UUID]) -> None:
    with db.transaction(write=True):
        db.session.execute(sa.delete(Payload).where(Payload.entry_id == entries[0]))
        db.session.execute(sa.update(Payload).where(Payload.entry_id == entries[1]).values(facts='{"by":"他人"}'))
    assert findings() == [f"payload_differs ledger_payload {entries[1]}"]


def test_changed_lists_of_rows_are_named(entries: list[UUID]) -> None:
    behind("UPDATE ledger_rows SET rows = '[]'")
    assert {found.split()[0] for found in findings()} == {"rows_differ", "row_unknown"}


def test_after_a_migration_rows_are_entered_as_they_are_and_the_log_says_so(entries: list[UUID], cast: Cast) -> None:
    with db.transaction(write=True):
        db.session.execute(sa.update(Division).values(valid_from=date(2020, 1, 1)))
    changed = len(findings())
    assert changed > 1
    with db.transaction(write=True):
        assert take_in_rows("0099") == changed
    assert findings() == []
    with db.transaction(write=False):
        assert last_action() == "ledger.rows_migrated"
        assert queries.taken_in_after() == "0099"


def test_a_log_that_does_not_verify_takes_nothing_in(entries: list[UUID]) -> None:
    behind("UPDATE ledger_entry SET reason = '另有原因' WHERE id = :id", id=entries[1])
    with pytest.raises(ValueError, match="entry_columns_differ"), db.transaction(write=True):
        take_in_rows("0099")


def _place(entry: UUID) -> int:
    with db.transaction(write=False):
        place = queries.place_of(entry)
    assert place is not None
    return place


def _signed() -> Checkpoint:
    with db.transaction(write=False):
        last = queries.last_checkpoint()
        assert last is not None
        return read_checkpoint(last.note.partition("\n\n")[0] + "\n")


def _make_anew(entry_id: UUID) -> None:
    """Forge an entry and everything that follows from it, as the owner of the database and of the key can."""
    with db.transaction(write=False):
        body = json.loads(db.session.get_one(Entry, entry_id).body)
    new = canonical(body | {"reason": "另有原因"})
    behind("UPDATE ledger_entry SET body = :body, reason = '另有原因', leaf_hash = :leaf WHERE id = :id",
           id=entry_id, body=new.decode(), leaf=leaf_hash(new).hex())
    behind("UPDATE ledger_leaf SET leaf_hash = :leaf WHERE entry_id = :id", id=entry_id, leaf=leaf_hash(new))
    with db.transaction(write=False):
        size = queries.size()
        forged = Checkpoint(keys.origin(), size, queries.head_at(size)).text()
    behind("UPDATE ledger_checkpoint SET note = :note", note=sign_note(forged, keys.signing_keys()))


@pytest.mark.parametrize("statement", [
    "UPDATE ledger_entry SET body = '{' WHERE id = :id", "UPDATE ledger_entry SET body = '[]' WHERE id = :id",
    "UPDATE ledger_entry SET body = '' WHERE id = :id"])
def test_an_entry_left_unreadable_hides_nothing_else(entries: list[UUID], cast: Cast, statement: str) -> None:
    behind(statement, id=entries[1])
    behind("UPDATE division SET name = '改名处' WHERE id = :id", id=cast.division)
    found = findings()
    assert f"entry_changed ledger_entry {entries[1]}" in found
    assert f"row_changed division {cast.division}" in found


def test_a_row_left_unreadable_is_named_and_hides_no_other(entries: list[UUID], cast: Cast) -> None:
    with db.transaction(write=False):
        sqlite = db.has_one_writer()
    bad = "'nonsense'" if sqlite else "DATE '1999-01-01'"  # PostgreSQL keeps no nonsense in a date
    behind(f"UPDATE division SET valid_from = {bad} WHERE id = :id", id=cast.division)
    behind("UPDATE division SET name = '改名处' WHERE id = :id", id=cast.other_division)
    assert sorted(findings()) == sorted(f"row_changed division {one}" for one in (cast.division, cast.other_division))
