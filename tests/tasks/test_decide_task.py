"""Submitted, returned, edited, approved, cancelled."""


import pytest

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.tasks import actions, queries
from fieldapp.tasks.queries import TaskFilters
from fieldapp.tasks.rules import Decision
from tests.people import Cast
from tests.planning import things as planned
from tests.tasks import things
from tests.tasks.things import TYPED


@pytest.fixture(autouse=True)
def february(cast: Cast) -> None:
    planned.in_february(cast)


def draft(cast: Cast):
    with db.transaction(write=True):
        return things.task(cast).id


def waiting(officer: Officer) -> list[str]:
    return [row.kind for row in accounts.waiting_for(officer)]


@pytest.mark.article("14")
def test_a_submitted_task_waits_for_the_head_and_the_deputy_of_its_division(cast: Cast) -> None:
    with db.transaction(write=True):
        actions.submit_task(things.task(cast).id, by=cast.officer.officer)
        assert waiting(cast.head.officer) == waiting(cast.deputy.officer) == ["task_approval"]
        assert waiting(cast.other_head.officer) == waiting(cast.officer.officer) == []


@pytest.mark.article("14")
def test_an_approved_task_waits_no_longer_and_knows_its_approver(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        assert (task.state, queries.decisions(task.id)[-1].person_id) == ("approved", cast.head.id)
        assert waiting(cast.head.officer) == waiting(cast.deputy.officer) == []
        assert [(step.label, step.by, step.reason) for step in timeline(task.id)] == [
            ("任务审核通过", "郑处长", "同意"), ("任务已提交审核", "吴经办", ""), ("任务已设置", "吴经办", "")]


@pytest.mark.article("14")
def test_a_returned_task_comes_back_with_remarks_and_goes_round_again(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.task(cast)
        actions.submit_task(task.id, by=cast.officer.officer)
        with pytest.raises(Refusal, match="opinion_missing"):
            actions.decide_task(task.id, Decision.DISAGREE, "", by=cast.deputy.officer)
        actions.decide_task(task.id, Decision.DISAGREE, "时间过紧", by=cast.deputy.officer)
        assert queries.last_return(task.id).opinion == "时间过紧"
        assert (waiting(cast.officer.officer), waiting(cast.second_officer.officer)) == (["task_returned"], [])
        actions.change_task(task.id, things.settings(task.plan_line_id, name="第二次"), by=cast.officer.officer)
        actions.submit_task(task.id, by=cast.officer.officer)
        assert waiting(cast.officer.officer) == []
        actions.decide_task(task.id, Decision.AGREE, "", by=cast.head.officer)
        assert (task.name, task.state) == ("第二次", "approved")
        assert [row.kind for row in queries.decisions(task.id)] == ["submitted", "returned", "submitted", "approved"]


@pytest.mark.article("14")
def test_a_returned_task_that_is_cancelled_waits_for_nobody(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.task(cast)
        actions.submit_task(task.id, by=cast.second_officer.officer)
        actions.decide_task(task.id, Decision.DISAGREE, "时间过紧", by=cast.head.officer)
        assert (waiting(cast.second_officer.officer), waiting(cast.officer.officer)) == (["task_returned"], [])
        actions.cancel_task(task.id, "不再需要", by=cast.officer.officer)
        assert waiting(cast.second_officer.officer) == []


@pytest.mark.article("14")
def test_nobody_approves_what_they_wrote_or_submitted(cast: Cast) -> None:
    both = Officer(cast.officer.id, "吴经办", cast.division, frozenset({Role.DIVISION_OFFICER, Role.DEPUTY_HEAD}))
    with db.transaction(write=True):
        task = things.task(cast)
        actions.submit_task(task.id, by=cast.second_officer.officer)
        with pytest.raises(Forbidden, match="author_may_not_approve"):
            actions.decide_task(task.id, Decision.AGREE, "", by=both)
        submitter = Officer(cast.second_officer.id, "蒋经办", cast.division, frozenset({Role.DIVISION_HEAD}))
        with pytest.raises(Forbidden, match="author_may_not_approve"):
            actions.decide_task(task.id, Decision.AGREE, "", by=submitter)
        assert waiting(both) == []


def test_a_task_is_decided_once(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        for verb in (lambda: actions.decide_task(task.id, Decision.DISAGREE, "晚了", by=cast.head.officer),
                     lambda: actions.submit_task(task.id, by=cast.officer.officer),
                     lambda: actions.change_task(task.id, things.settings(task.plan_line_id), by=cast.officer.officer)):
            with pytest.raises(Conflict):
                verb()


@pytest.mark.article("14")
def test_a_cancelled_task_stays_in_the_list_with_its_reason(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.task(cast)
        actions.submit_task(task.id, by=cast.officer.officer)
        actions.cancel_task(task.id, "计划调整", by=cast.officer.officer)
        assert waiting(cast.head.officer) == []
        assert timeline(task.id)[0].reason == "计划调整"
        assert [row.state for row in queries.tasks_for(cast.officer.officer, TaskFilters())] == ["cancelled"]
        approved = things.approved(cast)
        with pytest.raises(Forbidden, match="head_cancels"):
            actions.cancel_task(approved.id, "计划调整", by=cast.officer.officer)
        assert actions.cancel_task(approved.id, "计划调整", by=cast.head.officer).state == "cancelled"


def test_tasks_of_other_divisions_are_not_found(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.task(cast)
        for stranger in (cast.other_officer.officer, cast.other_head.officer, cast.inspector_a.officer):
            with pytest.raises(NotFound):
                queries.task_for(stranger, task.id)
            assert queries.tasks_for(stranger, TaskFilters()).total == 0
        for reader in (cast.legal.officer, cast.department_head.officer, cast.head.officer):
            assert queries.task_for(reader, task.id).id == task.id
        actions.name_members(task, [cast.inspector_c.id], by=cast.officer.officer)
        assert queries.task_for(cast.inspector_c.officer, task.id).id == task.id


def test_the_list_is_sifted_by_state_author_and_words(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = things.task(cast), things.task(cast, name="高校动物房_检查")
        actions.submit_task(second.id, by=cast.officer.officer)

        def found(officer: Officer, **filters: object) -> set[str]:
            return {row.number for row in queries.tasks_for(officer, TaskFilters(**filters))}  # type: ignore[arg-type]

        assert found(cast.officer.officer) == {first.number, second.number}
        assert found(cast.officer.officer, state="submitted") == {second.number}
        assert found(cast.second_officer.officer, mine=True) == set()
        assert found(cast.officer.officer, mine=True, text="动物房_") == {second.number}
        assert found(cast.officer.officer, text="〔2026〕1号") == {first.number}


def test_the_way_through_approval_on_the_pages(cast: Cast, client_of) -> None:
    task_id, officer, head = draft(cast), client_of(cast.officer), client_of(cast.head)
    address = f"/tasks/{task_id}"
    assert "提交审核" in officer.get(address).get_data(as_text=True)
    assert officer.post(f"{address}/submission").status_code == 303
    assert officer.post(f"{address}/submission").status_code == 409
    assert "任务审核" in head.get(address).get_data(as_text=True)
    assert head.post(f"{address}/decision", data={"decision": "disagree", "opinion": " "}).status_code == 422
    assert head.post(f"{address}/decision", data={"opinion": "x"}).status_code == 422
    assert head.post(f"{address}/decision", data={"decision": "disagree", "opinion": "时间过紧"}).status_code == 303
    assert "时间过紧" in officer.get(address).get_data(as_text=True)
    edited = officer.get(f"{address}/edit").get_data(as_text=True)
    assert 'value="2026-04-30"' in edited
    assert officer.post(address, data=TYPED | {"name": "改过的名称"}).status_code == 303
    assert officer.post(f"{address}/submission").status_code == 303
    assert head.post(f"{address}/decision", data={"decision": "agree", "opinion": ""}).status_code == 303
    page = officer.get(address).get_data(as_text=True)
    assert "改过的名称" in page
    assert "工作方案" in page
    assert officer.get(f"{address}/edit").status_code == 409


def test_a_reason_too_long_to_cancel_stays_in_its_form(cast: Cast, client_of) -> None:
    kept = client_of(cast.officer).post(f"/tasks/{draft(cast)}/cancellation", data={"reason": "长" * 1001})
    assert (kept.status_code, "长" * 1001 in kept.text, "最多 1000 个字" in kept.text) == (422, True, True)


def test_the_pages_are_closed_to_others(cast: Cast, client_of) -> None:
    address = f"/tasks/{draft(cast)}"
    assert client_of(cast.other_officer).get(address).status_code == 404
    assert client_of(cast.other_officer).post(f"{address}/submission").status_code == 404
    assert client_of(cast.other_head).post(f"{address}/decision", data={"decision": "agree"}).status_code == 404
    assert client_of(cast.other_officer).post(f"{address}/cancellation", data={"reason": "x"}).status_code == 404
    assert client_of(cast.officer).post(f"{address}/decision", data={"decision": "agree"}).status_code == 403
    assert client_of(cast.system_admin).get("/tasks").status_code == 403


def test_the_list_has_its_filters_as_links(cast: Cast, client_of) -> None:
    draft(cast)
    officer = client_of(cast.officer)
    assert "实验动物检查（第一批）" in officer.get("/tasks?mine=1&state=draft&q=第一批").get_data(as_text=True)
    page = officer.get("/tasks?state=approved&page=9&q=%3Cscript%3E").get_data(as_text=True)
    assert "没有符合条件的任务" in page
    assert "<script>" not in page
    assert client_of(cast.legal).get("/tasks?state=nonsense").status_code == 200


def test_a_task_is_cancelled_on_the_page_with_a_reason(cast: Cast, client_of) -> None:
    address, officer = f"/tasks/{draft(cast)}", client_of(cast.officer)
    assert officer.post(f"{address}/cancellation", data={"reason": " "}).status_code == 422
    assert officer.post(f"{address}/cancellation", data={"reason": "重复设置"}).status_code == 303
    assert "重复设置" in officer.get(address).get_data(as_text=True)
