"""A case as people read it: the latest first, what was done over and over in one line."""

from contextlib import suppress

import pytest

from fieldapp import db, ledger
from fieldapp.accounts.models import Division, Person
from fieldapp.ledger.timeline import Change, timeline
from fieldapp.ledger.verbs import verb_label
from tests.people import Cast


def test_what_one_person_does_over_and_over_is_one_step_unless_a_reason_is_given(cast: Cast) -> None:
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        for who, reason in ((cast.legal, None), (cast.legal, None), (cast.head, None), (cast.head, "甲"), (cast.head, "乙")):
            ledger.record(who.officer, "accounts.division_renamed", division, reason=reason)
    with db.transaction(write=False):
        steps = [(step.by, step.reason, step.times) for step in timeline(cast.division)][:4]
    assert steps == [(cast.head.name, "乙", 1), (cast.head.name, "甲", 1), (cast.head.name, "", 1), (cast.legal.name, "", 2)]


@pytest.mark.article("3")
def test_a_step_tells_in_words_what_changed_as_what_and_from_where(cast: Cast) -> None:
    with db.transaction(write=True):
        db.session().info[db.WHERE] = "办公电脑"
        person = db.session.get_one(Person, cast.officer.id)
        person.telephone, person.password_hash = "0531-1", "secret"
        db.session.flush()
        person.telephone = "0531-2"
        ledger.record(cast.legal.officer, "accounts.person_changed", person, reason="换号")
        ledger.record(cast.legal.officer, "accounts.person_changed", person)
    with db.transaction(write=False):
        again, step = timeline(cast.officer.id)
    assert (step.roles, step.where, step.reason) == (("法规处",), "办公电脑", "换号")
    assert step.changes == (Change("电话", "", "0531-2"),)
    assert again.changes == ()


def test_a_change_that_a_savepoint_takes_back_is_not_told(cast: Cast) -> None:
    with db.transaction(write=True):
        person = db.session.get_one(Person, cast.officer.id)
        with suppress(RuntimeError), db.session.begin_nested():
            person.telephone = "0531-1"
            db.session.flush()
            raise RuntimeError
        ledger.record(cast.legal.officer, "accounts.person_changed", person)
    with db.transaction(write=False):
        assert [step.changes for step in timeline(cast.officer.id)] == [()]


def test_the_steps_of_one_thing_are_taken_out_of_its_case(cast: Cast) -> None:
    with db.transaction(write=True):
        division, person = db.session.get_one(Division, cast.division), db.session.get_one(Person, cast.officer.id)
        ledger.record(cast.legal.officer, "accounts.division_renamed", division)
        ledger.record(cast.legal.officer, "accounts.person_changed", person, case=cast.division)
    with db.transaction(write=False):
        assert [step.label for step in timeline(cast.division, about=cast.officer.id)] == [verb_label("accounts.person_changed")]
        assert len(timeline(cast.division)) == 2
