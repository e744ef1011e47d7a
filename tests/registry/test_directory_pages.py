"""The pages of the lists: who may read them, what they hide, what leaves as a sheet; on both databases."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.registry import queries
from tests.people import Cast, Player
from tests.registry.sheets import workbook
from tests.registry.walks import CODES, objects_sheet, take_in

Clients = Callable[[Player], FlaskClient]
ANIMALS = "实验动物单位"
EXTRA = ("所在市", "信用风险等级", "联系电话", "重点监管情形")


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Two objects of the division, one of another."""
    rows = (("@甲研究所", CODES[0], ANIMALS, "济南市", "A", "053112345678", "投诉举报多"),
            ("乙研究所", CODES[1], ANIMALS, "青岛市", "D", "13812345678", ""))
    take_in(objects_sheet(*rows, extra=EXTRA), cast.officer.officer, cast.legal.officer)
    take_in(objects_sheet(("丙企业", CODES[2], "高新技术企业", "济南市", "A", "13912345678", ""), extra=EXTRA),
            cast.other_officer.officer, cast.legal.officer)
    return cast


def object_page(code: str) -> str:
    with db.transaction(write=False):
        return f"/objects/{queries.objects_by_uscc([code])[code].id}"


def cells(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_filters_are_links_that_narrow_the_list(app: Flask, filled: Cast, client_of: Clients) -> None:
    officer = client_of(filled.officer)
    page = officer.get("/objects").text
    assert page.index("乙研究所") < page.index("丙企业")
    assert "/objects?city=" in page
    for query, there, missing in (
            ("city=青岛市", "乙研究所", "甲研究所"), ("grade=A", "甲研究所", "乙研究所"),
            ("category=高新技术企业", "丙企业", "甲研究所"), (f"q={CODES[1]}", "乙研究所", "丙企业"),
            ("page=99&size=nonsense", "丙企业", "没有符合条件")):
        text = officer.get(f"/objects?{query}").text
        assert there in text
        assert missing not in text


def test_directories_are_open_to_the_offices_and_closed_to_the_others(app: Flask, filled: Cast, client_of: Clients) -> None:
    for player in (filled.legal, filled.officer, filled.head, filled.deputy, filled.department_head, filled.other_officer):
        client = client_of(player)
        assert client.get(object_page(CODES[0])).status_code == 200
        assert client.get("/inspectors").status_code == 200
    for player in (filled.inspector_a, filled.system_admin, filled.audit_admin):
        client = client_of(player)
        assert client.get("/objects").status_code == 403
        assert client.get(object_page(CODES[0])).status_code == 403
        assert client.get("/focus").status_code == 403
    assert app.test_client().get("/objects").status_code == 303


def test_a_telephone_is_shown_to_the_own_division_and_legal_affairs_alone(app: Flask, filled: Cast, client_of: Clients) -> None:
    for player, shown in ((filled.legal, True), (filled.head, True), (filled.other_officer, False),
                          (filled.department_head, False)):
        client = client_of(player)
        assert ("13812345678" in client.get(object_page(CODES[1])).text) is shown
        assert ("13812345678" in str(cells(client.get("/objects.xlsx").data))) is shown


def test_an_exported_cell_never_begins_like_a_formula(app: Flask, filled: Cast, client_of: Clients) -> None:
    rows = cells(client_of(filled.legal).get("/objects.xlsx").data)
    assert rows[0][1] == "单位名称"
    assert len(rows) == 4
    assert not [cell for row in rows for cell in row if str(cell).startswith(("=", "+", "-", "@"))]


def test_inspectors_see_themselves_and_declare(app: Flask, cast: Cast, client_of: Clients) -> None:
    own, other = (f"/inspectors/{player.inspector_id}" for player in (cast.inspector_a, cast.inspector_c))
    client = client_of(cast.inspector_a)
    assert "孙检三" not in client.get("/inspectors").text
    assert client.get(other).status_code == 404
    assert "执法证有效" in client.get(own).text
    assert client.post(f"{own}/interests", data={"object_name": "某研究所"}).status_code == 303
    assert client.post(f"{own}/interests", data={"object_name": "某研究所"}).status_code == 422
    assert client.post(f"{other}/interests", data={"object_name": "某研究所"}).status_code == 404
    day = clock.today()
    assert client.post(f"{own}/unavailability", data={"first_day": str(day), "reason": "培训"}).status_code == 303
    late = client.post(f"{own}/unavailability", data={"first_day": str(day - timedelta(days=9))})
    assert late.status_code == 422
    page = client.get(own).text
    assert "某研究所" in page
    assert "培训" in page
    assert "申报利害关系" in page
    assert client_of(cast.head).post(f"{own}/interests", data={"object_name": "某所"}).status_code == 403


@pytest.mark.article("7")
def test_the_public_reads_what_is_published_and_nothing_before(app: Flask, cast: Cast, client_of: Clients) -> None:
    sheet = workbook(["清单"], ["抽查事项名称", "责任处室", "抽查对象", "抽查内容", "抽查方式", "抽查比例", "抽查频次",
                                "抽查依据"],
                     ["动物监督检查", "农村科技处", ANIMALS, "设施", "实地核查", "5%", ">=1", "管理办法第九条"])
    take_in(sheet, cast.legal.officer, cast.legal.officer)
    stranger, legal = app.test_client(), client_of(cast.legal)
    assert "动物监督检查" not in stranger.get("/public/items").text
    with db.transaction(write=False):
        item = queries.drafts()[0].id
    assert client_of(cast.officer).post("/items/publication", data={"item": str(item)}).status_code == 403
    assert "公布全部" in legal.get("/items").text
    assert legal.post("/items/publication", data={"item": str(item)}).status_code == 303
    assert legal.post("/items/publication", data={"item": str(item)}).status_code == 409
    page = stranger.get("/public/items").text
    assert "动物监督检查" in page
    assert "管理办法第九条" in page
    for address in ("/items", f"/items/{item}", "/items.xlsx"):
        assert client_of(cast.inspector_a).get(address).status_code == 200
    assert legal.post(f"/items/{item}/repeal", data={"reason": ""}).status_code == 422
    assert legal.post(f"/items/{item}/repeal", data={"reason": "依据废止"}).status_code == 303
    assert "动物监督检查" not in stranger.get("/public/items").text


@pytest.mark.article("6")
def test_legal_affairs_decides_about_key_supervision_on_its_page(app: Flask, filled: Cast, client_of: Clients) -> None:
    legal = client_of(filled.legal)
    with db.transaction(write=False):
        proposal = queries.focus_page("open").rows[0].id
    assert "投诉举报多" in legal.get("/focus?state=open").text
    address = f"/focus/{proposal}"
    typed = legal.post(f"{address}/decision", data={"decision": "agreed", "opinion": "十二次投诉"})
    assert typed.status_code == 422
    assert "十二次投诉" in typed.text
    until = str(clock.today() + timedelta(days=30))
    agreed = {"decision": "agreed", "opinion": "投诉", "expires_on": until, "evidence": "热线工单十二份"}
    assert legal.post(f"{address}/decision", data=agreed).status_code == 303
    assert legal.post(f"{address}/decision", data={"decision": "declined", "opinion": "不"}).status_code == 409
    assert "重点监管中" in client_of(filled.officer).get(object_page(CODES[0])).text
    assert "甲研究所" in legal.get("/objects?focus=1").text
    assert "乙研究所" not in legal.get("/objects?focus=1").text


@pytest.mark.article("8")
def test_an_object_is_placed_by_its_division_and_the_place_leaves_with_the_sheet(
        app: Flask, filled: Cast, client_of: Clients) -> None:
    own, page = client_of(filled.officer), object_page(CODES[0])
    place = {"latitude": " 36.6512 ", "longitude": "117.12010049"}
    for stranger in (filled.other_officer, filled.head, filled.inspector_a):
        assert client_of(stranger).post(f"{page}/position", data=place).status_code == 403
    for odd in ({"latitude": "36.6"}, {"latitude": "NaN", "longitude": "117"}, {"latitude": "39.9", "longitude": "116.4"}):
        answer = own.post(f"{page}/position", data=odd)
        assert (answer.status_code, odd["latitude"] in answer.text) == (422, True)
    assert own.post(f"{page}/position", data=place).status_code == 303
    assert "36.651200, 117.120100" in own.get(page).text
    rows = cells(own.get("/objects.xlsx").data)
    assert [row[-2:] for row in rows if row[2] == CODES[0]] == [("36.651200", "117.120100")]
    assert own.post(f"{page}/position", data={"latitude": "", "longitude": ""}).status_code == 303
    assert "WGS-84</small>" not in own.get(page).text
