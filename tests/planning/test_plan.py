"""A year's plan from the item list to the public page."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fieldapp import clock, db
from fieldapp.ledger.timeline import timeline
from fieldapp.planning import actions, queries
from fieldapp.planning.rules import LineValues
from fieldapp.refusals import Conflict, Forbidden, Refusal
from tests.people import Cast
from tests.planning import things

VALUES = LineValues(2000, ">=", 1, ("on_site",), date(2026, 3, 2), date(2026, 4, 30))
TYPED = {"ratio": "20", "frequency_operator": ">=", "frequency": "1", "methods": ["on_site", "written"],
         "first_day": "2026-03-02", "last_day": "2026-04-30", "override_reason": ""}


@pytest.fixture(autouse=True)
def january(cast: Cast) -> None:
    clock.set_source(lambda: datetime(2026, 1, 5, 1, 0, tzinfo=UTC))
    with db.transaction(write=True):
        things.registry(cast)


def draft(cast: Cast):
    with db.transaction(write=True):
        plan = actions.draft_plan(2026, by=cast.legal.officer)
        return plan.id, [line.id for line in plan.lines]


@pytest.mark.article("11", "12")
def test_a_plan_is_drafted_with_a_line_for_every_published_item(cast: Cast) -> None:
    with db.transaction(write=True):
        things.item("C01", cast.division, "科普基地", state="draft")
        plan = actions.draft_plan(2026, by=cast.legal.officer)
        assert [(line.item.code, line.directory_size, line.quota) for line in plan.lines] == [
            ("A01", 86, 18), ("B01", 41, 3)]
        assert queries.missing_items(plan) == []


@pytest.mark.article("12")
def test_an_item_without_any_object_still_has_its_line(cast: Cast) -> None:
    with db.transaction(write=True):
        things.item("C01", cast.division, "科普基地")
        plan = actions.draft_plan(2026, by=cast.legal.officer)
        assert [(line.item.code, line.quota) for line in plan.lines][-1] == ("C01", 0)


@pytest.mark.article("12")
def test_a_plan_that_misses_a_new_item_is_not_issued_until_it_covers_it(cast: Cast) -> None:
    plan_id, _lines = draft(cast)
    with db.transaction(write=True):
        things.item("C01", cast.division, "科普基地")
        with pytest.raises(Refusal, match="items_missing"):
            actions.issue_plan(plan_id, by=cast.legal.officer)
        actions.add_missing_lines(plan_id, by=cast.legal.officer)
        assert actions.issue_plan(plan_id, by=cast.legal.officer).state == "issued"


def test_a_repealed_item_leaves_the_draft_and_a_new_version_takes_its_place(cast: Cast) -> None:
    plan_id, _lines = draft(cast)
    with db.transaction(write=True):
        first, second = queries.plan(plan_id).lines
        first.item.valid_to = second.item.valid_to = date(2026, 1, 5)
        first.item.state = second.item.state = "repealed"
        new = things.item("A01", cast.division, version=2, name="新版")
        plan = actions.add_missing_lines(plan_id, by=cast.legal.officer)
        assert [(line.item_id, line.position) for line in plan.lines] == [(new.id, 1)]


@pytest.mark.article("6")
def test_the_quota_is_counted_from_the_directory_as_it_is_when_the_plan_is_issued(cast: Cast) -> None:
    plan_id, _lines = draft(cast)
    with db.transaction(write=True):
        things.objects(5, cast.division, start=500)
        plan = actions.issue_plan(plan_id, by=cast.legal.officer)
        assert (plan.lines[0].directory_size, plan.lines[0].quota) == (91, 19)


@pytest.mark.article("11")
def test_an_issued_plan_has_a_number_and_is_frozen(cast: Cast) -> None:
    plan_id, lines = draft(cast)
    with db.transaction(write=True):
        plan = actions.issue_plan(plan_id, by=cast.legal.officer)
        assert plan.number == "鲁科抽计〔2026〕1号"
        assert queries.plan_in_force(2026).id == plan_id
        with pytest.raises(Conflict, match="issued_is_frozen"):
            actions.edit_line(lines[0], VALUES, by=cast.legal.officer)
        with pytest.raises(Conflict, match="already_issued"):
            actions.issue_plan(plan_id, by=cast.legal.officer)
        assert [step.label for step in timeline(plan_id)] == ["印发并公布年度计划", "起草年度计划"]


@pytest.mark.article("13")
def test_an_adjustment_is_the_next_version_with_its_reason(cast: Cast) -> None:
    with db.transaction(write=True):
        first = things.issued_plan(cast)
        second = actions.draft_plan(2026, "法规修订", by=cast.legal.officer)
        assert (second.version, len(second.lines)) == (2, 2)
        assert queries.plan_in_force(2026).id == first.id
        actions.issue_plan(second.id, by=cast.legal.officer)
        assert queries.plan_in_force(2026).id == second.id
        assert timeline(second.id)[-1].reason == "法规修订"


@pytest.mark.article("6")
def test_less_than_the_law_asks_needs_a_reason_on_the_line(cast: Cast) -> None:
    plan_id, lines = draft(cast)
    with db.transaction(write=True):
        low = replace(VALUES, ratio_basis_points=1000)
        with pytest.raises(Refusal, match="override_needs_a_reason"):
            actions.edit_line(lines[0], low, by=cast.legal.officer)
        line = actions.edit_line(lines[0], replace(low, override_reason="厅务会同意"), by=cast.legal.officer)
        assert (line.quota, line.override_reason) == (9, "厅务会同意")
        actions.issue_plan(plan_id, by=cast.legal.officer)


@pytest.mark.article("11")
def test_a_division_settles_its_own_lines_and_no_others(cast: Cast) -> None:
    _plan_id, lines = draft(cast)
    with db.transaction(write=True):
        assert actions.edit_line(lines[0], VALUES, by=cast.officer.officer).last_day == date(2026, 4, 30)
        for player in (cast.officer.officer, cast.head.officer):
            with pytest.raises(Forbidden):
                actions.edit_line(lines[1], VALUES, by=player)


def test_two_drafts_of_a_year_cannot_stand_side_by_side(cast: Cast) -> None:
    draft(cast)
    with db.transaction(write=True), pytest.raises(Conflict, match="draft_exists"):
        actions.draft_plan(2026, by=cast.legal.officer)


def test_the_plan_is_made_and_published_on_the_pages(cast: Cast, client_of, client) -> None:
    legal = client_of(cast.legal)
    assert "2026年1月10日" in legal.get("/plans").get_data(as_text=True)
    drafted = legal.post("/plans", data={"year": "2026", "reason": ""})
    page = legal.get(drafted.location).get_data(as_text=True)
    assert "18 户" in page
    assert client.get("/public/plans/2026").status_code == 404
    assert "尚未公布" in client.get("/public/plans").get_data(as_text=True)
    assert legal.post(f"{drafted.location}/issue").status_code == 303
    public = client.get("/public/plans/2026").get_data(as_text=True)
    assert "鲁科抽计〔2026〕1号" in public
    assert "实验动物单位检查" in public
    assert "周法一" not in public
    assert client.get("/public/plans").status_code == 200


def test_a_division_officer_edits_a_line_with_the_quota_in_sight(cast: Cast, client_of) -> None:
    plan_id, lines = draft(cast)
    address = f"/plans/{plan_id}/lines/{lines[0]}"
    officer = client_of(cast.officer)
    assert "18 户" in officer.get(address).get_data(as_text=True)
    fragment = officer.get(f"{address}?ratio=25", headers={
        "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#quota"}).get_data(as_text=True)
    assert "22 户" in fragment
    assert "<html" not in fragment
    assert "最多两位小数" in officer.get(f"{address}?ratio=lots").get_data(as_text=True)
    assert officer.post(address, data=TYPED).status_code == 303
    refused = officer.post(address, data=TYPED | {"ratio": "7.5"})
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert 'value="7.5"' in page
    assert 'id="override_reason-error"' in page


def test_what_is_typed_survives_a_calculation_without_javascript(cast: Cast, client_of) -> None:
    plan_id, lines = draft(cast)
    page = client_of(cast.officer).get(f"/plans/{plan_id}/lines/{lines[0]}", query_string=TYPED | {
        "ratio": "30", "override_reason": "说明文字"}).get_data(as_text=True)
    assert "26 户" in page
    assert "说明文字" in page
    assert 'value="written" checked' in page


def test_others_cannot_draft_issue_or_see_a_draft(cast: Cast, client_of) -> None:
    plan_id, lines = draft(cast)
    officer = client_of(cast.officer)
    assert officer.post("/plans", data={"year": "2027"}).status_code == 403
    assert officer.post(f"/plans/{plan_id}/issue").status_code == 403
    assert officer.get(f"/plans/{plan_id}").status_code == 200
    assert officer.get(f"/plans/{plan_id}/lines/{lines[1]}").status_code == 404
    assert client_of(cast.inspector_a).get(f"/plans/{plan_id}").status_code == 404
    assert client_of(cast.head).get(f"/plans/{plan_id}/lines/{lines[0]}").status_code == 403


@pytest.mark.parametrize("typed", [
    {"ratio": "5.123"}, {"ratio": ""}, {"frequency": "0"}, {"frequency": "²"}, {"frequency_operator": "!="},
    {"first_day": "2026-02-30"}, {"methods": ["telepathy"]}, {"override_reason": "长" * 1001}])
def test_what_cannot_be_read_names_its_field(cast: Cast, client_of, typed: dict[str, object]) -> None:
    plan_id, lines = draft(cast)
    answer = client_of(cast.legal).post(f"/plans/{plan_id}/lines/{lines[0]}", data=TYPED | typed)
    assert answer.status_code == 422
    assert f'id="{next(iter(typed))}-error"' in answer.get_data(as_text=True)


def test_a_year_that_is_none_keeps_the_form(cast: Cast, client_of) -> None:
    answer = client_of(cast.legal).post("/plans", data={"year": "MMXXVI", "reason": "调整"})
    assert answer.status_code == 422
    assert "调整" in answer.get_data(as_text=True)
