"""Whoever is inspected follows the notice's link: the browser checks the row that the notice opens, and sends it to nobody."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from fieldapp import config, db
from fieldapp.app import create_app
from fieldapp.documents.models import Document
from tests.databases import ON_SQLITE
from tests.live import Live

pytestmark = pytest.mark.browser
Notice = tuple[str, dict[str, Any]]


@pytest.fixture
def notice(demonstration: config.Config) -> Notice:
    """A notice of a visit that was drawn here: its secret, and the row that it opens."""
    create_app(demonstration)
    with db.transaction(write=False):
        issued = db.session.query(Document).filter_by(kind="notice").filter(Document.issued_at.is_not(None))
        return next((one.secret, one.content["rows"][0]) for one in issued if one.content and one.content.get("rows"))


@ON_SQLITE
@pytest.mark.article("16", "23")
def test_the_inspected_party_checks_its_row_in_the_browser(
        live: Live, notice: Notice, open_phone: Callable[..., Page], tmp_path: Path) -> None:
    page = open_phone(base_url=live.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(f"/documents/{notice[0]}")
    page.get_by_role("link", name="在浏览器中核对").click()
    assert verdict(page) == "ok"
    link = page.url
    opened = notice[1]["file"]
    expect(page.locator("[data-of=id]")).to_have_text(opened["row"]["id"])
    assert [url for url in asked if opened["row"]["salt"] in url or notice[1]["code"] in url.partition("#")[0]] == []
    page.screenshot(path=tmp_path / "row.png", full_page=True)
    for name, change, found in (("other.json", {"root": "0" * 64, "row": opened["row"] | {"size": "大型"}}, "root"),
                                ("none.json", {"row": {}}, "broken"), ("same.json", {}, "ok")):
        file = tmp_path / name
        file.write_text(json.dumps(opened | change), "utf-8")
        page.locator("verify-row input").set_input_files(file)
        assert verdict(page) == found, name
    page.goto(page.url.partition("#")[0] + "#123")
    assert verdict(page) == "broken"
    says_only_the_last(page, link)


@ON_SQLITE
def test_the_file_of_the_row_is_what_the_link_says(live: Live, notice: Notice, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=live.url)
    answer = page.request.get(f"/documents/{notice[0]}/rows/0.json")
    assert json.loads(answer.body()) == notice[1]["file"]
    assert page.request.get(f"/documents/{notice[0]}/rows/1.json").status == 404


def says_only_the_last(page: Page, link: str) -> None:
    """A code opened in the same tab replaces what stood there; an answer that comes late says nothing any more."""
    page.goto(link)
    assert verdict(page) == "ok"
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/selected.txt", hold)
    page.goto(link.partition("#")[0] + "#")
    expect(page.locator("verify-row dl")).to_be_hidden()
    with page.expect_request("**/selected.txt"):
        page.goto(link)
    page.goto(link.partition("#")[0] + "#123")
    assert verdict(page) == "broken"
    with page.expect_response("**/selected.txt") as late:
        held[0].continue_()
    late.value.finished()
    page.unroute("**/selected.txt")
    page.evaluate("(url) => fetch(url, { cache: 'reload' }).then((answer) => answer.text())", late.value.url)
    assert verdict(page) == "broken"
    expect(page.locator("verify-row dl")).to_be_hidden()


def verdict(page: Page) -> str:
    """What the page says once it has checked."""
    expect(page.locator("verify-row[data-verdict]")).to_have_count(1)
    said = str(page.locator("verify-row").get_attribute("data-verdict"))
    expect(page.locator("verify-row [role=status]")).to_be_visible()
    return said
