"""A case as people read it: the latest first, what was done over and over in one line."""

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.ledger.timeline import timeline
from tests.people import Cast


def test_what_one_person_does_over_and_over_is_one_step_unless_a_reason_is_given(cast: Cast) -> None:
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        for who, reason in ((cast.legal, None), (cast.legal, None), (cast.head, None), (cast.head, "甲"), (cast.head, "乙")):
            ledger.record(who.officer, "accounts.division_renamed", division, reason=reason)
    with db.transaction(write=False):
        steps = [(step.by, step.reason, step.times) for step in timeline(cast.division)][:4]
    assert steps == [(cast.head.name, "乙", 1), (cast.head.name, "甲", 1), (cast.head.name, "", 1), (cast.legal.name, "", 2)]
