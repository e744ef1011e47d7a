"""Deadlines for those who answer for them, jobs for the system administrator, the ledger for the audit administrator."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.jobs.models import Job
from fieldapp.oversight import queries
from fieldapp.visits.models import Recusal, Substitution, Visit
from fieldapp.visits.rules import Ground
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


@pytest.mark.article("18", "28")
def test_what_was_changed_of_a_draw_stands_on_the_account_of_its_division(cast: Cast, client_of: Client) -> None:
    visit_task_id = entered_result(cast)
    with db.transaction(write=True):
        visit = db.session.query(Visit).first()
        assert visit is not None, visit_task_id
        moment, member = clock.now(), cast.inspector_a.inspector_id
        asked = {"visit_id": visit.id, "inspector_id": member, "asked_by": cast.inspector_a.id, "asked_at": moment}
        decided = {"decision": "agreed", "decided_by": cast.head.id, "decided_at": moment}
        db.session.add_all([
            Recusal(**asked, interest="kinship", text="姻亲", **decided),
            Recusal(**asked | {"inspector_id": None}, by_party=True, interest="shares", text="持股"),
            Substitution(**asked, ground="health", reason="住院", **decided, substitute_id=cast.inspector_c.inspector_id),
            Substitution(**asked, ground="other", reason="未抽取")])
    with db.transaction(write=False):
        [one] = queries.replacements(clock.today().year, None)
        assert (len(one.recusals), one.recused, one.substitutes, one.reserve) == (2, 1, [(Ground.HEALTH, 1)], [])
        assert queries.replacements(clock.today().year, cast.legal_division) == []
        assert queries.replacements(clock.today().year - 1, None) == []
    text = client_of(cast.legal).get("/oversight").text
    assert "抽取递补 · 身体健康状况 · 1 次" in text
    assert "当事人申请回避 · 持有其股份或者出资 · 1 次" in text


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
    rows = audit.get("/oversight/entries?action=ledger.rows_written").text
    assert " · 系统</small>" in rows
    assert "已清除" not in rows
    assert audit.get("/publication").status_code == 403
    assert client_of(cast.system_admin).get("/oversight/entries").status_code == 403
