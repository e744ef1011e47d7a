from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from fieldapp.objections import rules
from fieldapp.objections.rules import ObjectionDecision, ObjectionState
from fieldapp.publication.rules import ResultState
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role

DAY = date(2026, 12, 1)
DIVISION = uuid4()
OFFICER = Officer(uuid4(), "某经办", DIVISION, frozenset({Role.DIVISION_OFFICER}))


def may_object(state: ResultState, *, is_open: bool = False, corrected_on: date | None = None) -> None:
    rules.check_may_object(state, is_open_already=is_open, corrected_on=corrected_on, received_on=DAY)


@pytest.mark.article("26")
def test_a_published_result_is_objected_to_one_objection_at_a_time() -> None:
    may_object(ResultState.PUBLISHED)
    with pytest.raises(Conflict):
        may_object(ResultState.PUBLISHED, is_open=True)
    with pytest.raises(Refusal, match="not_published"):
        may_object(ResultState.ENTERED)


@pytest.mark.article("26")
def test_an_objection_that_crosses_a_correction_on_its_day_is_received() -> None:
    may_object(ResultState.SUPERSEDED, corrected_on=DAY)
    with pytest.raises(Refusal, match="not_published"):
        may_object(ResultState.SUPERSEDED, corrected_on=date(2026, 11, 30))
    assert not rules.needs_new_version(ObjectionDecision.CORRECTED, ResultState.SUPERSEDED)
    assert rules.needs_new_version(ObjectionDecision.CORRECTED, ResultState.PUBLISHED)
    assert not rules.needs_new_version(ObjectionDecision.UPHELD, ResultState.PUBLISHED)


@pytest.mark.article("26")
@pytest.mark.parametrize("received", [date(2026, 12, 3), date(2026, 11, 24)])
def test_the_day_of_receipt_lies_between_publication_and_today(received: date) -> None:
    rules.check_received_on(DAY, published_on=date(2026, 11, 25), today=date(2026, 12, 2))
    with pytest.raises(Refusal):
        rules.check_received_on(received, published_on=date(2026, 11, 25), today=date(2026, 12, 2))


@pytest.mark.article("26")
def test_nobody_re_examines_the_own_visit() -> None:
    rules.check_may_examine(OFFICER, DIVISION, [uuid4()])
    with pytest.raises(Forbidden, match="own_visit"):
        rules.check_may_examine(OFFICER, DIVISION, [OFFICER.person_id])
    with pytest.raises(Forbidden, match="officer_only"):
        rules.check_may_examine(OFFICER, uuid4(), [])


@pytest.mark.article("26")
def test_the_head_decides_what_another_person_has_re_examined() -> None:
    rules.check_may_decide(ObjectionState.EXAMINED, is_examiner=False, answer="维持")
    with pytest.raises(Refusal, match="not_examined"):
        rules.check_may_decide(ObjectionState.EXAMINING, is_examiner=False, answer="维持")
    with pytest.raises(Forbidden):
        rules.check_may_decide(ObjectionState.EXAMINED, is_examiner=True, answer="维持")
    with pytest.raises(Conflict):
        rules.check_may_decide(ObjectionState.DECIDED, is_examiner=False, answer="维持")
    with pytest.raises(Refusal, match="answer_missing"):
        rules.check_may_decide(ObjectionState.EXAMINED, is_examiner=False, answer=" ")


def test_a_correction_names_its_category() -> None:
    rules.check_corrected_category(ObjectionDecision.UPHELD, None)
    with pytest.raises(Refusal, match="category_missing"):
        rules.check_corrected_category(ObjectionDecision.CORRECTED, None)
    with pytest.raises(Refusal, match="grounds_missing"):
        rules.check_application("李某", " ")


@pytest.mark.article("26")
def test_the_answer_to_an_objection_says_what_was_decided_and_how_to_go_on() -> None:
    told = rules.Answer("某厅", "某公司", "王某", "许可检查", "鲁科抽复〔2026〕1号", DAY, "照片不是本单位的", "核对了照片", True,
                        "照片已更正", "吴复核", "卫处长")
    letter = rules.decision_letter(told, DAY)
    said = "\n".join(line for part in letter["parts"][1:] for line in part["lines"])
    assert (letter["title"], letter["parts"][0]["text"]) == ("异议复核结论告知书", "某公司：")
    for words in ("王某对“许可检查”检查结果提出的异议（鲁科抽复〔2026〕1号），本机关于2026年12月1日收到。",
                  "异议内容：照片不是本单位的",
                  "由检查组以外的人员复核", "复核情况：核对了照片", "结论：更正原检查结果。", "答复：照片已更正", "行政复议",
                  "复核人：吴复核　决定人：卫处长"):
        assert words in said
    assert "结论：维持原检查结果。" in str(rules.decision_letter(replace(told, is_corrected=False), DAY))
