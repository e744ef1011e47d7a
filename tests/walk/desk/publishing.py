"""The result before everybody: published, exported, objected to, corrected."""

import io
import json
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from fieldapp import clock
from fieldapp.config import department_name
from tests.walk.desk.way_b import CODE, OBJECT, Drawn
from tests.walk.people import fact, open_waiting, refuses, row_of, state

GROUNDS, ANSWER = "社保记录当月已补缴，人数相符。", "经复核，社保记录已补齐，更正为未发现问题。"
NO_GROUNDS = "请写明异议的内容和理由"


def publish(head: Page, name: str) -> None:
    """The head approves that the result is published."""
    open_waiting(head, "公示审批", name)
    head.get_by_role("button", name="批准公示").click()
    state(head, "已公示")


def find_nothing(anybody: Page, name: str) -> None:
    """What the head has not published, nobody finds."""
    anybody.goto("/public/results")
    anybody.get_by_label("单位名称或统一社会信用代码").fill(name)
    anybody.get_by_role("button", name="查询").click()
    expect(anybody.get_by_text("没有符合条件的结果")).to_be_visible()


def find_result(anybody: Page, name: str, category: str, item: str = "") -> None:
    """Anybody finds the result by the object's name, without signing in."""
    anybody.goto("/public/")
    anybody.get_by_label("单位名称或统一社会信用代码").fill(name)
    anybody.get_by_role("button", name="查询").click()
    row_of(anybody, name).filter(has_text=item).get_by_role("link").first.click()
    expect(anybody.get_by_role("heading", level=1, name=name)).to_be_visible()
    assert fact(anybody, "检查结果").startswith(category)


def read_confirmation(anybody: Page, words: str, *unnamed: str) -> None:
    """The result says what the entity did with the record, and what was ordered; it names none of these people."""
    assert fact(anybody, "检查记录") == words
    for name in unnamed:
        expect(anybody.get_by_role("main")).not_to_contain_text(name)


def export_results(legal: Page, name: str) -> list[dict[str, Any]]:
    """Legal affairs makes the file for the publicity system; gives what it says of an enterprise."""
    legal.goto("/publication/outgoing")
    legal.get_by_role("button", name="生成文件").click()
    entries = json.loads(_downloaded(legal, "JSON"))
    found = [one for one in entries if one["entName"] == name]
    assert found
    return found


def says_what_was_entered(legal: Page, *results: tuple[Drawn, str]) -> None:
    """File and sheet have a block of the publicity schema for each result, with what was entered and nothing else."""
    head = {"uniscId": CODE, "entName": OBJECT}
    blocks = [{"raninsPlanId": drawn.plan[0], "raninsPlaneName": drawn.plan[1], "raninsTaskId": drawn.number,
               "raninsTaskName": drawn.name, "raninsTypeName": "不定向", "insAuth": department_name(),
               "insDate": clock.today().isoformat()} for drawn, _ in results]
    details = [{"seqno": 1, "raninsItemName": drawn.item, "raninsCheckResName": category} for drawn, category in results]
    entries = [{**head, "drRaninsRes": {**block, "details": [detail]}} for block, detail in zip(blocks, details, strict=True)]
    found = export_results(legal, OBJECT)
    assert sorted(found, key=_task_number) == entries
    rows = load_workbook(io.BytesIO(_downloaded(legal, "XLSX"))).worksheets[0].iter_rows(values_only=True)
    flat = [head | block | detail for block, detail in zip(blocks, details, strict=True)]
    assert next(rows) == tuple(flat[0])
    ours = sorted(row for row in rows if row[0] == CODE)
    assert ours == [tuple(str(cell) for cell in row.values()) for row in flat]


def _task_number(entry: dict[str, Any]) -> str:
    return str(entry["drRaninsRes"]["raninsTaskId"])


def _downloaded(legal: Page, kind: str) -> bytes:
    with legal.expect_download() as download:
        legal.get_by_role("link", name=kind).first.click()
    return download.value.path().read_bytes()


def object_to_result(entity: Page, copy: str) -> None:
    """The entity objects by the secret address on its copy."""
    entity.goto(copy)
    entity.get_by_role("link", name="对结果有异议").click()
    entity.get_by_label("申请人姓名").fill("李某（示例）")
    entity.get_by_label("异议内容和理由").fill(" ")
    entity.get_by_role("button", name="提交异议").click()
    refuses(entity, NO_GROUNDS)
    entity.get_by_label("异议内容和理由").fill(GROUNDS)
    entity.get_by_role("button", name="提交异议").click()
    expect(entity.get_by_text(GROUNDS)).to_be_visible()


def examine_objection(officer: Page, name: str) -> None:
    """An officer outside the team takes the objection and proposes a correction."""
    open_waiting(officer, "异议复核", name)
    officer.get_by_role("button", name="由我复核").click()
    officer.get_by_label("复核情况").fill("查验社保补缴凭证，人数相符。")
    _outcome(officer)
    officer.get_by_role("button", name="提交复核意见").click()
    expect(officer.get_by_text("查验社保补缴凭证").first).to_be_visible()


def decide_objection(head: Page, name: str) -> None:
    """The head of the division decides that the result is corrected."""
    open_waiting(head, "异议处理决定", name)
    _outcome(head)
    head.get_by_label("给申请人的答复").fill(ANSWER)
    head.get_by_role("button", name="决定并答复").click()
    expect(head.get_by_text(ANSWER).first).to_be_visible()


def read_answer(entity: Page, copy: str) -> None:
    """The entity sees the answer at its address."""
    entity.goto(copy)
    entity.get_by_role("link", name="查看答复").click()
    expect(entity.get_by_text(ANSWER)).to_be_visible()


def see_both_versions(anybody: Page, name: str) -> None:
    """The corrected result stands in public, and the first beside it."""
    find_result(anybody, name, "未发现问题")
    expect(anybody.get_by_role("main")).to_contain_text("发现问题已责令改正")


def _outcome(page: Page) -> None:
    page.get_by_role("radio", name="更正").check()
    page.get_by_label("更正后的结果类别").select_option(label="未发现问题")
    page.get_by_label("更正后的公示内容").fill("未发现问题。")
