"""Many writers at once, the sequencer beside them: every row and every chain still fits."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from fieldapp import db, ledger
from fieldapp.accounts.models import Division, Person
from fieldapp.ledger import queries
from fieldapp.ledger.models import Entry
from fieldapp.ledger.sequencer import keep_until
from tests.ledger.history import findings
from tests.people import Cast, Player

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


def chain(case: UUID) -> list[tuple[UUID | None, UUID]]:
    """The entries of a case, each with the one that it names, in their order."""
    with db.transaction(write=False):
        links = sa.select(Entry.prev_in_case, Entry.id).where(Entry.case_id == case).order_by(Entry.id)
        return [(prev, entry_id) for prev, entry_id in db.session.execute(links)]


def is_one(links: list[tuple[UUID | None, UUID]]) -> bool:
    """Whether each entry names the one before it, and the first names none."""
    return [prev for prev, _ in links] == [None, *(entry_id for _, entry_id in links[:-1])]


def at_once(*writers: Callable[[Callable[[], object]], None]) -> None:
    """Each writer in a transaction of its own; what it is given lets it wait until the others are as far, where they can be."""
    with db.transaction(write=False):
        several = not db.has_one_writer()
    barrier, failed = threading.Barrier(len(writers)), list[BaseException]()

    def write(writer: Callable[[Callable[[], object]], None]) -> None:
        try:
            with db.transaction(write=True):
                writer((lambda: barrier.wait(20)) if several else lambda: None)
        except BaseException as error:  # noqa: BLE001 - of another thread: it is raised in the test's own
            failed.append(error)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_those_who_write_in_one_case_at_once_leave_one_chain(cast: Cast) -> None:
    """None of them holds a row that another wants."""

    def writer(player: Player) -> Callable[[Callable[[], object]], None]:
        def write(others_are_as_far: Callable[[], object]) -> None:
            person = db.session.get_one(Person, player.id)
            person.telephone = player.id.hex[:11]
            ledger.record(player.officer, "accounts.person_changed", person, case=cast.division)
            others_are_as_far()

        return write

    for _ in range(3):
        at_once(*map(writer, (cast.head, cast.officer, cast.legal)))
    links = chain(cast.division)
    assert (len(links), is_one(links), findings()) == (9, True, [])


def test_whoever_writes_in_a_case_waits_for_no_row_and_for_no_other_case(cast: Cast) -> None:
    """One has written in two cases and wants a row; the other has that row, and has written in them the other way round."""

    def record(player: Player, *cases: UUID) -> None:
        for case in cases:
            ledger.record(player.officer, "accounts.x", db.session.get_one(Person, player.id), case=case)

    def rename(division: UUID) -> None:
        db.session.get_one(Division, division).name = "改名处"
        db.session.flush()

    def first(others_are_as_far: Callable[[], object]) -> None:
        record(cast.head, cast.division, cast.other_division)
        others_are_as_far()
        rename(cast.division)

    def second(others_are_as_far: Callable[[], object]) -> None:
        rename(cast.division)
        record(cast.legal, cast.other_division)
        others_are_as_far()
        record(cast.legal, cast.division)

    at_once(first, second)
    both = chain(cast.division), chain(cast.other_division)
    assert ([*map(is_one, both)], findings()) == ([True, True], [])


def test_what_a_savepoint_takes_back_leaves_no_gap(cast: Cast) -> None:
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        ledger.record(cast.legal.officer, "accounts.before", division)
        with pytest.raises(RuntimeError), db.session.begin_nested():
            ledger.record(cast.legal.officer, "accounts.taken_back", division)
            raise RuntimeError
        with db.session.begin_nested():
            ledger.record(cast.legal.officer, "accounts.kept", division)
        ledger.record(cast.legal.officer, "accounts.after", division)
    with db.transaction(write=False):
        assert [entry.action.partition(".")[2] for entry, _ in queries.history(cast.division)] == ["before", "kept", "after"]
    assert (is_one(chain(cast.division)), findings()) == (True, [])
