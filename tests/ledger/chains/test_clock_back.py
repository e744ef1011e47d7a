"""A clock that goes back, or two servers whose clocks differ: the log of what was honestly done is not accused."""

import time

import pytest

from fieldapp import db, ids, ledger
from fieldapp.accounts.models import Division, Person
from fieldapp.ledger import queries
from fieldapp.ledger.actions import record_many
from tests.ledger.history import findings, rename
from tests.people import Cast

pytestmark = [pytest.mark.usefixtures("named_keys"), pytest.mark.article("3")]
HOUR = 3_600 * 10**9


@pytest.fixture
def an_hour_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two changes, then a clock that is an hour behind, in a process that knows of no identifier."""
    rename(cast, "农村处")
    rename(cast, "农业处")
    now = time.time_ns
    monkeypatch.setattr(ids.time, "time_ns", lambda: now() - HOUR)
    monkeypatch.setattr(ids, "_last", 0)


@pytest.mark.usefixtures("an_hour_back")
def test_changes_after_the_clock_went_back_follow_those_before(cast: Cast) -> None:
    third = rename(cast, "高新处")
    with db.transaction(write=True):
        person, division = db.session.get_one(Person, cast.head.id), db.session.get_one(Division, cast.division)
        ledger.record(cast.legal.officer, "accounts.person_changed", person, case=cast.division)
        person.telephone, division.name = "0531-1", "成果处"  # neither is named by an entry of its own
    with db.transaction(write=True):
        rows = [db.session.get_one(Division, one) for one in (cast.division, cast.other_division)]
        [last, _] = record_many(cast.legal.officer, "accounts.division_renamed", rows)
    assert findings() == []
    with db.transaction(write=False):
        history = [entry.id for entry, _ in queries.history(cast.division)]
        assert (history[2], history[-1]) == (third, last.id)
        newest = queries.last_entry_about("accounts.division_renamed", cast.division)
        assert newest is not None
        assert newest[0].id == last.id


@pytest.mark.usefixtures("an_hour_back")
def test_a_thing_that_was_entered_in_another_case_is_followed_as_well(cast: Cast) -> None:
    for number in range(2):
        with db.transaction(write=True):
            division = db.session.get_one(Division, cast.division)
            division.name = f"第{number}处"
            ledger.record(cast.legal.officer, "accounts.division_renamed", division, case=cast.head.id)
    rename(cast, "高新处")
    assert findings() == []


def test_servers_whose_clocks_differ_write_one_chain(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns
    for turn in range(6):
        monkeypatch.setattr(ids.time, "time_ns", lambda turn=turn: now() - HOUR * (turn % 2))
        monkeypatch.setattr(ids, "_last", 0)
        rename(cast, f"第{turn}处")
    assert findings() == []


