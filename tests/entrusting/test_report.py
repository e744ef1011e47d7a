"""The report: evidence with its hash, an attachment to the record; late ones are seen, none rewrites what was signed."""

from datetime import UTC, date, datetime

import pytest

from fieldapp import clock, db
from fieldapp.entrusting import actions, queries
from fieldapp.entrusting.models import EntrustmentReport
from fieldapp.entrusting.rules import Ending, State, Work
from fieldapp.evidence import store
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.ledger import queries as ledger
from fieldapp.oversight import queries as oversight
from fieldapp.oversight.rules import DeadlineKind
from fieldapp.refusals import Conflict, Refusal
from fieldapp.review.models import RecordReview
from fieldapp.visits import queries as visits
from tests.entrusting.scene import DUE, PDF, TODAY, ask, entrusted, file, hand_in, laboratory
from tests.people import Cast
from tests.review.scene import opened_review
from tests.visits.scene import one_visit

pytestmark = pytest.mark.article("19")


@pytest.fixture(autouse=True)
def media(tmp_path_factory: pytest.TempPathFactory) -> None:
    store.configure(tmp_path_factory.mktemp("media"))


def test_a_report_is_kept_bit_exact_with_author_day_and_hash(cast: Cast) -> None:
    visit_id = one_visit(cast)
    row_id = entrusted(cast, visit_id, laboratory(cast))
    report_id = hand_in(cast, row_id)
    with db.transaction(write=False):
        row = queries.entrustment_for(cast.inspector_a.officer, row_id)
        [report] = row.reports
        assert (report.id, report.author, report.made_on, report.is_annex) == (report_id, "张工（示例）", TODAY, False)
        assert store.path(store.Shelf.ORIGINALS, report.original.sha256).read_bytes() == PDF
        assert queries.state_of(row) is State.REPORTED
        said = [payload for entry, payload in ledger.history(visit_id) if entry.action == "entrusting.report_handed_in"]
        assert report.original.sha256 in str(vars(said[0]))


def test_a_report_comes_only_to_an_approved_entrustment_and_is_of_a_day_on_which_the_agency_was_qualified(
        cast: Cast) -> None:
    visit_id, lab = one_visit(cast), laboratory(cast, TODAY)
    row_id = ask(cast, visit_id, lab)
    with pytest.raises(Conflict):
        hand_in(cast, row_id)
    with db.transaction(write=True):
        actions.decide_entrustment(row_id, "agree", "", by=cast.head.officer)
    with pytest.raises(Refusal) as before:
        hand_in(cast, row_id, date(2026, 11, 22))
    assert before.value.code == "entrusting.report_before"
    _at(25)
    with pytest.raises(Refusal) as unqualified:
        hand_in(cast, row_id, date(2026, 11, 25))
    assert unqualified.value.code == "entrusting.report_unqualified"
    hand_in(cast, row_id, TODAY)


def test_a_conclusion_of_another_body_is_adopted_although_it_is_older(cast: Cast) -> None:
    row_id = entrusted(cast, one_visit(cast), laboratory(cast), Work.CONCLUSION)
    hand_in(cast, row_id, date(2026, 10, 1))
    with db.transaction(write=False):
        assert queries.state_of(queries.entrustment_for(cast.officer.officer, row_id)) is State.REPORTED


def test_a_report_that_does_not_come_stands_among_the_deadlines_until_it_does(cast: Cast) -> None:
    row_id = entrusted(cast, one_visit(cast), laboratory(cast))
    clock.set_source(lambda: datetime(2026, 12, 4, 2, tzinfo=UTC))
    with db.transaction(write=False):
        [due] = [one for one in oversight.deadlines(cast.division) if one.kind is DeadlineKind.REPORT]
        assert (due.due_on, due.days_late(clock.today()), due.thing_id) == (DUE, 3, row_id)
        assert not [one for one in oversight.deadlines(cast.other_division) if one.kind is DeadlineKind.REPORT]
    hand_in(cast, row_id, date(2026, 12, 3))
    with db.transaction(write=False):
        assert not [one for one in oversight.deadlines(None) if one.kind is DeadlineKind.REPORT]


def test_a_report_after_the_signature_is_an_annex_and_the_record_stays_as_it_was_signed(cast: Cast) -> None:
    review_id = opened_review(cast, text="一切正常")
    with db.transaction(write=False):
        part_id = db.session.get_one(RecordReview, review_id).visit_task_id
        visit_id, before = visits.visit_task(part_id).visit_id, fieldwork.record(part_id).digest
    row_id = entrusted(cast, visit_id, laboratory(cast), visit_task_id=part_id)
    hand_in(cast, row_id, date(2026, 11, 24))
    with db.transaction(write=False):
        [report] = db.session.query(EntrustmentReport).all()
        assert report.is_annex
        assert fieldwork.record(part_id).digest == before


def test_the_work_is_done_with_its_report_or_with_a_reason_and_then_nothing_more_comes(cast: Cast) -> None:
    row_id = entrusted(cast, one_visit(cast), laboratory(cast))
    with pytest.raises(Refusal) as refused, db.transaction(write=True):
        actions.end_entrustment(row_id, Ending.DONE, "", by=cast.officer.officer)
    assert refused.value.code == "entrusting.ending_reason"
    hand_in(cast, row_id)
    with db.transaction(write=True):
        actions.end_entrustment(row_id, Ending.DONE, "", by=cast.officer.officer)
    with pytest.raises(Conflict):
        hand_in(cast, row_id)


def test_only_a_pdf_or_a_picture_is_a_report(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        file(b"<script>alert(1)</script>")
    assert refused.value.code == "entrusting.file_kind"
    assert cast.division


def _at(day: int) -> None:
    clock.set_source(lambda: datetime(2026, 11, day, 2, tzinfo=UTC))
