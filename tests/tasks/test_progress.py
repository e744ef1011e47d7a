"""From the draw to completion; generations reported to legal affairs; tasks taken in from outside."""

from datetime import UTC, date, datetime

import pytest

from fieldapp import clock, db
from fieldapp.refusals import Conflict
from fieldapp.registry.sheets import read_sheet
from fieldapp.tasks import actions, queries, way_b
from fieldapp.tasks.rules import DrawMode, ExternalTask
from tests.people import Cast
from tests.planning import things as planned
from tests.tasks import things


@pytest.fixture(autouse=True)
def february(cast: Cast) -> None:
    planned.in_february(cast)


@pytest.mark.article("14")
def test_a_task_is_drawn_generated_begun_and_completed_in_this_order(cast: Cast) -> None:
    by = cast.officer.officer
    with db.transaction(write=True):
        task = things.approved(cast)
        with pytest.raises(Conflict):
            actions.mark_generated(task, {}, by=by)
        actions.mark_drawn(task, by=by)
        with pytest.raises(Conflict, match="already_drawn"):
            actions.mark_drawn(task, by=by)
        report = actions.mark_generated(task, {"objects": 18, "inspectors": 9}, by=by)
        with pytest.raises(Conflict):
            actions.mark_generated(task, {}, by=by)
        actions.mark_in_progress(task, by=by)
        actions.mark_in_progress(task, by=by)
        actions.complete_task(task, date(2026, 4, 2), by=by)
        assert (task.state, task.completed_on, report.summary["objects"]) == ("completed", date(2026, 4, 2), 18)
        with pytest.raises(Conflict):
            actions.complete_task(task, date(2026, 4, 3), by=by)


@pytest.mark.article("25")
def test_a_task_finished_shortly_before_midnight_is_completed_on_that_legal_day(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        actions.mark_drawn(task, by=cast.officer.officer)
        actions.mark_generated(task, {}, by=cast.officer.officer)
        at_2350 = datetime(2026, 4, 2, 15, 50, tzinfo=UTC)
        actions.complete_task(task, clock.local(at_2350).date(), by=cast.officer.officer)
        assert task.completed_on == date(2026, 4, 2)


@pytest.mark.article("14")
def test_a_generation_is_reported_to_legal_affairs_who_take_note(cast: Cast, client_of) -> None:
    with db.transaction(write=True):
        task = things.approved(cast)
        actions.mark_drawn(task, by=cast.officer.officer)
        report_id = actions.mark_generated(task, {"objects": 18}, by=cast.officer.officer).id
    legal = client_of(cast.legal)
    assert "待阅" in legal.get("/tasks/reports").get_data(as_text=True)
    assert legal.post(f"/tasks/reports/{report_id}/note").status_code == 303
    assert legal.post(f"/tasks/reports/{report_id}/note").status_code == 303
    assert "待阅" not in legal.get("/tasks/reports").get_data(as_text=True)
    with db.transaction(write=False):
        assert queries.report(report_id).noted_by == cast.legal.id
    assert client_of(cast.head).get("/tasks/reports").status_code == 403
    assert client_of(cast.officer).post(f"/tasks/reports/{report_id}/note").status_code == 403


@pytest.mark.article("3", "14")
def test_a_task_drawn_elsewhere_is_taken_in_once_under_both_numbers(cast: Cast) -> None:
    with db.transaction(write=True):
        item = things.task(cast).item
        taken = ExternalTask("370000202602240001", "平台任务", item.id, cast.division, date(2026, 3, 2),
                             date(2026, 3, 31), DrawMode.UNDIRECTED, 3)
        task = actions.take_in_external_task(taken, by=cast.officer.officer)
        assert (task.origin, task.state, task.external_ref) == ("external", "objects_drawn", "370000202602240001")
        assert (task.number, task.inspection_methods) == ("鲁科抽〔2026〕2号", ["on_site"])
        with pytest.raises(Conflict, match="external_task_known"):
            actions.take_in_external_task(taken, by=cast.officer.officer)
        task_id = task.id
        actions.mark_generated(task, {}, by=cast.officer.officer)
    assert task_id


def test_a_task_from_outside_shows_the_platforms_number(cast: Cast, client_of) -> None:
    with db.transaction(write=True):
        item = things.task(cast).item
        task_id = actions.take_in_external_task(ExternalTask(
            "370000202602240001", "平台任务", item.id, cast.division, date(2026, 3, 2), date(2026, 3, 31),
            DrawMode.DIRECTED, 3), by=cast.officer.officer).id
    page = client_of(cast.officer).get(f"/tasks/{task_id}").get_data(as_text=True)
    assert "370000202602240001" in page
    assert client_of(cast.officer).get(f"/tasks/{task_id}/edit").status_code == 409


def test_the_empty_sheet_is_handed_out(cast: Cast, client_of) -> None:
    answer = client_of(cast.officer).get("/tasks/import-sheet.xlsx")
    assert answer.status_code == 200
    (sheet,) = read_sheet(answer.data)
    assert tuple(sheet.rows[2]) == way_b.HEADERS
    assert client_of(cast.inspector_a).get("/tasks/import-sheet.xlsx").status_code == 403
