"""进一次门、查多项事: two tasks that drew one enterprise become one visit, or a reason stands why not."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.refusals import Conflict, Refusal
from fieldapp.registry.models import Inspector, InspectorLoad, ObjectVisitCount
from fieldapp.tasks.models import TaskMember
from fieldapp.visits import actions, queries
from fieldapp.visits.actions.merging.deciding import merge
from fieldapp.visits.models import MergeProposal, TeamMember, Visit
from tests.people import Cast, Player
from tests.visits import scene


def proposal() -> MergeProposal:
    return db.session.query(MergeProposal).one()


def load(player: Player) -> int:
    row = db.session.get(InspectorLoad, player.inspector_id)
    return row.visits if row else 0


def team(visit: Visit) -> list[object]:
    return [member.inspector_id for member in queries.members(visit)]


@pytest.mark.article("15")
def test_the_same_object_in_the_same_time_is_offered_to_legal_affairs(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        found = proposal()
        assert (found.first_visit_id, found.second_visit_id, found.decision) == (first.id, second.id, None)
        [asked] = db.session.query(Waiting).filter_by(kind="merge").all()
        assert (asked.role, asked.thing_id) == ("legal_affairs", found.id)
        assert len(queries.undecided_of(second.id)) == 1
        assert db.session.get_one(ObjectVisitCount, (first.object_id, 2026)).visits == 2


@pytest.mark.article("15")
def test_a_merge_makes_one_visit_with_both_tasks_counted_once(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, proposal().id, cast.division)
        assert (second.state, second.merged_into_id, first.state) == ("merged", first.id, "proposed")
        assert {part.task.division_id for part in first.visit_tasks} == {cast.division, cast.other_division}
        assert (queries.members(second), second.visit_tasks) == ([], [])
        assert team(first) == [cast.inspector_a.inspector_id, cast.inspector_b.inspector_id]
        assert db.session.get_one(ObjectVisitCount, (first.object_id, 2026)).visits == 1
        assert [load(one) for one in (cast.inspector_a, cast.inspector_c, cast.inspector_d)] == [1, 0, 0]
        waiting = db.session.query(Waiting).filter_by(answered_at=None).all()
        assert [(row.kind, row.thing_id) for row in waiting] == [("leader_appointment", first.id)]
        people = {(row.task_id, row.person_id) for row in db.session.query(TaskMember)}
        assert people == {(part.task_id, one.id) for part in first.visit_tasks
                          for one in (cast.inspector_a, cast.inspector_b)}


@pytest.mark.article("15", "16")
def test_whom_the_other_item_needs_comes_along(cast: Cast) -> None:
    with db.transaction(write=True):
        for one, types in ((cast.inspector_a, ["动物单位"]), (cast.inspector_b, ["动物单位"]), (cast.inspector_d, ["高企单位"]),
                           (cast.inspector_c, [])):
            db.session.get_one(Inspector, one.inspector_id).subject_types = types
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, proposal().id, cast.division)
        assert team(first) == [one.inspector_id for one in (cast.inspector_a, cast.inspector_b, cast.inspector_d)]
        assert [load(one) for one in (cast.inspector_c, cast.inspector_d)] == [0, 1]


@pytest.mark.article("15", "18")
def test_a_substitute_in_a_merged_visit_keeps_every_item_qualified(cast: Cast) -> None:
    with db.transaction(write=True):
        for one, types in ((cast.inspector_a, ["动物单位"]), (cast.inspector_b, ["动物单位"]), (cast.inspector_d, ["高企单位"]),
                           (cast.inspector_c, [])):
            db.session.get_one(Inspector, one.inspector_id).subject_types = types
        able = spare("孙检五", cast.other_division, ["高企单位"])
        for number in range(6):
            spare(f"旁人{number}", cast.other_division, ["其他单位"])
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, proposal().id, cast.division)
        row = actions.ask_substitution(first.id, cast.inspector_d.inspector_id, "health", "住院", by=cast.officer.officer)
        actions.decide_substitution(row.id, "agree", "", by=cast.head.officer)
        assert row.substitute_id == able
        assert row.drawn is not None
        assert row.drawn.pool == [str(able)]


@pytest.mark.article("15", "18")
def test_where_nobody_is_qualified_a_certified_substitute_is_drawn_all_the_same(cast: Cast) -> None:
    with db.transaction(write=True):
        for one in (cast.inspector_a, cast.inspector_b, cast.inspector_d):
            db.session.get_one(Inspector, one.inspector_id).subject_types = ["动物单位"]
        db.session.get_one(Inspector, cast.inspector_c.inspector_id).subject_types = ["高企单位"]
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, proposal().id, cast.division)
        assert team(first)[2:] == [cast.inspector_c.inspector_id]
        row = actions.ask_substitution(first.id, cast.inspector_c.inspector_id, "health", "住院", by=cast.officer.officer)
        actions.decide_substitution(row.id, "agree", "", by=cast.head.officer)
        assert row.substitute_id == cast.inspector_d.inspector_id


def spare(name: str, division_id: UUID, types: list[str]) -> UUID:
    """Another certified inspector of the directory."""
    row = Inspector(staff_number=name, name=name, division_id=division_id, kind="officer", certificate_number=f"37-{name}",
                    certificate_until=date(2030, 12, 31), subject_types=types, added_at=scene.NOW)
    db.session.add(row)
    db.session.flush()
    return row.id


@pytest.mark.article("15", "23")
def test_a_merged_visit_has_one_notice_for_both_items_and_a_record_number_for_each(cast: Cast) -> None:
    with db.transaction(write=True):
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, proposal().id, cast.division)
        for part in first.visit_tasks:
            scene.approved_plan(part.task, cast.head, [cast.inspector_a, cast.inspector_b])
        scene.prepare(cast, first.id)
        actions.submit_visit(first.id, by=cast.officer.officer)
        visit = actions.decide_visit(first.id, "agree", "", by=cast.department_head.officer)
        content = visit.notice.content or {}
        assert {one["name"] for one in content["items"]} == {"动物监督检查", "高企监督检查"}
        numbers = {part.record_number.number for part in visit.visit_tasks if part.record_number}
        assert numbers == {"鲁科抽记〔2026〕1号", "鲁科抽记〔2026〕2号"}


@pytest.mark.article("15")
def test_an_approved_visit_that_is_merged_loses_its_notice_and_is_approved_anew(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        kept = queries.visit(visit_id)
        task = scene.drawn_task(2, cast.other_officer, scene.item("高企", cast.other_division), [kept.object],
                                [cast.inspector_c, cast.inspector_b])
        actions.generate_task(task.id, by=cast.other_officer.officer)
        scene.unite(cast, proposal().id, cast.division)
        assert (kept.state, kept.notice_id) == ("slot_agreed", None)
        assert load(cast.inspector_b) == 1


@pytest.mark.article("15")
def test_an_undecided_merge_holds_the_submission_up(cast: Cast) -> None:
    with db.transaction(write=True):
        first, _ = scene.two_tasks_on_one_object(cast)
        scene.prepare(cast, first.id)
        scene.approved_plan(first.visit_tasks[0].task, cast.head, [cast.inspector_a, cast.inspector_b])
        visit_id = first.id
    with pytest.raises(Refusal, match="merge_undecided"), db.transaction(write=True):
        actions.submit_visit(visit_id, by=cast.officer.officer)


@pytest.mark.article("15")
def test_three_visits_to_one_object_become_one(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        task = scene.drawn_task(3, cast.officer, scene.item("基地", cast.division), [first.object],
                                [cast.inspector_a, cast.inspector_d])
        actions.generate_task(task.id, by=cast.officer.officer)
        found = {frozenset((one.first_visit_id, one.second_visit_id)): one for one in db.session.query(MergeProposal)}
        third = scene.visit_of(task)
        scene.unite(cast, found[frozenset((first.id, second.id))].id, cast.division)
        assert found[frozenset((second.id, third.id))].decision == "superseded"
        scene.unite(cast, found[frozenset((first.id, third.id))].id, cast.division)
        assert (len(first.visit_tasks), third.state) == (3, "merged")
        assert db.session.get_one(ObjectVisitCount, (first.object_id, 2026)).visits == 1
        assert db.session.query(TeamMember).filter_by(visit_id=first.id, left_at=None).count() == len(team(first))


@pytest.mark.article("15")
@pytest.mark.edge("E6")
def test_a_visit_already_begun_is_not_merged_but_recognition_is_offered(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        begun = actions.start_visit(visit_id, scene.NOW, by=cast.inspector_a.officer)
        task = scene.drawn_task(2, cast.other_officer, begun.visit_tasks[0].task.item, [begun.object],
                                [cast.inspector_c, cast.inspector_d])
        actions.generate_task(task.id, by=cast.other_officer.officer)
        later = scene.visit_of(task)
        assert db.session.query(MergeProposal).count() == 0
        assert queries.visits_of_object(later) == [begun]
        with pytest.raises(Conflict, match="wrong_state"):
            merge(later, begun, "", by=cast.legal.officer)
        later_id = later.id
    page = client_of(cast.other_officer).get(f"/visits/{later_id}").get_data(as_text=True)
    assert "可以考虑结果互认" in page
