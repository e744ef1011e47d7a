"""Tasks drawn on another platform, read from a sheet with a report row by row."""

import json
from datetime import date
from typing import Any

import pytest

from fieldapp.refusals import Refusal
from fieldapp.registry.rules import Outcome
from fieldapp.registry.sheets import read_sheet
from fieldapp.tasks import way_b
from fieldapp.tasks.rules import DrawMode
from fieldapp.tasks.way_b import HEADERS, InspectorFacts, json_rows
from tests.house.files import ROOT

ITEM, DIVISION = "实验动物生产和使用许可监督检查", "农村科技处"
FIRM, OTHER_FIRM = "91370102MA3N8K2T1M", "91370602MA9KX4P79F"
INSPECTORS = {
    "R-001": InspectorFacts("赵一", "37000000001", date(2030, 12, 31)),
    "R-002": InspectorFacts("钱二", "37000000002", date(2030, 12, 31)),
    "R-003": InspectorFacts("孙三", "", None),
}


def row(**changes: str) -> list[str]:
    cells = {
        "任务编号": "370000202611230001", "任务名称": "实验动物检查", "抽查事项": ITEM, "处室": DIVISION,
        "单位名称": "济南青禾生物科技有限公司", "统一社会信用代码": FIRM, "检查人员1编号": "R-001",
        "检查人员1姓名": "赵一", "检查人员1执法证号": "37000000001", "检查人员2编号": "R-002", "检查人员2姓名": "钱二",
        "检查人员2执法证号": "37000000002", "组长": "钱二", "检查开始日期": "2026-11-24", "检查结束日期": "2026-11-30",
        "抽取方式": "不定向", "检查方式": "实地核查",
    } | changes
    return [cells.get(header, "") for header in HEADERS]


def read(*rows: list[str]) -> list[way_b.ExternalRow]:
    return way_b.read_rows([["外部平台抽查任务"], list(HEADERS), *rows])


SEATS = [{"number": "R-001", "name": "赵一", "certificate": "37000000001"}, {"number": "R-002", "name": "钱二"}]
AS_JSON: dict[str, Any] = {"tasks": [{
    "plan_number": "3700002026 0001", "plan_name": "2026 年度抽查计划", "task_number": "370000202611230001",
    "task_name": "实验动物检查", "item": ITEM, "division": DIVISION, "first_day": "2026-11-24", "last_day": "2026-11-30",
    "draw_mode": "不定向", "methods": ["实地核查", "书面检查"],
    "objects": [{"name": "济南青禾生物科技有限公司", "uscc": FIRM, "leader": "钱二", "inspectors": SEATS},
                {"name": "坏代码", "uscc": "9137", "leader": "钱二", "inspectors": SEATS[:1]}]}]}


def test_json_is_read_by_the_rules_of_the_sheet() -> None:
    content = b"\xef\xbb\xbf\n" + json.dumps(AS_JSON).encode()
    assert way_b.is_json(content)
    good, bad = way_b.read_json(content)
    (same,) = read(row(抽查计划编号="37000020260001", 抽查计划名称="2026 年度抽查计划", 检查方式="实地核查、书面检查",
                       检查人员2执法证号=""))
    assert (good.row, good.outcome, good.value) == (1, Outcome.NORMALISED, same.value)
    assert (same.value.plan_number, same.value.plan_name) == ("37000020260001", "2026 年度抽查计划")
    assert (bad.row, bad.outcome) == (2, Outcome.REFUSED)
    assert {"too_few_inspectors", "leader_not_in_team"} < kinds(bad)


def test_the_example_of_the_documentation_is_read_as_it_stands() -> None:
    example = (ROOT / "docs/way-b.md").read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]
    (parsed,) = way_b.read_json(example.encode())
    assert (parsed.outcome, parsed.findings) == (Outcome.ACCEPTED, ())
    assert set(json.loads(example)["tasks"][0]) - {"objects"} == set(json_rows._TASK)


@pytest.mark.parametrize("content", [
    b"{", b"[]", b"{}", b'{"tasks": 3}', b'{"tasks": [[]]}', b'{"tasks": []}', b'{"tasks": [{"objects": [7]}]}',
    b'{"tasks": [{"objects": [{"uscc": {"a": 1}}]}]}', b'{"tasks": [{"objects": [{"uscc": NaN}]}]}', b"[" * 100_000,
    b'{"tasks": [{"objects": [{"inspectors": [{},{},{},{},{},{},{}]}]}]}', b'{"tasks": ' + b"9" * 5_000 + b"}",
    b'{"tasks": "\xff"}', b"[" + b" " * 5_000_000 + b"]"], ids=lambda content: str(content[:40]))
def test_hostile_json_is_a_clear_refusal(content: bytes) -> None:
    assert way_b.is_json(content)
    with pytest.raises(Refusal) as refused:
        way_b.read_json(content)
    assert (refused.value.code, refused.value.field) == ("tasks.json_unreadable", "sheet")


def kinds(parsed) -> set[str]:
    return {str(finding.kind) for finding in parsed.findings}


def checked(*rows: list[str], **more):
    directories = {"items": {ITEM}, "divisions": {DIVISION}, "objects": {FIRM: "济南青禾生物科技有限公司"},
                   "inspectors": INSPECTORS} | more
    return way_b.against(read(*rows), **directories)


@pytest.mark.article("3", "14")
def test_a_row_is_an_object_of_a_task_with_its_team() -> None:
    (parsed,) = read(row())
    assert parsed.outcome is Outcome.ACCEPTED
    assert parsed.row == 3
    value = parsed.value
    assert (value.task_number, value.uscc, value.leader) == ("370000202611230001", FIRM, 1)
    assert [one.name for one in value.inspectors] == ["赵一", "钱二"]
    assert (value.first_day, value.last_day) == (date(2026, 11, 24), date(2026, 11, 30))
    assert (value.draw_mode, value.methods) == (DrawMode.UNDIRECTED, ("on_site",))


def test_a_row_survives_its_stored_form() -> None:
    (parsed,) = read(row())
    assert way_b.row_from_json(parsed.to_json()["values"]) == parsed.value


@pytest.mark.parametrize(("changes", "kind"), [
    ({"任务编号": ""}, "no_task_number"), ({"任务名称": ""}, "no_task_name"), ({"抽查事项": ""}, "no_item"),
    ({"处室": ""}, "missing_division"), ({"单位名称": ""}, "missing_name"), ({"统一社会信用代码": ""}, "missing_code"),
    ({"统一社会信用代码": "91370102MA3N8K2T1A"}, "check_digit"),
    ({"统一社会信用代码": "9137O102MA3N8K2T1M"}, "letter_o"), ({"组长": ""}, "no_leader"),
    ({"组长": "李四"}, "leader_not_in_team"), ({"检查开始日期": ""}, "no_window"),
    ({"检查结束日期": "2026-11-01"}, "window_reversed"), ({"抽取方式": "随便"}, "unknown_mode"),
    ({"检查方式": "神游"}, "unknown_method"), ({"检查人员2编号": "R-001", "检查人员2姓名": "赵一"}, "inspector_twice"),
    ({"检查人员2编号": "", "检查人员2姓名": "", "检查人员2执法证号": "", "组长": "赵一"}, "too_few_inspectors"),
    ({"检查人员2编号": "", "检查人员2执法证号": ""}, "inspector_unnamed"),
])
def test_what_is_missing_or_wrong_refuses_the_row_and_is_named(changes: dict[str, str], kind: str) -> None:
    (parsed,) = read(row(**changes))
    assert parsed.outcome is Outcome.REFUSED
    assert kind in kinds(parsed)


def test_codes_in_full_width_and_lower_case_are_put_right_and_said() -> None:
    (parsed,) = read(row(统一社会信用代码="９１３７０１０２ma3n8k2t1m "))
    assert parsed.outcome is Outcome.NORMALISED
    assert parsed.value.uscc == FIRM


@pytest.mark.parametrize("window", ["2026-11-24至2026-11-30", "2026年11月24日—2026年11月30日", "2026.11.24 ～ 2026.11.30"])
def test_the_window_may_stand_in_one_column(window: str) -> None:
    headers = ["检查时间起止" if header == "检查开始日期" else header for header in HEADERS]
    (parsed,) = way_b.read_rows([headers, row(检查开始日期=window, 检查结束日期="")])
    assert (parsed.value.first_day, parsed.value.last_day) == (date(2026, 11, 24), date(2026, 11, 30))


@pytest.mark.parametrize("leader", ["钱二", "R-002", "37000000002"])
def test_the_leader_may_be_named_or_numbered(leader: str) -> None:
    assert read(row(组长=leader))[0].value.leader == 1


def test_a_task_that_contradicts_itself_is_refused_where_it_does() -> None:
    first, second = read(row(), row(统一社会信用代码=OTHER_FIRM, 抽取方式="定向"))
    assert first.is_accepted
    assert kinds(second) == {"contradicts_task"}
    assert second.findings[0].facts["other_row"] == 3


def test_an_object_stands_once_in_a_task() -> None:
    first, second, third = read(row(), row(), row(任务编号="370000202611230002"))
    assert (first.is_accepted, second.outcome, third.is_accepted) == (True, Outcome.DUPLICATE, True)


def test_blank_rows_and_notes_are_left_out() -> None:
    parsed = read(row(), [""] * 5, ["注：以上为第一批。"])
    assert len(parsed) == 1


def test_a_sheet_of_something_else_is_refused() -> None:
    with pytest.raises(Refusal, match="sheet_headers_unknown"):
        way_b.read_rows([["单位名称", "统一社会信用代码"], ["甲", FIRM]])


@pytest.mark.article("10", "16")
@pytest.mark.parametrize(("changes", "kind", "outcome"), [
    ({"抽查事项": "没有的事项"}, "unknown_item", Outcome.REFUSED),
    ({"处室": "没有的处室"}, "unknown_division", Outcome.REFUSED),
    ({"统一社会信用代码": OTHER_FIRM}, "unknown_object", Outcome.REFUSED),
    ({"单位名称": "青禾改名公司"}, "other_name", Outcome.WARNING),
    ({"检查人员2编号": "R-009"}, "unknown_inspector", Outcome.REFUSED),
    ({"检查人员2姓名": "钱三", "组长": "赵一"}, "unknown_inspector", Outcome.REFUSED),
    ({"检查人员2编号": "R-003", "检查人员2姓名": "孙三", "组长": "赵一"}, "not_certified", Outcome.REFUSED),
    ({"检查开始日期": "2031-01-05", "检查结束日期": "2031-01-06"}, "not_certified", Outcome.REFUSED),
])
def test_what_the_directories_do_not_know_is_named(changes: dict[str, str], kind: str, outcome: Outcome) -> None:
    (parsed,) = checked(row(**changes))
    assert kind in kinds(parsed)
    assert parsed.outcome is outcome


def test_a_task_taken_in_before_is_not_taken_in_again() -> None:
    (parsed,) = checked(row(), task_numbers={"370000202611230001"})
    assert parsed.outcome is Outcome.DUPLICATE


def test_an_inspector_may_be_named_by_the_certificate_alone() -> None:
    (parsed,) = checked(row(检查人员2编号="", 组长="37000000002"))
    assert parsed.is_accepted


def test_findings_survive_their_stored_form() -> None:
    (parsed,) = checked(row(统一社会信用代码="9137O102MA3N8K2T1M", 组长=""))
    stored = [finding.to_json() for finding in parsed.findings]
    assert [way_b.finding_from_json(one) for one in stored] == list(parsed.findings)
    assert all(finding.message for finding in parsed.findings)


def test_the_sheet_to_fill_in_is_one_that_is_understood() -> None:
    content = way_b.write([row(), row(任务名称="=1+1", 任务编号="370000202611230002")])
    first, second = way_b.read_worksheets(read_sheet(content))
    assert first.value.inspectors[0].staff_number == "R-001"
    assert (first.row, second.row) == (4, 5)
    with pytest.raises(Refusal, match="sheet_empty"):
        way_b.read_worksheets([])
