"""Begun, paused, closed, returned, cancelled; who leaves the team, and what that means."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts.models import Waiting
from fieldapp.documents.models import Document
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry.models import Inspector, InspectorLoad, ObjectLastTeam, ObjectVisitCount
from fieldapp.visits import actions, queries
from fieldapp.visits.models import VisitRemark
from tests.people import Cast, Player
from tests.visits import scene

LATER = scene.START + timedelta(hours=1)


def load(player: Player) -> int:
    return db.session.get_one(InspectorLoad, player.inspector_id).visits


def begun(cast: Cast) -> UUID:
    visit_id = scene.approved_visit(cast)
    clock.set_source(lambda: scene.START)
    with db.transaction(write=True):
        actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
    return visit_id


@pytest.mark.article("21", "25")
def test_a_visit_begins_is_paused_goes_on_and_closes_with_its_task(cast: Cast) -> None:
    visit_id = begun(cast)
    with db.transaction(write=True):
        visit = queries.visit(visit_id)
        task = visit.visit_tasks[0].task
        assert (visit.state, visit.started_at, task.state) == ("in_progress", scene.START, "in_progress")
        actions.pause_visit(visit_id, "企业停电", by=cast.inspector_a.officer)
        assert visit.state == "paused"
        actions.start_visit(visit_id, LATER, by=cast.inspector_b.officer)
        assert (visit.state, visit.started_at) == ("in_progress", scene.START)
        actions.close_visit(visit_id, LATER, by=cast.inspector_a.officer)
        assert (visit.state, visit.closed_at, task.state) == ("closed", LATER, "completed")
        assert task.completed_on == date(2026, 11, 24)
        assert (load(cast.inspector_a), db.session.get_one(ObjectVisitCount, (visit.object_id, 2026)).visits) == (0, 1)
        assert {row.inspector_id for row in db.session.query(ObjectLastTeam)} == {one.inspector_id for one in visit.members}


@pytest.mark.article("16", "23")
def test_a_visit_does_not_begin_when_a_certificate_has_run_out(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        db.session.get_one(Inspector, cast.inspector_b.inspector_id).certificate_until = date(2026, 11, 23)
    with pytest.raises(Refusal, match="too_few_certified"), db.transaction(write=True):
        actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)


def test_a_visit_not_approved_does_not_begin(cast: Cast) -> None:
    visit_id = scene.one_visit(cast)
    with pytest.raises(Conflict, match="wrong_state"), db.transaction(write=True):
        actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)


@pytest.mark.article("15", "25")
def test_a_merged_visit_closes_task_by_task(cast: Cast) -> None:
    with db.transaction(write=True):
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, queries.undecided_of(first.id)[0].id, cast.division)
        for part in first.visit_tasks:
            scene.approved_plan(part.task, cast.head, [cast.inspector_a, cast.inspector_b])
        scene.prepare(cast, first.id)
        actions.submit_visit(first.id, by=cast.officer.officer)
        actions.decide_visit(first.id, "agree", "", by=cast.department_head.officer)
        actions.start_visit(first.id, scene.START, by=cast.inspector_a.officer)
        one, other = first.visit_tasks
        actions.close_part(one.id, LATER, by=cast.inspector_a.officer)
        assert (first.state, one.task.state, other.task.state) == ("in_progress", "completed", "in_progress")
        actions.close_part(other.id, LATER, by=cast.inspector_a.officer)
        assert (first.state, other.task.state) == ("closed", "completed")


def test_a_returned_record_opens_the_visit_again_until_every_remark_is_answered(cast: Cast) -> None:
    visit_id = begun(cast)
    with db.transaction(write=True):
        actions.close_visit(visit_id, LATER, by=cast.inspector_a.officer)
        visit = queries.visit(visit_id)
        part = visit.visit_tasks[0]
        actions.return_part(part.id, [("r/x/conclusion/text", "写明依据"), ("", "照片不清")], by=cast.second_officer.officer)
        assert (visit.state, len(queries.remarks_open(visit_id))) == ("returned", 2)
        assert queries.visits_of_person(cast.inspector_b.id, date(2026, 12, 1)) == [visit]
        with pytest.raises(Forbidden):
            actions.answer_remark(queries.remarks_open(visit_id)[0].id, {"text": "x"}, by=cast.inspector_c.officer)
        for remark in queries.remarks_open(visit_id):
            actions.answer_remark(remark.id, {"text": "已补正"}, by=cast.inspector_a.officer)
        assert (visit.state, load(cast.inspector_a)) == ("closed", 0)
        actions.return_part(part.id, [("", "再看一次")], by=cast.second_officer.officer)
        actions.close_visit(visit_id, LATER, by=cast.inspector_a.officer)
        assert (visit.state, load(cast.inspector_a)) == ("closed", 0)
        assert db.session.query(VisitRemark).filter_by(answered_at=None).count() == 0


@pytest.mark.article("16", "18")
def test_a_leader_who_leaves_ends_the_leadership_and_the_notice(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        visit = queries.visit(visit_id)
        actions.remove_member(visit_id, cast.inspector_a.inspector_id, "health", "住院", by=cast.head.officer)
        assert (visit.state, visit.notice_id, queries.leader(visit)) == ("slot_agreed", None, None)
        assert load(cast.inspector_a) == 0
        assert db.session.query(Waiting).filter_by(kind="leader_appointment", answered_at=None).count() == 1
        codes = {lack.code for lack in queries_missing(visit_id)}
        assert "visits.no_leader" in codes


@pytest.mark.article("6", "16")
def test_a_cancelled_visit_gives_back_count_load_and_numbers(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.cancel_visit(visit_id, "x", by=cast.officer.officer)
    with pytest.raises(Refusal, match="reason_missing"), db.transaction(write=True):
        actions.cancel_visit(visit_id, "", by=cast.head.officer)
    with db.transaction(write=True):
        visit = actions.cancel_visit(visit_id, "企业已注销", by=cast.legal.officer)
        assert (visit.state, queries.members(visit), load(cast.inspector_a)) == ("cancelled", [], 0)
        assert db.session.get_one(ObjectVisitCount, (visit.object_id, 2026)).visits == 0
        of_visit = [row for row in db.session.query(Document) if row.kind != "work_plan"]
        assert all(row.void_reason == "企业已注销" for row in of_visit)
    with pytest.raises(Conflict, match="wrong_state"), db.transaction(write=True):
        actions.cancel_visit(visit_id, "x", by=cast.head.officer)


@pytest.mark.article("25")
def test_cancelling_the_last_open_visit_completes_the_task(cast: Cast) -> None:
    scene.stop_the_clock()
    with db.transaction(write=True):
        objects = [scene.inspected("甲（示例）", "91370102MA3N8K2T1M"), scene.inspected("乙（示例）", "91370602MA9KX4P79F")]
        task = scene.drawn_task(1, cast.officer, scene.item("动物", cast.division), objects,
                                [cast.inspector_a, cast.inspector_b])
        actions.generate_task(task.id, by=cast.officer.officer)
        scene.approved_plan(task, cast.head, [cast.inspector_a, cast.inspector_b])
        done, dropped = queries.visits_of_task(task.id)
        scene.prepare(cast, done.id)
        actions.submit_visit(done.id, by=cast.officer.officer)
        actions.decide_visit(done.id, "agree", "", by=cast.department_head.officer)
        actions.start_visit(done.id, scene.START, by=cast.inspector_a.officer)
        actions.close_visit(done.id, LATER, by=cast.inspector_a.officer)
        assert task.state == "in_progress"
        actions.cancel_visit(dropped.id, "企业已注销", by=cast.head.officer)
        assert (task.state, task.completed_on) == ("completed", date(2026, 11, 24))


def test_team_and_cancellation_in_the_pages(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.one_visit(cast)
    head, address = client_of(cast.head), f"/visits/{visit_id}"
    who = {"inspector": str(cast.inspector_a.inspector_id), "ground": "schedule_conflict"}
    assert "退出的成员" in head.get(f"{address}/team").text
    for missing in ({"reason": ""}, {"reason": "出差", "ground": ""}):
        assert head.post(f"{address}/team/departures", data=who | missing).status_code == 422
    with db.transaction(write=True):
        scene.nobody_else(cast)
    assert "撤销退出" not in head.get(f"{address}/team").text
    assert head.post(f"{address}/team/departures", data=who | {"reason": "出差"}).status_code == 303
    back = {"back": who["inspector"]}
    assert "撤销退出" in head.get(f"{address}/team").text
    assert head.post(f"{address}/team/returns", data=back | {"back_reason": ""}).status_code == 422
    assert head.post(f"{address}/team/returns", data=back | {"back_reason": "出差取消"}).status_code == 303
    assert "取消的理由" in head.get(f"{address}/cancellation").get_data(as_text=True)
    assert head.post(f"{address}/cancellation", data={"reason": ""}).status_code == 422
    assert head.post(f"{address}/cancellation", data={"reason": "企业已注销"}).status_code == 303
    assert "已取消" in head.get(address).get_data(as_text=True)


def queries_missing(visit_id: UUID) -> list[Refusal]:
    from fieldapp.visits import rules

    return rules.missing(queries.readiness(queries.visit(visit_id)))
