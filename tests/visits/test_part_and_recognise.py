"""A task leaves a merged visit and the others stay; a result already there is recognised instead of a visit (article 15)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry.models import ObjectVisitCount
from fieldapp.tasks.models import TaskMember
from fieldapp.visits import actions, queries
from fieldapp.visits.models import MergeProposal, MutualRecognition
from fieldapp.visits.rules import Scope, Window, may_stand_for
from tests.people import Cast, Player
from tests.visits import scene

pytestmark = pytest.mark.article("15")
Client = Callable[[Player], FlaskClient]


def merged(cast: Cast) -> UUID:
    """The rural division leads a visit of two tasks, approved with one notice."""
    with db.transaction(write=True):
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, queries.undecided_of(first.id)[0].id, cast.division)
        for part in first.visit_tasks:
            scene.approved_plan(part.task, cast.head, [cast.inspector_a, cast.inspector_b])
        scene.prepare(cast, first.id)
        actions.submit_visit(first.id, by=cast.officer.officer)
        actions.decide_visit(first.id, "agree", "", by=cast.department_head.officer)
        return first.id


def part_of(visit_id: UUID, division_id: UUID) -> UUID:
    with db.transaction(write=False):
        return next(one.id for one in queries.visit(visit_id).visit_tasks if one.task.division_id == division_id)


def take_out(visit_id: UUID, part_id: UUID, who: Player, reason: str = "对象不再属于该事项") -> UUID:
    with db.transaction(write=True):
        return actions.take_out_task(visit_id, part_id, reason, by=who.officer).id


def test_one_task_is_cancelled_and_the_other_is_approved_anew_by_itself(cast: Cast) -> None:
    visit_id = merged(cast)
    part_id = part_of(visit_id, cast.other_division)
    gone_id = take_out(visit_id, part_id, cast.other_head)
    with db.transaction(write=True):
        visit, gone = queries.visit(visit_id), queries.visit(gone_id)
        assert (visit.state, visit.notice_id, gone.state) == ("slot_agreed", None, "cancelled")
        assert ([one.task.division_id for one in visit.visit_tasks], [one.id for one in gone.visit_tasks]) == (
            [cast.division], [part_id])
        assert db.session.get_one(ObjectVisitCount, (visit.object_id, 2026)).visits == 1
        assert {row.task_id for row in db.session.query(TaskMember)} == {visit.visit_tasks[0].task_id}
        actions.submit_visit(visit_id, by=cast.officer.officer)
        approved = actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
        assert approved.notice is not None
        assert [one["name"] for one in (approved.notice.content or {})["items"]] == ["动物监督检查"]
        assert "visits.task_taken_out" in {entry.action for entry, _ in ledger.history(visit_id)}


def test_where_the_leading_divisions_task_leaves_another_leads_and_fixes_the_leader(cast: Cast) -> None:
    visit_id = merged(cast)
    take_out(visit_id, part_of(visit_id, cast.division), cast.legal)
    with db.transaction(write=False):
        visit = queries.visit(visit_id)
        assert (visit.lead_division_id, queries.leader(visit)) == (cast.other_division, None)
        [asked] = db.session.query(Waiting).filter_by(kind="leader_appointment", answered_at=None)
        assert asked.division_id == cast.other_division


def test_of_three_tasks_two_stay_together(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        task = scene.drawn_task(3, cast.officer, scene.item("基地", cast.division), [first.object],
                                [cast.inspector_a, cast.inspector_d])
        actions.generate_task(task.id, by=cast.officer.officer)
        while rows := db.session.query(MergeProposal).filter_by(decision=None).all():
            row = next((one for one in rows if first.id in {one.first_visit_id, one.second_visit_id}), rows[0])
            scene.unite(cast, row.id, cast.division)
        visit = next(one for one in (first, second, scene.visit_of(task)) if one.state == "proposed")
        assert len(visit.visit_tasks) == 3
        visit_id, part_id = visit.id, next(one.id for one in visit.visit_tasks if one.task_id == task.id)
    take_out(visit_id, part_id, cast.head)
    with db.transaction(write=False):
        assert {one.task.division_id for one in queries.visit(visit_id).visit_tasks} == {cast.division, cast.other_division}


def test_only_the_tasks_own_head_or_legal_affairs_takes_it_out_of_a_merged_visit_not_begun(cast: Cast) -> None:
    visit_id = merged(cast)
    part_id = part_of(visit_id, cast.other_division)
    for who, reason, refusal in ((cast.head, "x", Forbidden), (cast.other_officer, "x", Forbidden), (cast.legal, " ", Refusal)):
        with pytest.raises(refusal):
            take_out(visit_id, part_id, who, reason)
    with db.transaction(write=True):
        actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
    with pytest.raises(Conflict, match="wrong_state"):
        take_out(visit_id, part_id, cast.other_head)


def test_the_only_task_is_not_taken_out(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with pytest.raises(Conflict, match="only_task"):
        take_out(visit_id, part_of(visit_id, cast.division), cast.head)


def second_visit(cast: Cast, about: str = "", first_day: date = scene.FIRST) -> tuple[UUID, UUID]:
    """A visit under way, and one of another division to the same object, about the same item or another, that has not begun."""
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        begun = actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
        item = scene.item(about, cast.other_division) if about else begun.visit_tasks[0].task.item
        task = scene.drawn_task(2, cast.other_officer, item, [begun.object], [cast.inspector_c, cast.inspector_d])
        task.first_day, task.last_day = first_day, date(2026, 12, 31)
        actions.generate_task(task.id, by=cast.other_officer.officer)
        return visit_id, scene.visit_of(task).id


@pytest.mark.edge("E6")
def test_a_result_that_is_there_is_recognised_instead_of_a_second_visit(cast: Cast, client_of: Client) -> None:
    done, later = second_visit(cast)
    head, legal = client_of(cast.other_head), client_of(cast.legal)
    said = {"recognised": str(done), "recognition_reason": "检查内容相同"}
    assert legal.post(f"/visits/{later}/recognition", data=said).status_code == 409
    with db.transaction(write=True):
        actions.close_visit(done, scene.END, by=cast.inspector_a.officer)
    assert "采用其结果，取消这次检查" in legal.get(f"/visits/{later}/cancellation").text
    assert "采用其结果，取消这次检查" not in head.get(f"/visits/{later}/cancellation").text
    assert "经法规处批准" in head.get(f"/visits/{later}/cancellation").text
    refused = legal.post(f"/visits/{later}/recognition", data={**said, "recognition_reason": ""})
    assert (refused.status_code, "请写明理由" in refused.text) == (422, True)
    assert head.post(f"/visits/{later}/recognition", data=said).status_code == 403
    assert legal.post(f"/visits/{later}/recognition", data=said).status_code == 303
    with db.transaction(write=False):
        [row] = db.session.query(MutualRecognition).all()
        assert (row.visit_id, row.recognised_visit_id, row.reason) == (later, done, "检查内容相同")
        assert queries.visit(later).state == "cancelled"
        assert db.session.get_one(ObjectVisitCount, (queries.visit(done).object_id, 2026)).visits == 1
    assert "的检查结果，不再检查" in head.get(f"/visits/{later}").text
    assert "采用这次检查的结果" in client_of(cast.head).get(f"/visits/{done}").text


@pytest.mark.edge("E6")
@pytest.mark.parametrize(("about", "first_day", "by", "code"), [
    ("高企", scene.FIRST, "legal", "visits.other_items"), ("", scene.LAST + timedelta(days=1), "legal", "visits.other_time"),
    ("", scene.FIRST, "other_head", "visits.not_legal_affairs_recognising")])
def test_no_other_items_no_other_time_and_nobody_elses_approval_makes_a_recognition(
        cast: Cast, client_of: Client, about: str, first_day: date, by: str, code: str) -> None:
    done, later = second_visit(cast, about, first_day)
    with db.transaction(write=True):
        actions.close_visit(done, scene.END, by=cast.inspector_a.officer)
    with pytest.raises(Refusal, match=code), db.transaction(write=True):
        actions.recognise_result(later, done, "检查内容相同", by=getattr(cast, by).officer)
    with db.transaction(write=False):
        assert queries.visit(later).state == "proposed"
    offered = "可以考虑结果互认" in client_of(cast.other_head).get(f"/visits/{later}").text
    assert offered == (by == "other_head")


def test_a_task_is_taken_out_on_the_page_by_its_own_head(cast: Cast, client_of: Client) -> None:
    visit_id = merged(cast)
    part_id, head = part_of(visit_id, cast.other_division), client_of(cast.other_head)
    page = head.get(f"/visits/{visit_id}/cancellation").text
    assert "只取消一项任务" in page
    assert "取消后告知书和预留文号作废" not in page
    done = head.post(f"/visits/{visit_id}/parting", data={"part": str(part_id), "out_reason": "对象已不属于该事项"})
    assert done.status_code == 303


def test_a_result_stands_for_a_visit_of_whose_items_it_leaves_none_out_within_the_tolerance() -> None:
    one, two, three = (UUID(int=number) for number in range(3))
    march, april = Window(date(2026, 3, 1), date(2026, 3, 31)), Window(date(2026, 4, 5), date(2026, 4, 30))
    done = Scope(frozenset({one, two}), march)
    assert may_stand_for(done, Scope(frozenset({one}), april), 5)
    assert not may_stand_for(done, Scope(frozenset({one}), april), 4)
    assert not may_stand_for(done, Scope(frozenset({one, three}), march), 5)
    assert not may_stand_for(done, Scope(frozenset(), march), 5)
