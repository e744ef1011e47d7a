"""The work plan: written, approved, read by every member."""

from datetime import UTC, datetime

import pytest

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.tasks import actions, prefill, queries
from fieldapp.tasks.rules import Decision, WorkPlanTexts
from tests.people import Cast
from tests.planning import things as planned
from tests.tasks import things

TEXTS = WorkPlanTexts("实地核查", "对照表单", "先告知后检查", "注意防护")


@pytest.fixture(autouse=True)
def february(cast: Cast) -> None:
    clock.set_source(lambda: datetime(2026, 2, 24, 1, 0, tzinfo=UTC))
    with db.transaction(write=True):
        planned.registry(cast)
        planned.issued_plan(cast)
        things.checklist()


def reading(officer: Officer) -> int:
    return sum(row.kind == "work_plan_reading" for row in accounts.waiting_for(officer))


def in_force(cast: Cast, task_id, texts: WorkPlanTexts = TEXTS):
    plan = actions.write_work_plan(task_id, texts, by=cast.officer.officer)
    return actions.decide_work_plan(plan.id, Decision.AGREE, "", by=cast.head.officer)


@pytest.mark.article("20")
def test_a_work_plan_begins_with_the_items_methods_and_the_checklist(cast: Cast) -> None:
    with db.transaction(write=True):
        texts = prefill.first_texts(things.approved(cast))
        assert "实地核查" in texts.methods
        assert "1. 许可证在有效期内（查看证件；必查）" in texts.standard
        assert "2. 动物分室饲养（现场查看）" in texts.standard
        assert "出示行政执法证件" in texts.workflow
        bare = things.task(cast)
        bare.checklist = None
        assert "饲养环境" in prefill.first_texts(bare).standard


@pytest.mark.article("20")
def test_a_work_plan_is_in_force_once_the_head_approves_it(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        plan = actions.write_work_plan(task.id, TEXTS, by=cast.officer.officer)
        assert [row.kind for row in accounts.waiting_for(cast.deputy.officer)] == ["work_plan"]
        assert queries.work_plan_in_force(task.id) is None
        actions.decide_work_plan(plan.id, Decision.AGREE, "同意", by=cast.deputy.officer)
        assert queries.work_plan_in_force(task.id).id == plan.id
        assert accounts.waiting_for(cast.head.officer) == []


@pytest.mark.article("20")
def test_a_returned_work_plan_is_followed_by_its_next_version(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        first = actions.write_work_plan(task.id, TEXTS, by=cast.officer.officer)
        with pytest.raises(Refusal, match="opinion_missing"):
            actions.decide_work_plan(first.id, Decision.DISAGREE, "", by=cast.head.officer)
        actions.decide_work_plan(first.id, Decision.DISAGREE, "缺少取证要求", by=cast.head.officer)
        assert [row.kind for row in accounts.waiting_for(cast.officer.officer)] == ["work_plan_returned"]
        second = in_force(cast, task.id)
        assert [(plan.version, plan.state) for plan in queries.work_plans(task.id)] == [
            (2, "approved"), (1, "returned")]
        assert accounts.waiting_for(cast.officer.officer) == []
        with pytest.raises(Conflict, match="work_plan_decided"):
            actions.decide_work_plan(second.id, Decision.AGREE, "", by=cast.head.officer)


def test_a_version_that_waits_is_withdrawn_by_the_next(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        first = actions.write_work_plan(task.id, TEXTS, by=cast.officer.officer)
        actions.write_work_plan(task.id, TEXTS, by=cast.officer.officer)
        assert first.state == "superseded"
        assert len(accounts.waiting_for(cast.head.officer)) == 1


@pytest.mark.article("20")
def test_every_member_is_asked_to_read_and_is_asked_once(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        plan = in_force(cast, task.id)
        people = [cast.inspector_a.id, cast.inspector_b.id]
        actions.name_members(task, people, by=cast.officer.officer)
        actions.name_members(task, people, by=cast.officer.officer)
        assert (reading(cast.inspector_a.officer), reading(cast.inspector_b.officer)) == (1, 1)
        actions.read_work_plan(plan.id, by=cast.inspector_a.officer)
        actions.read_work_plan(plan.id, by=cast.inspector_a.officer)
        assert (reading(cast.inspector_a.officer), reading(cast.inspector_b.officer)) == (0, 1)
        assert queries.unread_members(task.id, people) == [cast.inspector_b.id]


@pytest.mark.article("20")
def test_a_plan_approved_after_the_team_was_made_is_put_before_its_members(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        actions.name_members(task, [cast.inspector_a.id], by=cast.officer.officer)
        assert queries.unread_members(task.id, [cast.inspector_a.id]) == [cast.inspector_a.id]
        assert reading(cast.inspector_a.officer) == 0
        in_force(cast, task.id)
        assert reading(cast.inspector_a.officer) == 1


@pytest.mark.article("20")
def test_a_new_version_is_read_anew(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        actions.name_members(task, [cast.inspector_a.id, cast.inspector_b.id], by=cast.officer.officer)
        first = in_force(cast, task.id)
        actions.read_work_plan(first.id, by=cast.inspector_a.officer)
        with pytest.raises(Refusal, match="change_unexplained"):
            actions.write_work_plan(task.id, WorkPlanTexts("书面", "新标准", "新流程"), by=cast.officer.officer)
        second = in_force(cast, task.id, WorkPlanTexts("书面", "新标准", "新流程", reason="对象改为书面检查"))
        assert [(plan.version, plan.standard_text, plan.reason) for plan in queries.work_plans(task.id)] == [
            (2, "新标准", "对象改为书面检查"), (1, "对照表单", "")]
        assert queries.work_plan_in_force(task.id).id == second.id
        assert (reading(cast.inspector_a.officer), reading(cast.inspector_b.officer)) == (1, 1)
        assert queries.unread_members(task.id, [cast.inspector_a.id]) == [cast.inspector_a.id]
        with pytest.raises(Conflict, match="work_plan_not_in_force"):
            actions.read_work_plan(first.id, by=cast.inspector_b.officer)


@pytest.mark.article("20")
def test_the_next_task_of_an_item_begins_with_its_last_approved_plan(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = things.approved(cast), things.approved(cast)
        assert queries.last_plan_of_item(second) is None
        plan = in_force(cast, first.id)
        assert queries.last_plan_of_item(second).id == plan.id
        assert queries.last_plan_of_item(first) is None


def test_whoever_leaves_the_team_is_asked_no_longer(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        in_force(cast, task.id)
        actions.name_members(task, [cast.inspector_a.id], by=cast.officer.officer)
        actions.name_members(task, [cast.inspector_c.id], by=cast.officer.officer)
        assert (reading(cast.inspector_a.officer), reading(cast.inspector_c.officer)) == (0, 1)
        assert queries.members(task.id) == [cast.inspector_c.id]


@pytest.mark.article("20")
def test_only_a_member_confirms_having_read_and_no_author_approves(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        plan = actions.write_work_plan(task.id, TEXTS, by=cast.officer.officer)
        author = Officer(cast.officer.id, "吴经办", cast.division, frozenset({Role.DEPUTY_HEAD}))
        with pytest.raises(Forbidden, match="author_may_not_approve_plan"):
            actions.decide_work_plan(plan.id, Decision.AGREE, "", by=author)
        actions.decide_work_plan(plan.id, Decision.AGREE, "", by=cast.head.officer)
        with pytest.raises(Forbidden, match="not_a_member"):
            actions.read_work_plan(plan.id, by=cast.inspector_c.officer)


def test_a_draft_has_no_work_plan(cast: Cast) -> None:
    with db.transaction(write=True), pytest.raises(Conflict, match="no_work_plan_now"):
        actions.write_work_plan(things.task(cast).id, TEXTS, by=cast.officer.officer)


def test_the_work_plan_on_the_pages(cast: Cast, client_of) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        actions.name_members(task, [cast.inspector_a.id], by=cast.officer.officer)
        task_id = task.id
    address = f"/tasks/{task_id}/work-plan"
    officer, head, inspector = client_of(cast.officer), client_of(cast.head), client_of(cast.inspector_a)
    assert "许可证在有效期内" in officer.get(f"{address}/new").get_data(as_text=True)
    typed = {"methods": "实地", "standard": "标准甲", "workflow": "流程", "guidance": ""}
    refused = officer.post(address, data=typed | {"workflow": " "})
    assert refused.status_code == 422
    assert "标准甲" in refused.get_data(as_text=True)
    assert officer.post(address, data=typed).status_code == 303
    with db.transaction(write=False):
        plan_id = queries.work_plans(task_id)[0].id
    assert "同意" in head.get(address).get_data(as_text=True)
    assert inspector.post(f"/work-plans/{plan_id}/reading").status_code == 409
    assert head.post(f"/work-plans/{plan_id}/decision", data={"decision": "agree"}).status_code == 303
    assert "我已阅读" in inspector.get(address).get_data(as_text=True)
    assert "赵检一" in officer.get(f"/tasks/{task_id}").get_data(as_text=True)
    assert inspector.post(f"/work-plans/{plan_id}/reading").status_code == 303
    assert "已阅读" in inspector.get(address).get_data(as_text=True)
    assert client_of(cast.inspector_c).get(address).status_code == 404
    assert client_of(cast.other_head).post(f"/work-plans/{plan_id}/decision", data={"decision": "agree"}).status_code == 404
