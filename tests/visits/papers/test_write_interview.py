"""An 询问笔录: whom it hears by which identity document, for which time, under which rights; what completes an earlier one."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldapp import db
from fieldapp.documents import personal, queries, rules
from fieldapp.documents.rules import DocumentKind, Identity, IdentityKind, Interview, Member, Occasion, RightsHeard
from fieldapp.jobs import actions as jobs
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Refusal
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from tests.databases import ON_SQLITE
from tests.documents.test_file import text_of
from tests.documents.test_forms import MEMBERS, MOMENT, printed

NUMBER, COVERED = "370102198503072515", "3701**********2515"
TOLD = Interview("王某", Identity(IdentityKind.RESIDENT, NUMBER), "济南某公司", "实验室主任", "0531", "会议室", MOMENT,
                 MOMENT + timedelta(hours=1), "翻译李某", sees_certificates=False, rights=RightsHeard.READ_ALOUD,
                 asks_recusal=False, said="问：记录在哪里？\n答：在柜中。")
ON = Occasion("某省科学技术厅（示例）", "济南某公司", MEMBERS, "钱检二", 2, "sealed", "f" * 64)
FORM = {"name": "王某", "unit": "某公司", "post": "", "telephone": "", "place": "会议室", "day": "2026-11-30",
        "identity": "resident", "identity_number": "３７０１０２ 198503072515", "present": "陪同人员李某", "rights": "read",
        "begins": "10:00", "ends": "10:30", "certificates": "yes", "recusal": "no", "said": "问：记录在哪里？\n答：在柜中。"}


@pytest.mark.article("24")
def test_an_interview_is_written_down_with_its_rights_and_signed_page_by_page() -> None:
    rules.check_interview(TOLD, MEMBERS)
    said = text_of(printed(DocumentKind.INTERVIEW, rules.interview_content(TOLD, ON)))
    for words in ("王某", "第2次询问", f"居民身份证{COVERED}", "翻译李某",
                  "对“济南某公司”的抽查检查", "问：你是否看清执法证件？答：没有看清。",
                  "答：已向本人宣读，明白。", "应当如实回答询问", "答：不申请。", "问：记录在哪里？", "答：在柜中。",
                  "被询问人签名：", "记录人：钱检二", "在场人："):
        assert words in said, words
    assert "补充" not in said.replace("要求补充或者更正", "")
    alone = rules.interview_content(replace(TOLD, present=""), ON)
    assert "在场人无" in text_of(printed(DocumentKind.INTERVIEW, alone))


@pytest.mark.article("24")
@pytest.mark.parametrize(("wrong", "members", "code"), [
    ({"ends": MOMENT}, MEMBERS, "documents.interview_times"), ({"said": " "}, MEMBERS, "documents.interview_empty"),
    ({}, MEMBERS[:1], "documents.interview_alone"),
    ({"rights": RightsHeard.NOT_UNDERSTOOD}, MEMBERS, "documents.interview_rights"),
    ({"identity": Identity(IdentityKind.RESIDENT, NUMBER[:-1] + "6")}, MEMBERS, "documents.identity_check"),
    ({"identity": Identity(IdentityKind.PASSPORT)}, MEMBERS, "documents.identity_number"),
    ({"identity": Identity(IdentityKind.NONE, "E12345678")}, MEMBERS, "documents.identity_number"),
])
def test_an_interview_that_would_not_stand_is_not_issued(wrong: dict[str, object], members: list[Member], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_interview(replace(TOLD, **wrong), members)
    assert refused.value.code == code


@pytest.mark.parametrize(("number", "fits"), [
    (NUMBER, True), ("11010519491231002X", True), ("110105194912310021", False), ("370602199211184023", True),
    ("37060219921118402", False), ("３７０１０２198503072515", False), ("", False)])
def test_a_number_of_an_identity_card_has_its_check(number: str, fits: bool) -> None:
    assert rules.is_resident_number(number) is fits


def test_a_number_is_shown_with_its_middle_covered() -> None:
    assert [rules.masked(number) for number in (NUMBER, "E12345678", "A1234", "")] == [COVERED, "*****5678", "*****", ""]


@pytest.mark.article("24")
def test_interviews_are_counted_by_person_by_number_or_else_by_name() -> None:
    earlier = [rules.Earlier("1号", "王某", "a"), rules.Earlier("2号", "王 某", ""), rules.Earlier("3号", "李某", "b")]
    for name, mark, found in (("王某", "a", ["1号", "2号"]), ("王某", "c", ["2号"]), ("王某", "", ["1号", "2号"]),
                              ("李谋", "b", ["3号"]), ("赵某", "", [])):
        assert [one.number for one in rules.interviews_of(name, mark, earlier)] == found, (name, mark)
    first = rules.form("询问笔录", "某厅", "2026年11月24日", [rules.facts(("被询问人", "孙某"))])
    assert rules.earlier_interview("4号", first) == rules.Earlier("4号", "孙某", "")


@pytest.mark.article("24")
def test_an_interview_is_completed_by_one_of_the_same_person_that_names_it() -> None:
    told = replace(TOLD, supplements="鲁科抽询〔2026〕1号")
    rules.check_supplement(told, [rules.Earlier("鲁科抽询〔2026〕1号", "王某", "")])
    with pytest.raises(Refusal):
        rules.check_supplement(told, [])
    content = rules.interview_content(told, ON)
    assert content["title"] == "补充询问笔录"
    assert "补充的笔录鲁科抽询〔2026〕1号" in text_of(printed(DocumentKind.INTERVIEW, content))


def issued(visit_id: UUID) -> list[tuple[str, str, str]]:
    """The transcripts of a visit: number, secret, what is kept."""
    with db.transaction(write=False):
        return [(one.number, one.secret, json.dumps(one.content, ensure_ascii=False))
                for one in queries.documents_of("visit", visit_id) if one.kind == DocumentKind.INTERVIEW]


@ON_SQLITE
@pytest.mark.article("24")
def test_a_member_of_the_team_writes_down_interviews_and_nobody_else(as_user: Callable[[str], FlaskClient]) -> None:
    member = as_user("s002")
    with db.transaction(write=False):
        found = db.session.scalars(select(Visit).where(Visit.state == "approved").order_by(Visit.id)).all()
        visit_id = next(one.id for one in found if "钱一二" in {seat.inspector.name for seat in visits.members(one)})
    place = f"/visits/{visit_id}/interviews"
    assert "补充哪一份笔录" not in member.get(f"{place}/new").get_data(as_text=True)
    for wrong in ({"ends": "09:00"}, {"certificates": ""}, {"recusal": ""}, {"rights": ""}, {"rights": "not_understood"},
                  {"identity": ""}, {"identity_number": ""}, {"supplements": "鲁科抽询〔2026〕9号"}):
        assert member.post(place, data=FORM | wrong).status_code == 422, wrong
    assert member.post(place, data=FORM).status_code == 303
    [(first, *_kept)] = issued(visit_id)
    assert first in member.get(f"{place}/new").get_data(as_text=True)
    assert member.post(place, data=FORM | {"supplements": first}).status_code == 303
    assert as_user("fagui").post(place, data=FORM).status_code == 403
    (_, _, earlier), (number, secret, later) = issued(visit_id)
    with db.transaction(write=False):
        said = [json.loads(payload.facts) for entry, payload in ledger.history(visit_id)
                if entry.action == "visits.interview_written"]
    assert NUMBER not in earlier + later
    assert (earlier.count(COVERED), later.count(COVERED)) == (2, 2)
    assert [(one["nth"], one["identity"], one["present"], one["supplements"]) for one in said] == [
        (1, f"居民身份证 {COVERED}", "陪同人员李某", ""), (2, f"居民身份证 {COVERED}", "陪同人员李某", first)]
    jobs.run_all_due()
    paper = text_of(as_user("s002").get(f"/documents/{secret}/inside.pdf").data)
    for words in (f"居民身份证{NUMBER}", "第2次询问", "补充询问笔录", f"补充的笔录{first}"):
        assert words in paper, words
    stranger = member.application.test_client()
    assert stranger.get(f"/documents/{secret}/file.pdf").status_code == 404
    page = stranger.get(f"/documents/{secret}").get_data(as_text=True)
    assert number in page
    assert not [words for words in ("王某", COVERED, "在柜中") if words in page]


def test_a_number_is_read_under_its_own_key_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "_key", None)
    personal.configure(tmp_path)
    one, two = personal.conceal(NUMBER), personal.conceal(NUMBER)
    assert one != two
    assert personal.reveal(one) == personal.reveal(two) == NUMBER
    assert personal.mark(NUMBER) == personal.mark(NUMBER) != personal.mark("370602199211184023")
    assert personal.mark("") == ""
    before = personal.mark(NUMBER)
    personal.configure(tmp_path)
    assert personal.mark(NUMBER) == before
    assert (tmp_path / personal.FILE).stat().st_mode & 0o077 == 0
    (tmp_path / personal.FILE).unlink()
    personal.configure(tmp_path)
    with pytest.raises(personal.OtherKey):
        personal.reveal(one)
