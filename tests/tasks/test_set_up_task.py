"""Setting a task up from the plan."""

from datetime import date
from uuid import uuid4

import pytest

from fieldapp import clock, db
from fieldapp.planning import actions as planning
from fieldapp.refusals import Conflict, NotFound, Refusal
from fieldapp.registry.models import FocusProposal, ObjectVisitCount
from fieldapp.tasks import actions, queries
from fieldapp.tasks.rules import DrawMode, MatchCondition, MatchMode, Pool
from tests.people import Cast
from tests.planning import things as planned
from tests.tasks import things
from tests.tasks.things import TYPED

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#pool"}


@pytest.fixture(autouse=True)
def february(cast: Cast) -> None:
    planned.in_february(cast)


def line(cast: Cast):
    with db.transaction(write=False):
        return planned.line_of(cast)


@pytest.mark.article("14", "16")
def test_a_task_is_set_up_from_a_line_of_the_plan(cast: Cast) -> None:
    with db.transaction(write=True):
        things.checklist()
        newest = things.checklist(version=2)
        task = things.task(cast)
        assert (task.number, task.state, task.quota) == ("鲁科抽〔2026〕1号", "draft", 18)
        assert (task.item.code, task.division_id, task.checklist_id) == ("A01", cast.division, newest.id)


@pytest.mark.article("6")
def test_an_undirected_quota_follows_a_directory_that_has_grown_since_the_plan(cast: Cast) -> None:
    with db.transaction(write=True):
        planned.objects(5, cast.division, start=500)
        assert things.task(cast).quota == 19


@pytest.mark.article("16")
def test_a_directed_task_states_its_conditions_and_takes_the_ratio_of_its_pool(cast: Cast) -> None:
    with db.transaction(write=True):
        large = planned.objects(30, cast.division, start=600, size="large", city="青岛市")
        planned.also(large[:25], "科普基地", cast.division)
        conditions = {"sizes": ["large"], "cities": ["青岛市"], "types": ["科普基地"]}
        task = things.task(cast, draw_mode=DrawMode.DIRECTED, conditions=conditions)
        assert (task.quota, task.conditions) == (5, conditions)
        assert task.condition_text == "主体类型：科普基地；经营规模：大型；设区市：青岛市"
        assert things.task(cast, draw_mode=DrawMode.DIRECTED, conditions=conditions, quota=8).quota == 8
        with pytest.raises(Refusal, match="quota_below_ratio"):
            things.task(cast, draw_mode=DrawMode.DIRECTED, conditions=conditions, quota=4)


@pytest.mark.article("6", "16")
def test_the_pool_leaves_out_what_is_closed_or_at_the_yearly_cap(cast: Cast) -> None:
    with db.transaction(write=True):
        rows = planned.objects(4, cast.division, start=700, size="large")
        rows[0].status = "closed"
        db.session.add(ObjectVisitCount(object_id=rows[1].id, year=2026, visits=2))
        db.session.add(ObjectVisitCount(object_id=rows[2].id, year=2025, visits=2))
        db.session.flush()
        db.session.add(FocusProposal(
            object_id=rows[3].id, division_id=cast.division, circumstance="失信行为", proposed_at=clock.now(), decision="agreed",
            decided_by=cast.legal.id, decided_at=clock.now(), opinion="", expires_on=clock.today()))
        db.session.flush()
        last = date(2026, 12, 31)
        assert queries.pool_for(planned.ANIMALS, {"sizes": ["large"]}, last) == Pool(4, closed=1, at_cap=1, certain=1)
        assert queries.pool_for(planned.ANIMALS, {"sizes": ["small"]}, last) == Pool(86)
        assert queries.pool_for(planned.ANIMALS, {}, last) == Pool(90, closed=1, at_cap=1, certain=1)
        assert queries.pool_for(planned.ANIMALS, {}, date(2025, 12, 31)).at_cap == 1
        assert queries.pool_for(planned.ANIMALS, {}, date(2027, 1, 31)).at_cap == 0


@pytest.mark.article("16")
def test_a_manual_matching_keeps_its_conditions(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.task(cast, match_mode=MatchMode.MANUAL, specialities=("实验动物",),
                           match_conditions=frozenset({MatchCondition.OTHER_DIVISION}))
        assert task.match_conditions == {"other_division": True, "specialities": ["实验动物"]}


@pytest.mark.article("14")
def test_a_task_is_set_up_by_the_items_own_division_from_the_plan_in_force(cast: Cast) -> None:
    with db.transaction(write=True):
        line_id = planned.line_of(cast)
        for stranger in (cast.other_officer.officer, cast.head.officer, cast.legal.officer):
            with pytest.raises(NotFound):
                actions.set_up_task(things.settings(line_id), by=stranger)
        second = planning.draft_plan(2026, "调整", by=cast.legal.officer)
        with pytest.raises(Conflict, match="plan_not_issued"):
            actions.set_up_task(things.settings(second.lines[0].id), by=cast.officer.officer)
        planning.issue_plan(second.id, by=cast.legal.officer)
        with pytest.raises(Conflict, match="plan_adjusted"):
            actions.set_up_task(things.settings(line_id), by=cast.officer.officer)


@pytest.mark.article("5")
def test_a_repealed_item_gets_no_new_task(cast: Cast) -> None:
    with db.transaction(write=True):
        line_id = planned.line_of(cast)
        task = things.task(cast)
        task.item.state, task.item.valid_to = "repealed", date(2026, 2, 24)
        with pytest.raises(Conflict, match="item_not_published"):
            actions.set_up_task(things.settings(line_id), by=cast.officer.officer)
        assert queries.task(task.id).item_id == task.item_id


def test_the_page_shows_the_pool_before_anything_is_submitted(cast: Cast, client_of) -> None:
    officer = client_of(cast.officer)
    assert "18 户" in officer.get("/tasks/new").get_data(as_text=True)
    page = officer.get(f"/tasks/new?line={line(cast)}").get_data(as_text=True)
    assert "符合条件 86 户，应抽 18 户" in page
    answer = officer.get(f"/tasks/new?line={line(cast)}&draw_mode=directed&cities=济南市&sizes=small", headers=HTMX)
    fragment = answer.get_data(as_text=True)
    assert "符合条件 86 户，应抽 18 户" in fragment
    assert "<html" not in fragment
    assert {"HX-Request", "HX-Request-Type"} <= set(answer.vary)
    nothing = officer.get(f"/tasks/new?line={line(cast)}&draw_mode=directed&sizes=large", headers=HTMX)
    assert "没有可以抽取的检查对象" in nothing.get_data(as_text=True)


def test_a_narrow_pool_is_said_on_the_page(cast: Cast, client_of) -> None:
    with db.transaction(write=True):
        planned.objects(10, cast.division, start=800, size="large")
    page = client_of(cast.officer).get(f"/tasks/new?line={line(cast)}&draw_mode=directed&sizes=large", headers=HTMX)
    assert "条件过窄" in page.get_data(as_text=True)


def test_a_calculation_without_javascript_keeps_everything_typed(cast: Cast, client_of) -> None:
    page = client_of(cast.officer).get("/tasks/new", query_string=TYPED | {
        "line": str(line(cast)), "draw_mode": "directed", "cities": "济南市", "match_mode": "manual",
        "specialities": "实验动物", "methods": ["written"]}).get_data(as_text=True)
    for kept in ("实验动物检查（第一批）", 'value="济南市" checked', 'value="实验动物" checked', 'value="written" checked'):
        assert kept in page
    assert 'value="on_site" checked' not in page


def test_a_task_is_set_up_on_the_page(cast: Cast, client_of) -> None:
    officer = client_of(cast.officer)
    answer = officer.post("/tasks", data=TYPED | {"line": str(line(cast))})
    assert answer.status_code == 303
    page = officer.get(answer.location).get_data(as_text=True)
    assert "鲁科抽〔2026〕1号" in page
    assert "任务已设置" in page
    assert "尚无检查表单" in page


@pytest.mark.parametrize(("field", "value"), [
    ("name", ""), ("name", "长" * 201), ("inspectors_per_object", "1"), ("inspectors_per_object", "many"),
    ("first_day", "2026-02-30"), ("last_day", "2026-03-01"), ("methods", "telepathy"), ("match_mode", "manual"),
    ("draw_mode", "directed")])
def test_what_does_not_fit_names_its_field_and_loses_nothing(cast: Cast, client_of, field: str, value: str) -> None:
    typed = TYPED | {"line": str(line(cast)), field: value}
    answer = client_of(cast.officer).post("/tasks", data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    assert field == "name" or "实验动物检查（第一批）" in page


def test_lines_of_others_are_not_found(cast: Cast, client_of) -> None:
    other = client_of(cast.other_officer)
    assert other.get(f"/tasks/new?line={line(cast)}").status_code == 404
    assert other.post("/tasks", data=TYPED | {"line": str(line(cast))}).status_code == 404
    assert other.get(f"/tasks/new?line={uuid4()}").status_code == 404
    assert other.get("/tasks/new?line=nonsense").status_code == 404
    assert client_of(cast.head).get("/tasks/new").status_code == 403
