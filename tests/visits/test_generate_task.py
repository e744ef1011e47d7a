"""生成任务: visits, teams, counts, loads, what waits, what is reported."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts.models import Waiting
from fieldapp.draw.models import Draw
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict, Forbidden, NotFound
from fieldapp.registry.models import InspectorLoad, ObjectVisitCount
from fieldapp.tasks.models import GenerationReport, Task, TaskMember
from fieldapp.visits import actions, queries
from fieldapp.visits.models import Visit
from tests.people import Cast
from tests.visits import scene


def generated(cast: Cast) -> Task:
    """Two objects drawn by the rural division, generated."""
    scene.stop_the_clock()
    objects = [scene.inspected("济南某生物（示例）", "91370102MA3N8K2T1M"),
               scene.inspected("烟台某海洋（示例）", "91370602MA9KX4P79F")]
    task = scene.drawn_task(1, cast.officer, scene.item("动物", cast.division), objects,
                            [cast.inspector_b, cast.inspector_a])
    actions.generate_task(task.id, by=cast.officer.officer)
    return task


@pytest.mark.article("14")
def test_each_drawn_object_becomes_a_visit_with_its_team_in_ticket_order(cast: Cast) -> None:
    with db.transaction(write=True):
        task = generated(cast)
        visits = queries.visits_of_task(task.id)
        assert [visit.object.name for visit in visits] == ["济南某生物（示例）", "烟台某海洋（示例）"]
        for visit in visits:
            assert (visit.state, visit.lead_division_id) == ("proposed", cast.division)
            assert [one.inspector_id for one in queries.members(visit)] == [
                cast.inspector_b.inspector_id, cast.inspector_a.inspector_id]
            assert queries.leader(visit) is None
        task_id = task.id
    with db.transaction(write=False):
        for visit in queries.visits_of_task(task_id):
            assert [entry.action for entry, _ in ledger.history(visit.id)] == ["visits.visit_created"]


@pytest.mark.article("6", "14")
def test_generation_reserves_the_yearly_count_loads_inspectors_and_reports(cast: Cast) -> None:
    with db.transaction(write=True):
        task = generated(cast)
        visit = queries.visits_of_task(task.id)[0]
        assert db.session.get_one(ObjectVisitCount, (visit.object_id, 2026)).visits == 1
        assert db.session.get_one(InspectorLoad, cast.inspector_a.inspector_id).visits == 2
        report = db.session.query(GenerationReport).filter_by(task_id=task.id).one()
        assert (task.state, report.summary) == ("generated", {"visits": 2, "inspectors": 2, "overlaps": 0})
        assert {row.person_id for row in db.session.query(TaskMember)} == {cast.inspector_a.id, cast.inspector_b.id}
        waiting = db.session.query(Waiting).filter_by(kind="leader_appointment").all()
        assert {(row.role, row.division_id) for row in waiting} == {("division_head", cast.division)}
        assert {row.title for row in waiting} == {"济南某生物（示例） · 动物监督检查", "烟台某海洋（示例） · 动物监督检查"}


@pytest.mark.article("14")
def test_a_task_is_generated_once_after_its_matching_and_by_its_division(cast: Cast) -> None:
    with db.transaction(write=True):
        task_id = generated(cast).id
    with pytest.raises(Conflict, match="already_generated"), db.transaction(write=True):
        actions.generate_task(task_id, by=cast.officer.officer)
    with db.transaction(write=True):
        task = scene.drawn_task(2, cast.officer, scene.item("高企", cast.division), [], [])
        db.session.query(Draw).filter_by(task_id=task.id).update({"matched_at": None})
        other_id = task.id
    with pytest.raises(Conflict, match="not_matched"), db.transaction(write=True):
        actions.generate_task(other_id, by=cast.officer.officer)
    with pytest.raises(NotFound), db.transaction(write=True):
        actions.generate_task(other_id, by=cast.other_officer.officer)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.generate_task(other_id, by=cast.legal.officer)


def test_a_failed_generation_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(RuntimeError), db.transaction(write=True):
        generated(cast)
        raise RuntimeError
    with db.transaction(write=False):
        assert db.session.query(Visit).count() == db.session.query(ObjectVisitCount).count() == 0


def test_the_button_generates_and_the_task_page_lists_the_visits(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    scene.stop_the_clock()
    with db.transaction(write=True):
        task_id = scene.drawn_task(1, cast.officer, scene.item("动物", cast.division),
                                   [scene.inspected("济南某生物（示例）", "91370102MA3N8K2T1M")],
                                   [cast.inspector_a, cast.inspector_b]).id
    browser = client_of(cast.officer)
    assert "生成检查任务" in browser.get(f"/tasks/{task_id}/visits").get_data(as_text=True)
    assert browser.post(f"/tasks/{task_id}/generation").status_code == 303
    page = browser.get(f"/tasks/{task_id}/visits").get_data(as_text=True)
    assert "济南某生物（示例）" in page
    assert "生成检查任务" not in page
    assert browser.post(f"/tasks/{task_id}/generation").status_code == 409
    assert client_of(cast.inspector_c).get(f"/tasks/{task_id}/visits").status_code == 404


@pytest.mark.article("6")
def test_a_visit_begun_in_the_next_year_counts_there(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    january = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)
    clock.set_source(lambda: january)
    with db.transaction(write=True):
        visit = actions.start_visit(visit_id, january, by=cast.inspector_a.officer)
        assert db.session.get_one(ObjectVisitCount, (visit.object_id, 2026)).visits == 0
        assert db.session.get_one(ObjectVisitCount, (visit.object_id, 2027)).visits == 1
