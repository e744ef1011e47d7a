"""Deadlines for those who answer for them, jobs for the system administrator, the ledger for the audit administrator."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.jobs.models import Job
from fieldapp.oversight import queries
from tests.people import Cast, Player
from tests.publication.scene import entered_result, published_result

Client = Callable[[Player], FlaskClient]


@pytest.mark.article("25", "28")
def test_a_late_publication_stands_on_the_account_of_its_division(cast: Cast, client_of: Client) -> None:
    entered_result(cast)
    clock.set_source(lambda: datetime(2026, 12, 24, 2, tzinfo=UTC))
    for part in ("legal", "head", "officer", "department_head"):
        page = client_of(cast.players[part]).get("/oversight")
        assert page.status_code == 200
        assert "逾期 2 天" in page.text, part
    page = client_of(cast.other_head).get("/oversight")
    assert "济南某生物（示例）" not in page.text
    for part in ("inspector_a", "system_admin", "audit_admin"):
        assert client_of(cast.players[part]).get("/oversight").status_code == 403


@pytest.mark.article("28")
def test_results_are_counted_by_category_and_month(cast: Cast, client_of: Client) -> None:
    published_result(cast)
    with db.transaction(write=False):
        assert queries.results_by_category(2026, None)["no_problem"] == 1
        assert queries.results_by_month(2026, cast.division)[10] == 1
        assert queries.results_by_category(2026, cast.other_division).total() == 0
        assert queries.repeat_visits(2026, None) == []
    assert "<rect" in client_of(cast.legal).get("/oversight").text


def test_the_system_administrator_sees_a_failing_job_and_retries_it(cast: Cast, client_of: Client) -> None:
    with db.transaction(write=True):
        moment = clock.now()
        job = Job(kind="review.record_approved", facts={}, asked_at=moment, run_after=moment, tries=12, gave_up_at=moment,
                  last_error="KeyError: <b>visit_task_id</b>")
        db.session.add(job)
        db.session.flush()
        job_id = job.id
    admin = client_of(cast.system_admin)
    assert "&lt;b&gt;visit_task_id" in admin.get("/oversight/jobs").text
    assert admin.post(f"/oversight/jobs/{job_id}/retry").status_code == 303
    with db.transaction(write=False):
        assert db.session.get_one(Job, job_id).gave_up_at is None
    assert client_of(cast.legal).get("/oversight/jobs").status_code == 403


@pytest.mark.article("3")
def test_the_audit_administrator_reads_the_ledger_and_nothing_else(cast: Cast, client_of: Client) -> None:
    published_result(cast)
    audit = client_of(cast.audit_admin)
    page = audit.get("/oversight/entries?action=publication.result_published")
    assert page.status_code == 200
    assert "郑处长" in page.text
    assert "济南某生物" not in page.text
    assert "处室负责人批准" in audit.get("/oversight/entries").text
    assert audit.get("/publication").status_code == 403
    assert client_of(cast.system_admin).get("/oversight/entries").status_code == 403
