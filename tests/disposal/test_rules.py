from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from fieldapp.disposal import rules
from fieldapp.disposal.rules import Measure
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role

TODAY = date(2026, 12, 1)


@pytest.mark.article("27")
def test_a_measure_agrees_with_the_result() -> None:
    rules.check_measure_fits(Measure.NONE, ResultCategory.NO_PROBLEM, has_order=False)
    rules.check_measure_fits(Measure.ORDER_RECTIFICATION, ResultCategory.RECTIFICATION_ORDERED, has_order=True)
    for measure, category, code in (
            (Measure.NONE, ResultCategory.RECTIFICATION_ORDERED, "needs_a_measure"),
            (Measure.OWN_CASE, ResultCategory.NO_PROBLEM, "no_problem_found"),
            (Measure.ORDER_RECTIFICATION, ResultCategory.PENDING_ACTION, "no_order")):
        with pytest.raises(Refusal, match=code):
            rules.check_measure_fits(measure, category, has_order=False)


@pytest.mark.article("27")
@pytest.mark.parametrize(("measure", "facts", "code"), [
    (Measure.OWN_CASE, {"text": " "}, "text_missing"),
    (Measure.TRANSFER_TO_DEPARTMENT, {}, "receiver_missing"),
    (Measure.TRANSFER_TO_JUDICIAL, {}, "receiver_missing"),
    (Measure.ORDER_RECTIFICATION, {}, "deadline_missing"),
    (Measure.OWN_CASE, {"due_on": date(2026, 11, 30)}, "deadline_passed"),
])
def test_a_rectification_has_its_deadline_and_a_transfer_its_receiver(
        measure: Measure, facts: dict[str, object], code: str) -> None:
    case = {"text": "内容", "receiver": "", "due_on": None, "today": TODAY}
    rules.check_case(Measure.OWN_CASE, **case)
    with pytest.raises(Refusal, match=code):
        rules.check_case(measure, **{**case, **facts})


@pytest.mark.article("27")
def test_who_supervises_handles() -> None:
    division = uuid4()
    officer = Officer(uuid4(), "某经办", division, frozenset({Role.DIVISION_OFFICER}))
    rules.check_whose_case(officer, division)
    with pytest.raises(Forbidden):
        rules.check_whose_case(officer, uuid4())


@pytest.mark.article("27")
def test_a_case_is_closed_once_with_its_outcome() -> None:
    rules.check_may_close(is_closed=False, outcome="已改正")
    with pytest.raises(Conflict):
        rules.check_may_close(is_closed=True, outcome="已改正")
    with pytest.raises(Refusal):
        rules.check_may_close(is_closed=False, outcome=" ")


@pytest.mark.article("27")
def test_a_referral_to_the_judiciary_is_not_public() -> None:
    assert [measure for measure in Measure if not rules.is_public(measure)] == [Measure.TRANSFER_TO_JUDICIAL]
    told = rules.public_text(Measure.ORDER_RECTIFICATION, "补齐记录", "", TODAY)
    assert told == "责令限期改正；限 2026年12月1日前完成；补齐记录"


@pytest.mark.article("27")
def test_a_transfer_names_its_basis_what_was_found_and_what_is_enclosed() -> None:
    told = rules.Transfer("某厅", "某局", "某公司", "91370102MA3N8K2T1M", "许可检查", "鲁科抽〔2026〕1号", "发现问题待后续处理",
                          "记录不全", "鲁科抽记〔2026〕1号", 2, "农村科技处 吴经办 0531")
    letter = rules.transfer_letter(told, TODAY)
    addressee, text, slip = letter["parts"]
    assert (letter["title"], letter["day"], addressee["text"]) == ("案件（线索）移送函", "2026年12月1日", "某局：")
    said = "\n".join(text["lines"])
    for words in ("对“某公司”（统一社会信用代码 91370102MA3N8K2T1M）开展“许可检查”抽查检查（任务编号 鲁科抽〔2026〕1号），"
                  "检查结果为“发现问题待后续处理”。", "发现的情况：记录不全", "第二十七条",
                  "附件：1. 抽查检查记录 鲁科抽记〔2026〕1号",
                  "2. 证据材料 2 件", "联系人：农村科技处 吴经办 0531"):
        assert words in said
    assert (slip["title"], slip["lines"][0]) == ("回执", "某厅：")
    assert "证据材料" not in str(rules.transfer_letter(replace(told, photos=0), TODAY))
