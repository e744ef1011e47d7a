"""What is done about a finding stands beside its result, but for what goes to the judiciary."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.disposal import actions, queries
from fieldapp.disposal.actions import Plan
from fieldapp.disposal.queries import Filters
from fieldapp.disposal.rules import Measure
from fieldapp.documents.rules import DocumentKind
from fieldapp.publication import queries as publication
from fieldapp.refusals import Forbidden, Refusal
from tests.documents.papers import paper
from tests.people import Cast
from tests.publication.scene import published_result
from tests.review.scene import ordered

ORDER = Plan(Measure.ORDER_RECTIFICATION, "补齐消毒记录", due_on=date(2026, 12, 24))


def found(cast: Cast) -> UUID:
    return published_result(cast, category="rectification_ordered", order="补齐消毒记录", approval=ordered())


@pytest.mark.article("27")
def test_the_public_reads_what_was_ordered_and_what_came_of_it(cast: Cast) -> None:
    result_id = found(cast)
    with db.transaction(write=True):
        case_id = actions.open_case(result_id, ORDER, by=cast.officer.officer).id
        actions.close_case(case_id, "复查确认已改正", by=cast.head.officer)
    with db.transaction(write=False):
        _, measures = publication.public_result(result_id)
        assert [one.text for one in measures] == [
            "责令限期改正；限 2026年12月24日前完成；补齐消毒记录", "责令限期改正办结：复查确认已改正"]


@pytest.mark.article("27")
def test_a_judicial_referral_stays_inside(cast: Cast) -> None:
    result_id = found(cast)
    with db.transaction(write=True):
        plan = Plan(Measure.TRANSFER_TO_JUDICIAL, "涉嫌犯罪线索", "某公安机关")
        case_id = actions.open_case(result_id, plan, by=cast.officer.officer).id
    with db.transaction(write=False):
        assert publication.public_result(result_id)[1] == []
        assert queries.cases_for(cast.legal.officer, Filters()).rows
        assert queries.cases_for(cast.other_officer.officer, Filters()).rows == []
    letter = paper(case_id, DocumentKind.TRANSFER)
    assert all(words in letter for words in ("某公安机关：", "发现的情况：涉嫌犯罪线索", "第二十七条", "回执",
                                             "已收到。接收机关（印章）、经办人："))


@pytest.mark.article("27")
@pytest.mark.parametrize(("day", "listed"), [(24, 0), (25, 1)])
def test_a_rectification_is_listed_as_overdue_from_the_day_after_its_deadline(cast: Cast, day: int, listed: int) -> None:
    result_id = found(cast)
    with db.transaction(write=True):
        actions.open_case(result_id, ORDER, by=cast.officer.officer)
    clock.set_source(lambda: datetime(2026, 12, day, 4, tzinfo=UTC))
    with db.transaction(write=False):
        assert len(queries.cases_for(cast.officer.officer, Filters("overdue")).rows) == listed


@pytest.mark.article("27")
def test_another_division_does_not_handle_it_and_no_person_is_named(cast: Cast) -> None:
    result_id = found(cast)
    with db.transaction(write=True), pytest.raises(Forbidden):
        actions.open_case(result_id, ORDER, by=cast.other_officer.officer)
    with db.transaction(write=True), pytest.raises(Refusal, match="person_named"):
        actions.open_case(result_id, Plan(Measure.OWN_CASE, "由赵检一承办"), by=cast.officer.officer)
