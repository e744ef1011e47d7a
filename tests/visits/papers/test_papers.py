"""What the papers of a visit say beside its notice, out of plain facts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fieldapp.canonical import digest
from fieldapp.visits.rules import Ground, Interest, Outcome
from fieldapp.visits.rules.papers import (
    Approval,
    Drawing,
    RecusalDecision,
    Replaced,
    approval_form,
    recusal_letter,
    substitute_record,
)

DAY, MOMENT = date(2026, 12, 1), datetime(2026, 12, 1, 1, 5, tzinfo=UTC)
NOTICE = {
    "object": "某公司", "uscc": "91370102MA3N8K2T1M", "address": "某路 1 号", "method": "实地核查",
    "slot": "2026年12月2日 09:00 至 11:00",
    "frequency": "本年度第 1 次检查", "contact": {"name": "吴经办"},
    "members": [{"name": "赵检一", "duty": "组长", "certificate_number": "370000000009"},
                {"name": "孙协助", "duty": "协助检查人员", "certificate_number": ""}],
    "assisting": [{"duty": "科技专家", "name": "李教授"}],
    "items": [{"name": "许可检查", "legal_basis": "《条例》第五条", "inspection_content": "记录"},
              {"name": "经费检查", "legal_basis": "《条例》第五条", "inspection_content": "账册"}]}


def rows(form: dict[str, Any]) -> dict[str, str]:
    [facts] = form["parts"]
    return dict(facts["rows"])


@pytest.mark.article("14", "20")
def test_the_approval_says_what_its_notice_says_and_who_approved() -> None:
    told = Approval("某厅", [("plan", "鲁科抽〔2026〕1号"), ("urgent", "鲁科抽〔2026〕2号")], NOTICE, "鲁科抽告〔2026〕1号",
                    "农村科技处",
                    "", "吴厅长", MOMENT)
    said = rows(approval_form(told, DAY))
    assert said["任务来源"] == "年度抽查工作计划，任务编号 鲁科抽〔2026〕1号；临时任务，任务编号 鲁科抽〔2026〕2号"
    assert said["检查依据"] == "《条例》第五条"
    assert said["检查事项和内容"] == "许可检查：记录\n经费检查：账册"
    assert said["检查人员"] == "赵检一（组长，执法证号 370000000009）；孙协助（协助检查人员，执法证号 无）"
    assert (said["协助检查"], said["审批意见"]) == ("科技专家 李教授", "同意")
    assert (said["审批人和时间"], said["告知书文号"]) == ("吴厅长，2026年12月1日 09:05", "鲁科抽告〔2026〕1号")


@pytest.mark.article("17")
def test_a_decision_on_recusal_says_who_asked_why_and_how_it_is_carried_out() -> None:
    told = RecusalDecision("某厅", "某公司", "赵检一", by_party=False, is_ex_officio=False, asked_at=MOMENT,
                           interest=Interest.SHARES,
                           text="持股百分之一", is_agreed=True, outcome=Outcome.SWAP, opinion="情况属实。",
                           decider="卫处长")

    def said(told: RecusalDecision) -> str:
        addressee, text = recusal_letter(told, DAY)["parts"]
        return "\n".join([addressee["text"], *text["lines"]])

    for words in ("赵检一：", "2026年12月1日 09:05，检查人员 赵检一申请回避，事由为对“某公司”的抽查检查。",
                  "理由：持有其股份或者出资：持股百分之一",
                  "决定：同意回避申请。情况属实。", "执行方式：与其他检查组对调检查对象。", "决定人：卫处长"):
        assert words in said(told)
    assert "检查不停止" not in said(told)
    by_party = said(replace(told, by_party=True, inspector="", interest=None, text="他是股东", is_agreed=False))
    for words in ("某公司：", "被检查单位申请回避", "理由：他是股东", "不同意回避申请", "决定作出前，检查不停止。"):
        assert words in by_party
    assert "执行方式" not in by_party
    assert "本机关依职权提请检查人员 赵检一回避" in said(replace(told, is_ex_officio=True))


@pytest.mark.article("18")
def test_the_record_of_a_substitute_lets_anybody_draw_again() -> None:
    pool = ["a", "b"]
    told = Replaced("某厅", "某公司", ["鲁科抽〔2026〕1号"], "赵检一", Ground.HEALTH, "住院", "卫处长", MOMENT,
                    Drawing(2, "ab" * 32, "code", pool, "0001"), "", "钱检二", MOMENT)
    said = rows(substitute_record(told, DAY))
    assert (said["原因"], said["同意人"], said["递补人员"]) == ("身体健康状况：住院", "卫处长", "钱检二")
    assert (said["抽取次数"], said["种子"], said["一次性代码"], said["签号"]) == ("第 2 次", "ab" * 32, "code", "0001")
    assert (said["候选名单"], said["候选名单散列值"]) == ("2 人", digest(pool))
    elsewhere = rows(substitute_record(replace(told, drawing=None, reference="平台-7"), DAY))
    assert elsewhere["外部平台抽取编号"] == "平台-7"
    assert "种子" not in elsewhere
