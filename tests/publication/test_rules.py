from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from fieldapp.fieldwork.rules import Grade, Photo, Refused, Signature, Unsigned
from fieldapp.publication import rules
from fieldapp.publication.rules import Confirmation, OutgoingResult, ResultCategory, ResultState
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role

DIVISION = uuid4()
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HEAD = Officer(uuid4(), "某处长", DIVISION, frozenset({Role.DIVISION_HEAD}))


@pytest.mark.article("25")
def test_the_head_of_the_division_publishes_once() -> None:
    rules.check_may_publish(HEAD, DIVISION, ResultState.ENTERED)
    with pytest.raises(Forbidden):
        rules.check_may_publish(HEAD, uuid4(), ResultState.ENTERED)
    with pytest.raises(Conflict):
        rules.check_may_publish(HEAD, DIVISION, ResultState.PUBLISHED)


@pytest.mark.article("25")
def test_a_natural_person_is_shown_by_the_family_name_and_a_star() -> None:
    assert rules.public_name("张三丰", is_natural_person=True) == "张*"
    assert rules.public_name("济南某生物（示例）", is_natural_person=False) == "济南某生物（示例）"


@pytest.mark.article("24", "25")
def test_a_result_says_whether_the_record_was_signed_sealed_or_refused() -> None:
    seal = Photo("r/1/record/seal/1", "0" * 64, "盖章页.jpg", Grade.GALLERY, "image/jpeg", "", "", "某检查员", NOW)
    signed, sealed = (Signature("entity", "某负责人", "", uuid4(), NOW, NOW, None, True, (), one) for one in (None, seal))
    refused, unable, silent = (Refused("record", "不签", "已说明", None, "某人", NOW, cause) for cause in Unsigned)
    assert rules.confirmation(signed, []) is Confirmation.SIGNED
    assert rules.confirmation(sealed, [unable]) is Confirmation.SEALED
    assert rules.confirmation(None, [unable, refused]) is Confirmation.REFUSED
    assert rules.confirmation(None, [refused, unable]) is Confirmation.UNABLE
    assert rules.confirmation(None, [silent]) is Confirmation.SILENT
    assert rules.confirmation(None, []) is None


@pytest.mark.article("25")
def test_publications_stand_five_years_and_two_for_natural_persons() -> None:
    today = date(2028, 2, 29)
    assert rules.public_since(today, is_natural_person=False) == date(2023, 2, 28)
    assert rules.public_since(today, is_natural_person=True) == date(2026, 2, 28)


@pytest.mark.article("25")
def test_lateness_counts_from_the_day_after_the_deadline() -> None:
    assert rules.days_late(date(2026, 12, 22), date(2026, 12, 22)) == 0
    assert rules.days_late(date(2026, 12, 22), date(2026, 12, 25)) == 3


@pytest.mark.article("25")
def test_what_came_out_after_its_deadline_was_late_and_a_later_correction_was_not() -> None:
    due, after = date(2026, 12, 22), date(2026, 12, 23)
    assert rules.was_late(due, after, 1)
    assert not rules.was_late(due, due, 1)
    assert not rules.was_late(due, after, 2)
    assert not rules.was_late(None, after, 1)
    assert not rules.was_late(due, None, 1)


@pytest.mark.article("25")
@pytest.mark.parametrize(("state", "published", "person", "shown"), [
    (ResultState.PUBLISHED, date(2026, 2, 28), True, True), (ResultState.PUBLISHED, date(2026, 2, 27), True, False),
    (ResultState.PUBLISHED, date(2026, 2, 27), False, True), (ResultState.SUPERSEDED, date(2026, 2, 28), True, True),
    (ResultState.ENTERED, date(2026, 2, 28), True, False), (ResultState.PUBLISHED, None, False, False),
])
def test_the_public_sees_what_was_published_as_long_as_it_stands(
        state: ResultState, published: date | None, person: bool, shown: bool) -> None:
    assert rules.is_shown(state, published, date(2028, 2, 29), is_natural_person=person) is shown


@pytest.mark.article("25")
def test_only_what_was_approved_becomes_a_result_and_a_file_holds_something() -> None:
    assert rules.check_is_reviewed("approved") == "approved"
    with pytest.raises(Refusal, match="not_reviewed"):
        rules.check_is_reviewed(None)
    rules.check_anything_goes_out(1)
    with pytest.raises(Refusal, match="nothing_to_send"):
        rules.check_anything_goes_out(0)


@pytest.mark.article("26")
@pytest.mark.parametrize(("state", "reason", "after", "code"), [
    (ResultState.SUPERSEDED, "有误", ("b", ""), "already_corrected"),
    (ResultState.ENTERED, "有误", ("b", ""), "not_published"),
    (ResultState.PUBLISHED, " ", ("b", ""), "needs_a_reason"),
    (ResultState.PUBLISHED, "有误", ("a", ""), "nothing_corrected"),
])
def test_a_correction_is_of_the_present_version_with_a_reason_and_changes_something(
        state: ResultState, reason: str, after: tuple[str, str], code: str) -> None:
    rules.check_correction(ResultState.PUBLISHED, "有误", before=("a", ""), after=("b", ""))
    with pytest.raises(Refusal, match=code):
        rules.check_correction(state, reason, before=("a", ""), after=after)


@pytest.mark.article("27")
def test_ordered_to_be_put_right_is_not_published_without_a_numbered_order() -> None:
    rules.check_category_has_order(ResultCategory.RECTIFICATION_ORDERED, has_order=True)
    rules.check_category_has_order(ResultCategory.NO_PROBLEM, has_order=False)
    with pytest.raises(Refusal, match="no_order"):
        rules.check_category_has_order(ResultCategory.RECTIFICATION_ORDERED, has_order=False)


@pytest.mark.article("25")
def test_the_outgoing_block_has_exactly_the_fields_of_the_publicity_schema() -> None:
    block = rules.as_block(OutgoingResult(
        uscc="91370102MA3N8K2T1M", object_name="济南某生物（示例）", plan_id="37000020260001", plan_name="2026 年计划",
        task_id="370000202611200012", task_name="第一批", type_name="不定向", authority="省科技厅（示例）",
        inspected_on=date(2026, 11, 24), item_name="动物监督检查", result_name="未发现问题"))
    assert list(block) == ["raninsPlanId", "raninsPlaneName", "raninsTaskId", "raninsTaskName", "raninsTypeName", "insAuth",
                           "insDate", "details"]
    assert block["details"] == [{"seqno": 1, "raninsItemName": "动物监督检查", "raninsCheckResName": "未发现问题"}]


def test_national_identifiers_are_region_date_and_serial() -> None:
    assert rules.national_plan_id(2026, "鲁科抽计〔2026〕3号", 1) == "37000020260003"
    assert rules.national_plan_id(2026, "", 2) == "37000020260002"
    assert rules.national_task_id(date(2026, 11, 20), "鲁科抽〔2026〕12号") == "370000202611200012"
