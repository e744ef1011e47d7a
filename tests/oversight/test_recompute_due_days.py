"""Deadlines follow the calendar once the State Council's notice is entered."""

from datetime import date

import pytest

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.app import load_areas
from fieldapp.jobs import actions as jobs
from fieldapp.ledger.timeline import timeline
from fieldapp.oversight import actions
from fieldapp.policy import actions as policy
from fieldapp.policy.rules import DayKind
from fieldapp.publication import queries
from fieldapp.roles import Outsider
from tests.people import Cast
from tests.publication.scene import entered_result, published_result

NOTICE = "国办发明电〔2026〕9号"


@pytest.fixture(autouse=True)
def all_jobs_known() -> None:
    load_areas()


@pytest.mark.article("25")
def test_an_open_deadline_is_computed_anew_when_days_are_entered(cast: Cast) -> None:
    result_id = entered_result(cast)
    with db.transaction(write=True):
        before = queries.result(result_id).due_on
        policy.enter_days(date(2026, 12, 1), date(2026, 12, 2), DayKind.HOLIDAY, NOTICE, by=cast.legal.officer)
    jobs.run_all_due()
    with db.transaction(write=True):
        result = queries.result(result_id)
        assert (result.due_on - before).days == 2
        assert [row.due_on for row in accounts.open_rows("publication", result_id)] == [result.due_on]
        assert timeline(result.case_id)[0].label == "按日历重新计算期限"
        assert actions.recompute_due_days(by=Outsider("系统")) == 0


@pytest.mark.article("25")
def test_the_deadline_of_a_published_result_is_history(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        before = queries.result(result_id).due_on
        policy.enter_days(date(2026, 12, 1), date(2026, 12, 2), DayKind.HOLIDAY, NOTICE, by=cast.legal.officer)
        actions.recompute_due_days(by=Outsider("系统"))
        assert queries.result(result_id).due_on == before
