"""Item list, plan and directory: what everybody may read, and how a division's sheet gets into it."""

import io

import xlsxwriter
from playwright.sync_api import Page, expect

from fieldapp.registry.rules.uscc import check_character
from tests.walk.people import open_waiting, row_of

ITEM = "高新技术企业认定后监督检查"
CITY, SIZE = "枣庄市", "中型"
NEW = ("枣庄行走精密仪器有限公司（示例）", "枣庄行走新材料有限公司（示例）")
FILE = "高新技术处-新增.xlsx"
HEADERS = ("序号", "企业名称", "统一社会信用代码", "主体类型 ", "经营规模", "所在市", "所在县（市、区）", "行政区划代码 ",
           "地址", "联系电话", "信用风险等级 ")


def code(number: int) -> str:
    """A well-formed code that no sheet of the demonstration has."""
    first = f"91370402MAWALK{number:03d}"
    return first + check_character(first)


def new_objects() -> bytes:
    """A division's sheet as it comes: a title, two good rows (one in lower case), one without address, two bad codes."""
    good, lower, bare = code(1), code(2).lower(), code(3)
    wrong = code(4)[:-1] + ("0" if code(4)[-1] != "0" else "1")
    rows = [(NEW[0], good, "光明西路1号"), (NEW[1], lower, "光明西路2号"), ("枣庄行走无址有限公司（示例）", bare, ""),
            ("枣庄行走错码有限公司（示例）", wrong, "光明西路4号"), ("枣庄行走缺码有限公司（示例）", "", "光明西路5号")]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "高新技术处检查对象名录库（高新技术企业）")
        sheet.write_row(2, 0, HEADERS)
        for number, (name, uscc, address) in enumerate(rows, start=1):
            sheet.write_row(2 + number, 0, (number, name, uscc, "高新技术企业", SIZE, CITY, "市中区", 370402, address,
                                            "13700000000", "A"))
        sheet.write(9, 0, "注：全部为虚构示例数据。")
    return buffer.getvalue()


def import_objects(officer: Page, legal: Page) -> None:
    """The division reads a sheet in, looks at the report, hands it in; legal affairs accepts it."""
    officer.goto("/imports/new")
    sheet = {"name": FILE, "mimeType": "application/vnd.ms-excel", "buffer": new_objects()}
    officer.get_by_label("表（.xlsx 或 .csv，不超过 10 MB）").set_input_files(sheet)
    officer.get_by_role("button", name="读取并逐行核对").click()
    expect(officer.get_by_role("heading", name=FILE)).to_be_visible()
    for name, verdict in (("精密仪器", "接受"), ("新材料", "规范后接受"), ("无址", "缺少地址"), ("错码", "校验码不符"),
                          ("缺码", "缺少统一社会信用代码")):
        expect(row_of(officer, f"枣庄行走{name}")).to_contain_text(verdict)
    officer.get_by_role("button", name="提交法规处审核").click()
    open_waiting(legal, "导入", FILE)
    legal.get_by_role("button", name="入库").click()
    expect(legal.get_by_text("已入库 3 行。")).to_be_visible()


def read_what_is_public(anybody: Page) -> None:
    """Item list and the year's plan, without signing in."""
    anybody.goto("/public/")
    anybody.get_by_role("link", name="随机抽查事项清单").click()
    expect(row_of(anybody, ITEM).first).to_be_visible()
    anybody.goto("/public/")
    anybody.get_by_role("link", name="年度抽查工作计划").click()
    expect(row_of(anybody, ITEM)).to_contain_text("抽查比例 5%")
