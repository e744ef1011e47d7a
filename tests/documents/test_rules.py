"""The law of documents: numbers, the life of a number, what a notice says."""

from datetime import UTC, date, datetime

import pytest

from fieldapp.canonical import digest
from fieldapp.documents.rules import (
    PUBLIC_KINDS,
    DocumentKind,
    Member,
    NoticeFacts,
    NoticeItem,
    OrderFacts,
    check_may_be_issued,
    check_may_be_voided,
    content_fits,
    notice_content,
    notice_sections,
    notice_text_on,
    number_text,
    order_content,
    short_code,
)
from fieldapp.documents.rules.numbers import PREFIXES
from fieldapp.refusals import Refusal

MOMENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def facts() -> NoticeFacts:
    members = (Member("赵检一", "农村科技处", "370000000009", is_leader=True), Member("钱检二", "农村科技处", "370000000010"),
               Member("孙助检", "农村科技处", ""))
    item = NoticeItem("鲁科抽〔2026〕3号", "实验动物许可监督检查", "《实验动物管理条例》", "饲育环境与记录")
    return NoticeFacts(
        authority="某省科学技术厅（示例）", object_name="济南某生物科技有限公司（示例）", uscc="91370102MA3N8K2T1M",
        address="济南市历下区示例路 1 号", items=(item,), method="on_site", slot_start=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
        slot_end=datetime(2026, 11, 24, 3, 30, tzinfo=UTC), members=members, visits_this_year=1, visits_at_most=2,
        contact_unit="农村科技处", contact_name="吴经办", contact_telephone="0531-00000000")


@pytest.mark.article("23")
def test_a_number_stands_in_corner_brackets_without_leading_zeros() -> None:
    assert number_text(DocumentKind.NOTICE, 2026, 1) == "鲁科抽告〔2026〕1号"
    assert number_text(DocumentKind.RECORD, 2026, 120) == "鲁科抽记〔2026〕120号"
    assert [ord(c) for c in number_text(DocumentKind.ORDER, 2026, 1) if c in "〔〕"] == [0x3014, 0x3015]


def test_every_kind_has_its_own_prefix() -> None:
    assert set(PREFIXES) == set(DocumentKind)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


@pytest.mark.parametrize(("issued", "voided", "content", "code"), [
    (MOMENT, None, {"a": "b"}, "documents.already_issued"),
    (None, MOMENT, {"a": "b"}, "documents.number_is_void"),
    (None, None, {}, "documents.nothing_to_issue"),
])
def test_a_document_is_issued_once_and_says_something(issued: datetime | None, voided: datetime | None,
                                                      content: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_may_be_issued(issued_at=issued, voided_at=voided, content=content)
    assert refused.value.code == code


@pytest.mark.article("3")
def test_a_number_is_voided_once_and_with_a_reason() -> None:
    check_may_be_voided(voided_at=None, reason="改约")
    for moment, reason in ((MOMENT, "改约"), (None, "  ")):
        with pytest.raises(Refusal):
            check_may_be_voided(voided_at=moment, reason=reason)


@pytest.mark.article("3")
def test_a_changed_content_no_longer_fits_its_hash() -> None:
    content = {"title": "告知书", "items": ["一"]}
    frozen = digest(content)
    assert content_fits(content, frozen)
    assert not content_fits({**content, "title": "告知书 "}, frozen)
    assert short_code("ab12cd34" + "0" * 56) == "AB12-CD34"


@pytest.mark.article("23")
def test_the_notice_names_inspectors_with_certificates_rights_duties_and_discipline() -> None:
    content = notice_content(facts(), notice_text_on(date(2026, 11, 24)), date(2026, 11, 23))
    assert content["authority"] == "某省科学技术厅（示例）"
    sections = {section.title: section.lines for section in notice_sections(content)}
    assert list(sections) == [
        "抽查事项和依据", "方式、时间和地点", "检查人员", "你单位的权利", "你单位的义务", "不配合检查的后果", "检查纪律",
        "联系方式"]
    assert sections["检查人员"][0] == "赵检一，农村科技处，组长，执法证号 370000000009"
    assert "协助检查人员，执法证号 无" in sections["检查人员"][2]
    assert sections["方式、时间和地点"] == (
        "实地核查；2026年11月24日 09:00 至 11:30；济南市历下区示例路 1 号",
        "本年度第 1 次检查（同一检查对象每年原则上不超过 2 次）")
    rights = "".join(sections["你单位的权利"])
    assert all(word in rights for word in ("申请回避", "陈述、申辩", "投诉举报", "法定代表人无须到场"))
    discipline = sections["检查纪律"]
    assert sum(line.startswith("严禁") for line in discipline) == 5
    assert sum(line.startswith("检查人员不得") for line in discipline) == 8


@pytest.mark.article("23")
def test_an_older_day_has_the_older_text_and_the_content_can_be_hashed() -> None:
    older = notice_content(facts(), notice_text_on(date(2024, 5, 1)), date(2024, 5, 1))
    newer = notice_content(facts(), notice_text_on(date(2025, 1, 3)), date(2025, 1, 3))
    assert (older["template"], newer["template"]) == ("notice/2021-1", "notice/2025-1")
    assert "检查纪律" not in [section.title for section in notice_sections(older)]
    assert digest(older) != digest(newer)


@pytest.mark.article("27")
def test_an_order_says_what_is_to_be_put_right_until_when() -> None:
    told = OrderFacts("某省科学技术厅（示例）", "济南某公司（示例）", "91370102MA3N8K2T1M", "实验动物许可监督检查",
                      "鲁科抽记〔2026〕1号", "记录不全", "补全记录", date(2026, 12, 1), facts().members)
    content = order_content(told, date(2026, 11, 24))
    assert (content["authority"], content["until"], content["day"]) == (
        "某省科学技术厅（示例）", "2026年12月1日", "2026年11月24日")
    assert "行政复议" in str(content["remedy"])
    assert digest(content)


def test_only_what_outsiders_hold_is_public() -> None:
    inside = {DocumentKind.PLAN, DocumentKind.TASK, DocumentKind.PAPER, DocumentKind.OBJECTION, DocumentKind.APPROVAL,
              DocumentKind.SUBSTITUTE, DocumentKind.TRANSFER, DocumentKind.WORK_PLAN, DocumentKind.MINUTES,
              DocumentKind.CASE_FILE, DocumentKind.INTERVIEW}
    assert set(DocumentKind) - inside == PUBLIC_KINDS
