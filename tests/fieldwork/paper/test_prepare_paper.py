"""The paper set of a visit: numbered once, every sheet with its number and code, for the team alone."""

from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Page

from fieldapp.documents.rules import SheetKind, sheets_of
from fieldapp.draw.rules import row_code
from tests.fieldwork.scene import Scene, set_scene
from tests.people import Cast, Player

ROW = {"year": 2026, "number": 3, "index": 4096, "size": 10000, "root": "ab" * 32, "proof": ["5c" * 32] * 14,
       "row": {"id": "91370102MA442PKK8T", "region_code": "370102", "salt": "9f" * 16, "size": "medium", "status": "active",
               "subject_type": "enterprise", "w": 1}}

Client = Callable[[Player], FlaskClient]


@pytest.fixture
def opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A visit whose task was drawn here, out of ten thousand objects."""
    monkeypatch.setattr("fieldapp.visits.actions.notice.draws.opened_row", lambda *_: ROW)
    return set_scene(cast)


def test_the_set_keeps_its_number_and_is_for_the_team_alone(scene: Scene, cast: Cast, client_of: Client) -> None:
    member, colleague, address = client_of(cast.inspector_a), client_of(cast.inspector_b), f"/visits/{scene.visit}/paper"
    assert "编号并打开纸质检查表" in member.get(address).text
    assert member.post(address).status_code == 303
    page = member.get(address).text
    number = page.split("鲁科抽纸")[1].split("号")[0]
    assert colleague.post(address).status_code == 303
    assert colleague.get(address).text.count(f"鲁科抽纸{number}号") == page.count(f"鲁科抽纸{number}号")
    for said in ("第 1 页 共 4 页", "第 4 页 共 4 页", scene.head["record_number"], scene.head["notice_number"],
                 "第 2 项标准", cast.inspector_b.name, "拒绝签字"):
        assert said in page
    assert client_of(cast.inspector_c).get(address).status_code == 404
    assert client_of(cast.inspector_c).post(address).status_code == 404


@pytest.mark.article("23", "24")
def test_every_check_stands_on_one_sheet_and_long_ones_take_more_room() -> None:
    sheets = sheets_of([("one", ["短"] * 30), ("two", ["长" * 300] * 5)])
    assert [sheet.kind for sheet in sheets].count(SheetKind.SIGNING) == 2
    for record, count in (("one", 30), ("two", 5)):
        places = [place for sheet in sheets if sheet.record == record for place in sheet.checks]
        assert places == list(range(count))


@pytest.mark.browser
@pytest.mark.article("16", "23")
def test_printed_on_a4_there_are_as_many_pages_as_it_says_and_the_row_of_the_draw_is_read_from_the_first(
        opened: Scene, cast: Cast, client_of: Client, phone: Page) -> None:
    member, address = client_of(cast.inspector_a), f"/visits/{opened.visit}/paper"
    member.post(address)
    page = member.get(address).text
    style = member.get(page.split('rel="stylesheet" href="')[1].split('"')[0]).text
    phone.set_content(page.replace("</head>", f"<style>{style}</style></head>"))
    assert phone.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 4
    phone.set_viewport_size({"width": 661, "height": 1000})  # the 175 mm between the margins
    phone.emulate_media(media="print")
    cut = phone.locator(".sheet").evaluate_all(
        "sheets => sheets.filter((one) => { const end = one.querySelector('footer').getBoundingClientRect().top;"
        " return Array.from(one.children).some((part) => part.tagName !== 'FOOTER'"
        " && part.getBoundingClientRect().bottom > end); }).map((one) => one.id)")
    assert cut == []
    [code] = phone.locator("#p1 .proof svg").all()
    assert phone.locator("#p1").inner_text().count("2026 年第 3 次抽取") == 1
    picture = Image.open(BytesIO(code.screenshot())).convert("L")  # 96 dots an inch; a phone's camera sees more of them
    [read] = zxingcpp.read_barcodes(picture.resize((8 * picture.width, 8 * picture.height), Image.Resampling.LANCZOS))
    assert read.text == f"http://localhost/public/draws/2026/3/row#{row_code(ROW)}"
