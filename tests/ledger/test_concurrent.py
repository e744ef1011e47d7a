"""Many writers at once, the sequencer beside them: every row and every chain still fits."""

import threading

import pytest

from fieldapp import db, ledger
from fieldapp.accounts.models import Division, Person
from fieldapp.ledger import queries
from fieldapp.ledger.sequencer import keep_until
from tests.ledger.history import findings
from tests.people import Cast

pytestmark = [pytest.mark.usefixtures("named_keys"), pytest.mark.article("3")]


def test_writers_of_the_same_rows_leave_a_ledger_that_fits(cast: Cast) -> None:
    def write(number: int) -> None:
        for turn in range(12):
            with db.transaction(write=True):
                division = db.session.get_one(Division, (cast.division, cast.other_division)[turn % 2])
                if (number + turn) % 3:
                    division.name = f"{number}-{turn}-{division.id.hex[-4:]}"
                else:
                    db.session.get_one(Person, cast.head.id).telephone = f"{number}{turn}"
                ledger.record(cast.legal.officer, "accounts.division_renamed", division)

    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    beside = threading.Thread(target=keep_until, args=(stop,), kwargs={"pause": 0.01})
    for thread in (*threads, beside):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    beside.join()
    assert findings() == []
    with db.transaction(write=False):
        assert len(queries.history(cast.division)) + len(queries.history(cast.other_division)) == 48


def test_a_row_that_another_is_changing_is_entered_after_it(cast: Cast) -> None:
    """The first has recorded its change and not committed yet when the second, who changes nothing, records the same row."""
    recorded, let_go = threading.Event(), threading.Event()

    def first() -> None:
        with db.transaction(write=True):
            division = db.session.get_one(Division, cast.division)
            division.name = "先改处"
            ledger.record(cast.legal.officer, "accounts.division_renamed", division)
            recorded.set()
            let_go.wait(2)

    thread = threading.Thread(target=first)
    thread.start()
    assert recorded.wait(20)
    with db.transaction(write=False):
        several = not db.has_one_writer()
    if not several:
        let_go.set()
    with db.transaction(write=True):
        ledger.record(cast.head.officer, "accounts.x", db.session.get_one(Division, cast.division))
    thread.join()
    assert findings() == []
