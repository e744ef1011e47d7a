"""A reviewed result is entered once, published by the head, corrected by a new version."""

import json
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.publication import actions, outgoing, queries
from fieldapp.publication.models import InspectionResult
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry.models import InspectionObject
from fieldapp.visits.models import VisitTask
from tests.people import Cast
from tests.publication.scene import entered_result, published_result
from tests.review.scene import PRODUCT, closed_record, ordered


@pytest.mark.article("25")
def test_a_result_is_entered_once_and_waits_for_the_head(cast: Cast) -> None:
    result_id = entered_result(cast)
    with db.transaction(write=True):
        row = db.session.get_one(InspectionResult, result_id)
        assert actions.enter_result(row.visit_task_id, by=PRODUCT).id == result_id
        assert [one.kind for one in accounts.waiting_for(cast.deputy.officer)] == ["publication"]
        assert row.inspected_on == date(2026, 11, 24)


@pytest.mark.article("25")
def test_a_record_without_review_has_no_result(cast: Cast) -> None:
    part_id = closed_record(cast)
    with db.transaction(write=True), pytest.raises(Refusal, match="not_reviewed"):
        actions.enter_result(part_id, by=PRODUCT)


@pytest.mark.article("25")
def test_the_legal_clock_runs_twenty_working_days_from_the_tasks_last_visit(cast: Cast) -> None:
    result_id = entered_result(cast)
    with db.transaction(write=True):
        row = db.session.get_one(InspectionResult, result_id)
        legal = queries.clock_of(row)
        assert (legal.day, legal.is_legal) == (date(2026, 12, 22), True)
        row.visit_task.task.completed_on = None
        assert queries.clock_of(row).is_legal is False


@pytest.mark.article("25")
@pytest.mark.parametrize("part", ["officer", "legal", "other_head", "inspector_a"])
def test_nobody_but_the_divisions_head_publishes(cast: Cast, part: str) -> None:
    result_id = entered_result(cast)
    with db.transaction(write=True), pytest.raises(Forbidden):
        actions.publish_result(result_id, by=cast.players[part].officer)


@pytest.mark.article("25")
def test_a_result_is_published_once(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True), pytest.raises(Conflict):
        actions.publish_result(result_id, by=cast.deputy.officer)
    with db.transaction(write=False):
        assert accounts.waiting_for(cast.head.officer) == []


@pytest.mark.article("26")
def test_a_correction_is_a_new_version_and_both_stay_visible(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        corrected = actions.correct_result(result_id, ResultCategory.PENDING_ACTION, "一项待处理", "复核发现漏记",
                                           by=cast.head.officer).id
    with db.transaction(write=True), pytest.raises(Conflict, match="already_corrected"):
        actions.correct_result(result_id, ResultCategory.NO_PROBLEM, "", "再改", by=cast.head.officer)
    with db.transaction(write=False):
        versions, _ = queries.public_result(result_id)
        assert [(one.id, one.version, one.state) for one in versions] == [
            (corrected, 2, "published"), (result_id, 1, "superseded")]
        found = queries.public_results(queries.PublicFilters())
        assert ([row.id for row in found], found.total) == ([corrected], 1)


@pytest.mark.article("27")
def test_what_was_ordered_is_public_with_the_result(cast: Cast) -> None:
    result_id = published_result(cast, category="rectification_ordered", order="补齐消毒记录", approval=ordered())
    with db.transaction(write=True):
        [row], _ = queries.public_result(result_id)
        assert row.measure_text == "责令改正：补齐消毒记录"


@pytest.mark.article("26", "27")
def test_an_order_falls_with_the_category_that_ordered_it(cast: Cast) -> None:
    result_id = published_result(cast, category="rectification_ordered", order="补齐消毒记录", approval=ordered())
    with db.transaction(write=True):
        new = actions.correct_result(result_id, ResultCategory.NO_SUCH_ACTIVITY, "", "复核：没有开展该活动",
                                     by=cast.head.officer)
        assert (new.measure_text, queries.order_in_force(new.visit_task_id)) == ("", None)
        [old] = [one for one in queries.versions(new.visit_task_id) if one.id == result_id]
        assert old.measure_text == "责令改正：补齐消毒记录"


@pytest.mark.article("25")
def test_a_natural_person_is_masked_and_cannot_be_found_by_name(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        row = db.session.get_one(InspectionResult, result_id)
        found = db.session.get_one(InspectionObject, db.session.get_one(VisitTask, row.visit_task_id).object_id)
        found.name, found.is_natural_person = "张三丰", True
    with db.transaction(write=False):
        [row], _ = queries.public_result(result_id)
        assert (row.object_name, row.uscc) == ("张*", "")
        assert queries.public_results(queries.PublicFilters(q="张三")).total == 0
        [entry] = queries.outgoing_results()
        assert (entry.object_name, entry.uscc) == ("张*", "")


@pytest.mark.article("25")
def test_a_task_drawn_elsewhere_goes_out_with_the_plan_of_its_platform(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        task = db.session.get_one(VisitTask, db.session.get_one(InspectionResult, result_id).visit_task_id).task
        task.plan_line_id, task.external_ref = None, "370000202611230001"
        task.external_plan_number, task.external_plan_name = "37000020260001", "2026年度抽查计划"
    with db.transaction(write=False):
        [entry] = queries.outgoing_results()
        assert (entry.plan_id, entry.plan_name, entry.task_id) == ("37000020260001", "2026年度抽查计划", "370000202611230001")


@pytest.mark.article("25")
def test_a_publication_is_taken_down_after_five_years(cast: Cast) -> None:
    result_id = published_result(cast)
    clock.set_source(lambda: clock.datetime(2031, 11, 26, tzinfo=clock.UTC))
    with db.transaction(write=False):
        assert queries.public_results(queries.PublicFilters()).total == 0
        with pytest.raises(Refusal, match="not_public"):
            queries.public_result(result_id)


@pytest.mark.article("25")
def test_the_outgoing_file_is_kept_with_its_hash_and_its_cells_stay_text(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        row = db.session.get_one(InspectionResult, result_id)
        row.visit_task.task.name = '=HYPERLINK("http://x","y")'
    with db.transaction(write=True):
        file = actions.make_outgoing_file(None, by=cast.legal.officer)
        [entry] = json.loads(file.content)
        assert entry["uniscId"] == "91370102MA3N8K2T1M"
        assert entry["drRaninsRes"]["raninsTypeName"] == "不定向"
        sheet = load_workbook(BytesIO(outgoing.as_xlsx(file.content))).active
    assert sheet is not None
    cell = sheet.cell(2, 6)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x","y")', "s")
    with db.transaction(write=True), pytest.raises(Refusal, match="nothing_to_send"):
        actions.make_outgoing_file(date(2027, 1, 1), by=cast.legal.officer)
