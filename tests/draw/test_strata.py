"""Each credit-risk grade is frozen as a stratum with its own root, drawn by itself, and replaced out of itself."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.config import HOME
from fieldapp.draw import queries
from fieldapp.draw.models import DrawnObject
from fieldapp.draw.rules import bundle
from fieldapp.policy import actions as policy
from fieldapp.policy.rules import RuleSet
from fieldapp.refusals import Refusal
from fieldapp.registry.models import InspectionObject
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits
from tests.draw.makers import approved_task, directory, draw_all, freeze, make_seed
from tests.people import Cast

RATIOS = {"A": 1000, "B": 2000, "C": 4000, "D": 5000, "U": 2000}


def graded(cast: Cast, size: int, grades: str, ratios: dict[str, int] | None = None, **settings: Any) -> UUID:
    """An approved task that draws the grades of a directory, each at its ratio."""
    with db.transaction(write=True):
        directory(cast, size, grades)
        strata = {grade: {"ratio": ratio, "quota": 0} for grade, ratio in (RATIOS | (ratios or {})).items()}
        return approved_task(cast, strata=strata, **settings)


def drawn(cast: Cast, task_id: UUID) -> UUID:
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    return draw_id


def grades_of(draw_id: UUID, *, reserve: bool = False) -> dict[str, int]:
    with db.transaction(write=False):
        rows = db.session.execute(sa.select(DrawnObject.stratum, InspectionObject.credit_risk_grade).join(
            InspectionObject).where(DrawnObject.draw_id == draw_id, DrawnObject.is_reserve.is_(reserve))).all()
    assert all(stratum == (grade or "U") for stratum, grade in rows)
    return {name: sum(stratum == name for stratum, _ in rows) for name in sorted({stratum for stratum, _ in rows})}


@pytest.mark.article("6", "16")
def test_each_stratum_is_drawn_at_its_own_ratio_and_an_outsider_proves_it(
        cast: Cast, client: FlaskClient, tmp_path: Path) -> None:
    draw_id = drawn(cast, graded(cast, 100, "BBD-"))
    assert grades_of(draw_id) == {"B": 10, "D": 13, "U": 5}
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        manifest, address = json.loads(draw.manifest), f"/public/draws/{draw.year}/{draw.number}"
    assert [(one["name"], one["ratio"], one["counted"], one["quota"]) for one in manifest["strata"]] == [
        ("B", "20%", 50, 10), ("D", "50%", 25, 13), ("U", "20%", 25, 5)]
    assert (manifest["quota"], manifest["below_floor"], manifest["leaf_file"]) == (28, False, "at_once")
    packed = client.get(f"{address}/bundle.zip").data
    proved = bundle.check_bundle(bundle.bundle_in(packed))
    assert (proved.drawn, proved.reserve) == (28, 72)
    (tmp_path / "draw.zip").write_bytes(packed)
    said = subprocess.run([sys.executable, HOME / "static/verify20.py", tmp_path / "draw.zip"], capture_output=True, text=True,
                          check=False)
    assert said.stdout.startswith("OK: draw")
    page = client.get(address).text
    assert "按信用风险等级分层" in page
    assert "未评级" in page


@pytest.mark.article("6")
def test_a_grade_that_came_after_the_approval_is_drawn_too_and_an_approved_quota_is_not_undercut(cast: Cast) -> None:
    task_id = graded(cast, 60, "AB")
    with db.transaction(write=True):
        task = db.session.get_one(Task, task_id)
        task.strata = task.strata | {"A": {"ratio": 1000, "quota": 7}}
        for found in db.session.query(InspectionObject).order_by(InspectionObject.uscc).limit(4):
            found.credit_risk_grade = "C"
    draw_id = freeze(cast, task_id)
    with db.transaction(write=False):
        settled = json.loads(queries.draw(draw_id).manifest)["strata"]
    assert [(one["name"], one["counted"], one["quota"]) for one in settled] == [("A", 28, 7), ("B", 28, 6), ("C", 4, 2)]


@pytest.mark.article("3", "6")
def test_a_stratum_of_fewer_than_twenty_keeps_its_leaves_and_sizes_until_the_inspections_are_over(
        cast: Cast, client: FlaskClient) -> None:
    draw_id = drawn(cast, graded(cast, 60, "BBBBBBBBBD"))
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        address, task_id = f"/public/draws/{draw.year}/{draw.number}", draw.task_id
        assert json.loads(draw.manifest)["leaf_file"] == "after_inspections"
        order, seed = [one.leaf for one in queries.drawn_objects(draw_id)], str(draw.seed)
    for name in ("leaves.txt", "manifest.json", "bundle.zip", "reserve.txt", "contributions.json", "matching.json"):
        assert client.get(f"{address}/{name}").status_code == 404, name
    page = client.get(address).text
    assert "50%" in page
    assert "54</td>" not in page
    assert seed not in page, "a ticket follows from seed and leaf: where the tickets begin anew, a stratum ends"
    assert order != sorted(order)
    assert client.get(f"{address}/selected.txt").text.split() == sorted(order)
    assert [page.index(leaf) for leaf in sorted(order)] == sorted(page.index(leaf) for leaf in order)
    assert "按签值第" not in client.get(f"{address}/row").text
    with db.transaction(write=True):
        db.session.get_one(Task, task_id).state = "completed"
    assert client.get(f"{address}/leaves.txt").status_code == 200
    assert client.get(f"{address}/selected.txt").text.split() == order
    assert client.get(f"{address}/manifest.json").json["strata"][1]["pool"] == 6
    assert "54</td>" in client.get(address).text
    assert seed in client.get(address).text


@pytest.mark.article("3", "6")
def test_the_wall_shows_no_ticket_where_a_stratum_is_small(cast: Cast, client_of: Any) -> None:
    draw_id = drawn(cast, graded(cast, 60, "BBBBBBBBBD"))
    with db.transaction(write=False):
        draw, first = queries.draw(draw_id), queries.tickets(draw_id, 1)[0]
        said = [str(draw.seed), first[1][:10], f">{first[2][:8]}<", "54</td>"]
    wall = client_of(cast.officer).get(f"/draws/{draw_id}/ceremony").text
    assert "三 抽取检查对象：14 户" in wall
    assert [one for one in said if one in wall] == []
    assert "在全部检查结束前不得公开" in client_of(cast.officer).get(f"/draws/{draw_id}/minutes").text


@pytest.mark.article("6")
def test_strata_below_the_items_ratio_need_legal_affairs_and_say_so_in_public(
        cast: Cast, client: FlaskClient, client_of: Any) -> None:
    task_id = graded(cast, 60, "AAB", {"B": 500}, ratio_reason="近三年未发现问题")
    lets_stay_below(cast)
    with pytest.raises(Refusal, match="below_floor_needs_second_approval"):
        freeze(cast, task_id)
    officer, legal = client_of(cast.officer), client_of(cast.legal)
    assert "各层合计低于抽查比例要求的数量" in officer.get(f"/tasks/{task_id}/draw").text
    assert officer.post(f"/tasks/{task_id}/narrow-request").status_code == 303
    asked = legal.get(f"/tasks/{task_id}/narrow-approval").text
    assert "近三年未发现问题" in asked
    agreed = {"opinion": "同意", "reasons": "below_floor"}
    assert legal.post(f"/tasks/{task_id}/narrow-approval", data=agreed).status_code == 303
    freeze(cast, task_id)
    with db.transaction(write=False):
        draw = queries.draw_of_task(task_id)
        assert draw is not None
        address = f"/public/draws/{draw.year}/{draw.number}"
        assert json.loads(draw.manifest)["below_floor"] is True
    page = client.get(address).text
    assert "近三年未发现问题" in page
    assert "各层合计低于抽查比例要求的数量，已经两人审批" in page


def lets_stay_below(cast: Cast) -> None:
    with db.transaction(write=True):
        below = RuleSet("分层规则", clock.today(), strata_by_credit_grade=True, strata_below_floor=True)
        policy.enter_rule_set(below, by=cast.legal.officer)


@pytest.mark.article("6")
def test_grades_that_changed_do_not_let_a_draw_freeze_below_the_floor_where_the_rules_forbid_it(
        cast: Cast, client_of: Any) -> None:
    task_id = graded(cast, 60, "AB", {"B": 3000})
    degrade(60)
    officer, legal = client_of(cast.officer), client_of(cast.legal)
    page = officer.get(f"/tasks/{task_id}/draw").text
    assert "现行规则不允许" in page
    assert "报法规处审批" not in page
    assert officer.post(f"/tasks/{task_id}/narrow-request").status_code == 422
    assert legal.post(f"/tasks/{task_id}/narrow-approval", data={"opinion": "同意"}).status_code == 422
    with pytest.raises(Refusal, match=r"draw\.strata_below_floor") as refused:
        freeze(cast, task_id)
    assert refused.value.facts == {"total": 6, "asked": 12}
    declined = {"opinion": "请提高比例", "decision": "disagree"}
    assert legal.post(f"/tasks/{task_id}/narrow-approval", data=declined).status_code == 303


def degrade(count: int) -> None:
    """So many objects get the grade that is drawn least."""
    with db.transaction(write=True):
        for found in db.session.query(InspectionObject).order_by(InspectionObject.uscc).limit(count):
            found.credit_risk_grade = "A"


@pytest.mark.article("6", "16")
def test_an_approval_of_a_narrow_draw_does_not_cover_that_it_falls_below_the_floor_later(cast: Cast, client_of: Any) -> None:
    task_id = graded(cast, 60, "AB", {"B": 5001})
    lets_stay_below(cast)
    legal = client_of(cast.legal)
    address, agreed = f"/tasks/{task_id}/narrow-approval", {"opinion": "同意", "reasons": ["narrow"]}
    assert 'name="reasons" value="narrow"' in legal.get(address).text
    assert legal.post(address, data=agreed).status_code == 303
    degrade(58)
    with pytest.raises(Refusal, match="below_floor_needs_second_approval"):
        freeze(cast, task_id)
    with db.transaction(write=False):
        wanted = queries.why_second_approval(db.session.get_one(Task, task_id))
    assert [one.value for one in wanted] == ["below_floor"]
    unseen = legal.post(address, data=agreed)
    assert (unseen.status_code, "打开页面后情况有变" in unseen.text, 'value="below_floor"' in unseen.text) == (422, True, True)
    assert legal.post(address, data=agreed | {"reasons": ["narrow", "below_floor"]}).status_code == 303
    draw_id = freeze(cast, task_id)
    with db.transaction(write=False):
        manifest = json.loads(queries.draw(draw_id).manifest)
    assert (manifest["narrow"], manifest["below_floor"], manifest["second_approver"]) == (True, True, cast.legal.name)


@pytest.mark.article("16")
def test_a_stratum_drawn_by_more_than_half_is_narrow(cast: Cast) -> None:
    task_id = graded(cast, 60, "AB", {"B": 5001})
    with pytest.raises(Refusal, match="narrow_needs_second_approval"):
        freeze(cast, task_id)


@pytest.mark.article("6")
@pytest.mark.edge("E21")
def test_the_reserve_steps_in_from_the_same_stratum(cast: Cast) -> None:
    draw_id = drawn(cast, graded(cast, 60, "AAB", {"A": 2000}))
    with db.transaction(write=True):
        draw = queries.draw(draw_id)
        for one in queries.drawn_objects(draw_id):
            assert visits.next_in_reserve(draw.task, one.object_id).stratum == one.stratum
    assert grades_of(draw_id, reserve=True) == {"A": 32, "B": 16}


@pytest.mark.edge("E2")
def test_a_stratum_with_too_few_left_is_drawn_whole_and_the_rest_is_missing(cast: Cast) -> None:
    task_id = graded(cast, 60, "AB", {"B": 4000})
    with db.transaction(write=True):
        of_grade = db.session.query(InspectionObject).filter_by(credit_risk_grade="B").order_by(InspectionObject.uscc)
        for found in of_grade.limit(25):
            found.status = "closed"
    draw_id = drawn(cast, task_id)
    assert grades_of(draw_id) == {"A": 3, "B": 5}
    with db.transaction(write=False):
        assert queries.draw(draw_id).shortfall == 7
