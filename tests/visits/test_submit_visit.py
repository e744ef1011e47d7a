"""From the slot to the department head's approval: what is missing is said, the notice is issued."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.documents.models import Document
from fieldapp.policy.models import RuleSetRow
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.registry.models import Inspector, InspectorUnavailability
from fieldapp.tasks.models import WorkPlanReading
from fieldapp.visits import actions, queries
from fieldapp.visits.models import CredentialCheck, VisitApproval
from tests.people import Cast
from tests.visits import scene

FORM = {"day": "2026-11-24", "from": "09:00", "until": "11:00", "agreed_with": "李某", "contact": "李某",
        "site_safety": "", "slot_reason": ""}


def open_rows(kind: str) -> list[Waiting]:
    return db.session.query(Waiting).filter_by(kind=kind, answered_at=None).all()


@pytest.mark.article("16", "20", "21")
def test_slot_leader_and_reading_make_a_visit_ready_and_approval_issues_the_notice(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=False):
        visit = queries.visit(visit_id)
        assert visit.state == "approved"
        assert visit.notice is not None
        assert visit.notice.number == "鲁科抽告〔2026〕1号"
        content = visit.notice.content or {}
        assert content["slot"] == "2026年11月24日 09:00 至 11:00"
        assert [(one["name"], one["duty"]) for one in content["members"]] == [("赵检一", "组长"), ("钱检二", "组员")]
        assert content["frequency"].startswith("本年度第 1 次检查")
        [part] = visit.visit_tasks
        assert part.record_number is not None
        assert (part.record_number.number, part.record_number.issued_at) == ("鲁科抽记〔2026〕1号", None)
        assert set(queries.credentials_of(visit_id)) == {cast.inspector_a.inspector_id, cast.inspector_b.inspector_id}
        assert open_rows("visit_approval") == open_rows("leader_appointment") == []
        assert [row.kind for row in queries.approvals(visit_id)] == ["approved", "submitted"]


def withdraw_leader(cast: Cast, visit_id: UUID) -> None:
    actions.appoint_leader(visit_id, cast.inspector_a.inspector_id, by=cast.head.officer)
    actions.remove_member(visit_id, cast.inspector_a.inspector_id, "health", "住院", by=cast.head.officer)


def unread(cast: Cast, _visit_id: UUID) -> None:
    db.session.query(WorkPlanReading).filter_by(person_id=cast.inspector_b.id).delete()


def expire(cast: Cast, _visit_id: UUID) -> None:
    db.session.get_one(Inspector, cast.inspector_b.inspector_id).certificate_until = date(2026, 11, 23)


def away(cast: Cast, _visit_id: UUID) -> None:
    db.session.add(InspectorUnavailability(inspector_id=cast.inspector_b.inspector_id, first_day=date(2026, 11, 24),
                                           last_day=date(2026, 11, 24)))


@pytest.mark.article("16", "20")
@pytest.mark.parametrize(("spoil", "code"), [
    (withdraw_leader, "visits.no_leader"),
    (unread, "visits.work_plan_unread_by"),
    (expire, "visits.too_few_certified"),
    (away, "visits.member_unavailable"),
])
def test_a_visit_that_lacks_something_is_not_submitted(cast: Cast, spoil: Callable[..., None], code: str) -> None:
    visit_id = scene.one_visit(cast)
    with db.transaction(write=True):
        scene.prepare(cast, visit_id)
        spoil(cast, visit_id)
    with pytest.raises(Refusal, match=code), db.transaction(write=True):
        actions.submit_visit(visit_id, by=cast.officer.officer)


@pytest.mark.article("14")
def test_what_became_invalid_between_submission_and_approval_is_noticed(cast: Cast) -> None:
    visit_id = scene.one_visit(cast)
    with db.transaction(write=True):
        scene.prepare(cast, visit_id)
        actions.submit_visit(visit_id, by=cast.officer.officer)
        expire(cast, visit_id)
    with pytest.raises(Refusal, match="too_few_certified"), db.transaction(write=True):
        actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)


@pytest.mark.article("14")
def test_the_department_head_alone_approves_and_says_why_not(cast: Cast) -> None:
    visit_id = scene.one_visit(cast)
    with db.transaction(write=True):
        scene.prepare(cast, visit_id)
        actions.submit_visit(visit_id, by=cast.officer.officer)
        assert [(row.role, row.due_on) for row in open_rows("visit_approval")] == [("department_head", date(2026, 11, 24))]
    for who, refusal in ((cast.head, Forbidden), (cast.other_head, NotFound), (cast.legal, Forbidden)):
        with pytest.raises(refusal), db.transaction(write=True):
            actions.decide_visit(visit_id, "agree", "", by=who.officer)
    with pytest.raises(Refusal, match="opinion_missing"), db.transaction(write=True):
        actions.decide_visit(visit_id, "disagree", " ", by=cast.department_head.officer)
    with db.transaction(write=True):
        visit = actions.decide_visit(visit_id, "disagree", "时间不妥", by=cast.department_head.officer)
        assert (visit.state, visit.notice_id) == ("slot_agreed", None)
        assert open_rows("visit_approval") == []
        assert [row.person_id for row in open_rows("visit_returned")] == [cast.officer.id]
        assert db.session.query(Document).filter_by(kind="notice").count() == 0
        actions.submit_visit(visit_id, by=cast.officer.officer)
        assert open_rows("visit_returned") == []


@pytest.mark.article("14")
def test_where_the_rule_set_asks_for_no_department_head_the_divisions_head_approves(cast: Cast) -> None:
    visit_id = scene.one_visit(cast)
    with db.transaction(write=True):
        db.session.add(RuleSetRow(name="不经厅负责人", effective_from=date(2026, 1, 1),
                                  numbers={"visit_approval_by_department_head": False}))
        scene.prepare(cast, visit_id)
        visit = actions.submit_visit(visit_id, by=cast.head.officer)
        assert visit.state == "approved"


@pytest.mark.article("21", "23")
def test_another_slot_after_the_approval_voids_the_notice_and_its_numbers(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        visit = actions.agree_slot(visit_id, scene.SLOT, by=cast.officer.officer)
        assert (visit.state, visit.notice_id, visit.visit_tasks[0].record_number_id) == ("slot_agreed", None, None)
        voided = db.session.query(Document).filter(Document.voided_at.is_not(None)).all()
        assert {row.number for row in voided} == {"鲁科抽告〔2026〕1号", "鲁科抽记〔2026〕1号", "鲁科抽批〔2026〕1号"}
        actions.submit_visit(visit_id, by=cast.officer.officer)
        again = actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
        assert again.notice.number == "鲁科抽告〔2026〕2号"
        assert db.session.query(CredentialCheck).count() == 2


def test_a_visit_not_yet_arranged_is_not_submitted_and_not_decided(cast: Cast) -> None:
    visit_id = scene.one_visit(cast)
    with pytest.raises(Conflict, match="wrong_state"), db.transaction(write=True):
        actions.submit_visit(visit_id, by=cast.officer.officer)
    with pytest.raises(Conflict, match="wrong_state"), db.transaction(write=True):
        actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)


def test_the_whole_way_in_the_pages(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.one_visit(cast)
    address = f"/visits/{visit_id}"
    officer, head = client_of(cast.officer), client_of(cast.head)
    assert "尚未与检查对象约定时间" in officer.get(address).get_data(as_text=True)
    assert officer.post(f"{address}/slot", data=FORM).status_code == 303
    assert head.post(f"{address}/leader", data={"inspector": str(cast.inspector_b.inspector_id)}).status_code == 422
    chosen = {"inspector": str(cast.inspector_b.inspector_id), "leader_reason": "熟悉该行业"}
    assert head.post(f"{address}/leader", data=chosen).status_code == 303
    assert officer.post(f"{address}/submission").status_code == 303
    department = client_of(cast.department_head)
    assert "行政检查审批" in department.get(address).get_data(as_text=True)
    assert department.post(f"{address}/approval", data={"decision": "disagree", "opinion": ""}).status_code == 422
    assert department.post(f"{address}/approval", data={"decision": "agree", "opinion": "同意"}).status_code == 303
    page = client_of(cast.inspector_a).get(address).get_data(as_text=True)
    assert "鲁科抽告〔2026〕1号" in page
    assert "批准检查" in page
    with db.transaction(write=False):
        assert db.session.query(VisitApproval).count() == 2


@pytest.mark.parametrize(("change", "said"), [
    ({"day": "someday"}, "请填写日期"),
    ({"from": "", "until": "11:00"}, "请填写时间"),
    ({"until": "08:00"}, "结束时间须晚于开始时间"),
    ({"day": "2026-11-29"}, "须写明理由"),
    ({"day": "2027-03-01"}, "约定日期须在任务时间"),
    ({"agreed_with": "x" * 121}, "最多 120 个字"),
    ({"agreed_with": ""}, "此项必填"),
])
def test_a_refused_slot_keeps_what_was_typed(cast: Cast, client_of: Callable[..., FlaskClient], change: dict[str, str],
                                             said: str) -> None:
    visit_id = scene.one_visit(cast)
    answer = client_of(cast.officer).post(f"/visits/{visit_id}/slot", data={**FORM, "contact": "电话 <b>", **change})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in text
    assert 'value="电话 &lt;b&gt;"' in text
    with db.transaction(write=False):
        assert queries.visit(visit_id).slot_start is None
