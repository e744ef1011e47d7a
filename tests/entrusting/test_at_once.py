"""The head approves in the moment in which legal affairs takes the agency out of the directory."""

from contextlib import suppress
from threading import Event, Thread

import pytest

from fieldapp import db
from fieldapp.documents.models import Document
from fieldapp.entrusting import actions, queries
from fieldapp.entrusting.actions import directory
from fieldapp.entrusting.models import Entrustment
from fieldapp.entrusting.rules import State
from fieldapp.evidence import store
from fieldapp.refusals import Conflict
from tests.entrusting.scene import ask, laboratory
from tests.people import Cast
from tests.visits.scene import one_visit

HALF_A_SECOND = 0.5


@pytest.mark.article("19")
def test_no_letter_stays_in_force_for_who_was_taken_out_while_it_was_approved(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store.configure(tmp_path_factory.mktemp("media"))
    lab = laboratory(cast)
    row_id = ask(cast, one_visit(cast), lab)
    has_read, is_decided, withdraw = Event(), Event(), directory.withdraw

    def withdraw_later(*arguments: object, **more: object) -> None:
        has_read.set()
        is_decided.wait(HALF_A_SECOND)
        withdraw(*arguments, **more)  # type: ignore[arg-type]

    def approve() -> None:
        has_read.wait()
        with suppress(Conflict), db.transaction(write=True):
            actions.decide_entrustment(row_id, "agree", "", by=cast.head.officer)
        is_decided.set()

    monkeypatch.setattr(directory, "withdraw", withdraw_later)
    head = Thread(target=approve)
    head.start()
    with db.transaction(write=True):
        actions.end_party(lab, "资质被撤销", by=cast.legal.officer)
    head.join()
    with db.transaction(write=False):
        assert queries.state_of(db.session.get_one(Entrustment, row_id)) is State.WITHDRAWN
        assert db.session.query(Document).filter_by(kind="entrustment", voided_at=None).all() == []
