"""Way B: tasks, objects and teams drawn elsewhere come in by a sheet, with a report before anything takes effect."""

import io
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.registry.models import ImportBatch, Inspector
from fieldapp.tasks import queries as known
from fieldapp.tasks import way_b
from fieldapp.tasks.models import GenerationReport, Task
from fieldapp.visits import queries
from fieldapp.visits.models import Visit
from tests.people import Cast, Player
from tests.visits import scene

USCC, OTHER_USCC = "91370102MA3N8K2T1M", "91370602MA9KX4P79F"


@pytest.fixture
def directory(cast: Cast) -> dict[str, tuple[str, str, str]]:
    """Items and objects of the sheet are known here; of the inspectors a and b staff number, name and certificate."""
    scene.stop_the_clock()
    with db.transaction(write=True):
        scene.item("动物", cast.division)
        scene.item("高企", cast.other_division)
        scene.inspected("济南某生物（示例）", USCC)
        scene.inspected("烟台某海洋（示例）", OTHER_USCC)
        return {part: _facts(getattr(cast, part)) for part in ("inspector_a", "inspector_b")}


def _facts(player: Player) -> tuple[str, str, str]:
    row = db.session.get_one(Inspector, player.inspector_id)
    return row.staff_number, row.name, row.certificate_number or ""


def line(team: Sequence[tuple[str, str, str]], uscc: str, name: str, *, division: str = "农村科技处",
         item: str = "动物监督检查", number: str = "370000202611230001", leader: str = "") -> list[str]:
    """One row of the sheet: an object of a task with its team."""
    seats = [cell for one in (*team, ("", "", ""))[:3] for cell in one]
    return [number, "外部任务第一批", item, division, name, uscc, *seats, leader or team[0][1], "2026-11-20", "2026-12-20",
            "不定向", "实地核查"]


def upload(browser: FlaskClient, *rows: list[str], content: bytes | None = None) -> str:
    """Hand the sheet in; the address of its preview."""
    file = (io.BytesIO(way_b.write(rows) if content is None else content), "外部<b>任务.xlsx")
    answer = browser.post("/visits/imports", data={"sheet": file}, content_type="multipart/form-data")
    return answer.headers.get("Location", "") if answer.status_code == 303 else f"{answer.status_code} {answer.text}"


@pytest.mark.article("3", "14")
def test_a_sheet_is_previewed_accepted_and_becomes_tasks_visits_teams_and_leaders(
        cast: Cast, directory: dict[str, tuple[str, str, str]], client_of: Callable[..., FlaskClient]) -> None:
    team, browser = list(directory.values()), client_of(cast.officer)
    preview = upload(browser, line(team, USCC, "济南某生物（示例）", leader=team[1][1]),
                     line(team, OTHER_USCC, "烟台某海洋（示例）"), line(team, "91370102MA3N8K2T1X", "坏代码（示例）"))
    page = browser.get(preview).get_data(as_text=True)
    assert "外部&lt;b&gt;任务.xlsx" in page
    assert "校验码不符" in page
    with db.transaction(write=False):
        assert db.session.query(Visit).count() == db.session.query(Task).count() == 0
    assert browser.post(f"{preview}/acceptance").status_code == 303
    with db.transaction(write=False):
        task = db.session.query(Task).one()
        assert (task.external_ref, task.state, task.origin, task.quota) == ("370000202611230001", "generated", "external", 2)
        first, second = queries.visits_of_task(task.id)
        assert [queries.leader(visit).inspector_id for visit in (first, second)] == [  # type: ignore[union-attr]
            cast.inspector_b.inspector_id, cast.inspector_a.inspector_id]
        assert [one.inspector_id for one in queries.members(first)] == [
            cast.inspector_a.inspector_id, cast.inspector_b.inspector_id]
        report = db.session.query(GenerationReport).one()
        assert (report.summary["visits"], report.summary["external"]) == (2, "370000202611230001")
    assert browser.post(f"{preview}/acceptance").status_code == 409
    again = upload(browser, line(team, USCC, "济南某生物（示例）"))
    assert "该任务已经导入" in browser.get(again).get_data(as_text=True)
    assert browser.post(f"{again}/acceptance").status_code == 422


@pytest.mark.article("4")
def test_only_legal_affairs_accepts_another_divisions_tasks(
        cast: Cast, directory: dict[str, tuple[str, str, str]], client_of: Callable[..., FlaskClient]) -> None:
    team = list(directory.values())
    row = line(team, USCC, "济南某生物（示例）", division="高新技术处", item="高企监督检查")
    mine = upload(client_of(cast.officer), row)
    assert client_of(cast.officer).post(f"{mine}/acceptance").status_code == 403
    assert client_of(cast.other_officer).get(mine).status_code == 404
    assert client_of(cast.legal).post(f"{mine}/acceptance").status_code == 303
    with db.transaction(write=False):
        assert db.session.query(Task).one().division_id == cast.other_division


def test_a_sheet_without_one_good_row_is_not_accepted_but_can_be_laid_aside(
        cast: Cast, directory: dict[str, tuple[str, str, str]], client_of: Callable[..., FlaskClient]) -> None:
    browser = client_of(cast.officer)
    preview = upload(browser, line(list(directory.values())[:1], USCC, "济南某生物（示例）"))
    refused = browser.post(f"{preview}/acceptance")
    assert (refused.status_code, "没有可以接受的行" in refused.get_data(as_text=True)) == (422, True)
    assert browser.post(f"{preview}/rejection", data={"reason": ""}).status_code == 422
    assert browser.post(f"{preview}/rejection", data={"reason": "人员不足"}).status_code == 303
    assert browser.post(f"{preview}/acceptance").status_code == 409
    with db.transaction(write=False):
        batch = db.session.query(ImportBatch).one()
        assert (batch.kind, batch.state, batch.remark) == ("way_b", "rejected", "人员不足")


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x89PNG\r\n", "甲,乙\n1,2\n".encode()])
def test_what_is_no_such_sheet_is_refused_with_a_sentence(
        cast: Cast, client_of: Callable[..., FlaskClient], content: bytes) -> None:
    answer = upload(client_of(cast.officer), content=content)
    assert answer.startswith("422")
    assert "没有保存，填写的内容都还在" in answer
    with db.transaction(write=False):
        assert db.session.query(ImportBatch).count() == 0


def test_two_acceptances_of_one_sheet_give_one_task(
        cast: Cast, directory: dict[str, tuple[str, str, str]], client_of: Callable[..., FlaskClient]) -> None:
    browser = client_of(cast.officer)
    preview = upload(browser, line(list(directory.values()), USCC, "济南某生物（示例）"))
    answers = {browser.post(f"{preview}/acceptance").status_code for _ in range(2)}
    assert answers == {303, 409}
    assert UUID(preview.rpartition("/")[2])
    with db.transaction(write=False):
        assert db.session.query(Task).count() == 1


@pytest.mark.article("3", "14")
def test_json_has_the_same_report_and_its_plan_stands_with_the_task(
        cast: Cast, directory: dict[str, tuple[str, str, str]], client_of: Callable[..., FlaskClient]) -> None:
    seats = [dict(zip(("number", "name", "certificate"), one, strict=True)) for one in directory.values()]
    objects = [{"name": name, "uscc": code, "leader": seats[0]["name"], "inspectors": seats}
               for name, code in (("济南某生物（示例）", USCC), ("坏代码（示例）", "91370102MA3N8K2T1X"))]
    task = {"plan_number": "37000020260001", "plan_name": "2026年度抽查计划", "task_number": "370000202611230002",
            "task_name": "外部任务第二批", "item": "动物监督检查", "division": "农村科技处", "first_day": "2026-11-20",
            "last_day": "2026-12-20", "draw_mode": "不定向", "methods": ["实地核查"], "objects": objects}
    browser = client_of(cast.officer)
    preview = upload(browser, content=json.dumps({"tasks": [task]}).encode())
    page = browser.get(preview).get_data(as_text=True)
    assert "校验码不符" in page
    assert browser.post(f"{preview}/acceptance").status_code == 303
    with db.transaction(write=False):
        taken = db.session.query(Task).one()
        assert (taken.quota, taken.external_plan_number, taken.external_plan_name) == (1, "37000020260001", "2026年度抽查计划")
        address = f"/tasks/{taken.id}"
    assert "2026年度抽查计划" in browser.get(address).get_data(as_text=True)
    assert "读不懂" in upload(browser, content=b'{"tasks": 1}')


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_a_task_accepted_twice_at_the_same_moment_is_taken_in_once(
        cast: Cast, directory: dict[str, tuple[str, str, str]], client_of: Callable[..., FlaskClient],
        monkeypatch: pytest.MonkeyPatch) -> None:
    team, browsers = list(directory.values()), [client_of(cast.officer), client_of(cast.officer)]
    previews = [upload(browser, line(team, USCC, "济南某生物（示例）")) for browser in browsers]
    both = Barrier(2, timeout=20)

    def neither_has_seen_it(_number: str) -> None:
        both.wait()

    monkeypatch.setattr(known, "task_with_external_ref", neither_has_seen_it)

    def accept(browser: FlaskClient, preview: str) -> int:
        return browser.post(f"{preview}/acceptance", headers={"Accept": "application/json"}).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(accept, browsers, previews)) == [303, 409]
    with db.transaction(write=False):
        assert db.session.query(Task).count() == db.session.query(Visit).count() == 1
        assert sorted(batch.state for batch in db.session.query(ImportBatch)) == ["accepted", "handed_in"]
