"""Every change leaves an entry that nobody can change."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from types import SimpleNamespace
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.canonical import canonical
from fieldapp.ledger import queries, rules
from fieldapp.ledger.actions import record_many
from fieldapp.ledger.models import Payload
from fieldapp.merkle import leaf_hash
from tests.people import Cast


def _rename(cast: Cast, name: str) -> None:
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        division.name = name
        ledger.record(cast.security_admin.officer, "accounts.division_renamed", division, facts={"name": name})


@pytest.mark.article("3")
def test_entries_of_a_case_are_chained_and_hashes_follow_one_another(cast: Cast) -> None:
    _rename(cast, "农村处")
    _rename(cast, "农业处")
    with db.transaction(write=False):
        (first, _), (second, payload) = queries.history(cast.division)
        assert second.prev_in_case == first.id
        assert second.before_hash == first.after_hash != second.after_hash
        body = json.loads(second.body)
        assert canonical(body).decode() == second.body
        assert leaf_hash(second.body.encode()).hex() == second.leaf_hash
        assert json.loads(payload.facts) == {"by": cast.security_admin.name, "name": "农业处"}
        assert "农业处" not in second.body


def test_a_change_that_fails_leaves_no_entry(cast: Cast) -> None:
    with pytest.raises(RuntimeError), db.transaction(write=True):
        ledger.record(cast.legal.officer, "x.y", db.session.get_one(Division, cast.division))
        raise RuntimeError
    with db.transaction(write=False):
        assert queries.history(cast.division) == []


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET action = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_an_entry(cast: Cast, statement: str) -> None:
    _rename(cast, "农村处")
    with pytest.raises(DBAPIError, match="append-only"), db.transaction(write=True):
        db.session.execute(sa.text(statement))
    with db.transaction(write=False):
        assert [entry.action for entry, _ in queries.history(cast.division)] == ["accounts.division_renamed"]


def test_erasing_a_payload_leaves_the_entry_whole(cast: Cast) -> None:
    _rename(cast, "农村处")
    with db.transaction(write=True):
        db.session.execute(sa.delete(Payload))
    with db.transaction(write=False):
        assert [payload for _, payload in queries.history(cast.division)] == [None]


def test_an_actor_outside_the_department_has_a_name_only(cast: Cast) -> None:
    visitor = SimpleNamespace(person_id=None, name="李某")
    with db.transaction(write=True):
        entry = ledger.record(visitor, "x.y", db.session.get_one(Division, cast.division))
    assert "李某" not in entry.body


def test_many_rows_recorded_at_once_leave_the_entries_that_one_by_one_would(cast: Cast) -> None:
    divisions = (cast.division, cast.other_division)
    _rename(cast, "农村处")
    with db.transaction(write=True):
        rows = [db.session.get_one(Division, division) for division in divisions]
        for number, row in enumerate(rows):
            row.name = f"第{number}处"
        entries = record_many(cast.legal.officer, "accounts.division_renamed", rows, reason="改革", facts={"by_order": "1"})
        assert [entry.thing_id for entry in entries] == list(divisions)
    _rename(cast, "农业处")
    with db.transaction(write=False):
        (first, _), (second, payload), (third, _) = queries.history(cast.division)
        assert (second.prev_in_case, second.before_hash) == (first.id, first.after_hash)
        assert (third.prev_in_case, third.before_hash) == (second.id, second.after_hash)
        body = json.loads(second.body)
        assert body.keys() == json.loads(first.body).keys()
        assert leaf_hash(second.body.encode()).hex() == second.leaf_hash
        assert json.loads(payload.facts) == {"by": cast.legal.name, "by_order": "1", "reason": "改革"}
        assert queries.history(cast.other_division)[0][0].prev_in_case is None


class Kind(StrEnum):
    ONE = "一"


@pytest.mark.parametrize("value", [
    "台账 \"一\"\n\t\\ \u2028 \x00 é 𠀀", "", 0, 1, -5, True, False, 2**53 - 1, 1.5, Decimal("2.50"), b"\x00\xff",
    date(2026, 11, 30), datetime(2026, 11, 30, 9, 30, 1, 5, tzinfo=UTC),
    datetime(2026, 11, 30, 17, 30, tzinfo=timezone(timedelta(hours=8))),
    UUID(int=7), Kind.ONE, [1, "二", None], {"b": 1, "a": [UUID(int=1)]}, None])
def test_the_text_of_a_row_is_the_canonical_json_of_its_columns(value: object) -> None:
    columns = {"name": "名", "id": UUID(int=3), "Ünder": value, "z": value, "is_": None}
    said = {name: rules.plain(one) for name, one in columns.items() if one is not None}
    assert rules.row_text(columns) == canonical(said).decode()
    assert rules.row_hash(columns) == sha256(canonical(said)).hexdigest()


def test_a_row_cannot_hold_a_number_that_others_would_round() -> None:
    with pytest.raises(ValueError, match="integer out of the range"):
        rules.row_text({"size": 2**53})
