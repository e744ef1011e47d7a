"""A receipt in the browser: on the product's page, and in the document's own page, served by somebody else."""

import gzip
import io
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from fieldapp.canonical import canonical
from fieldapp.cli.main import main
from tests.databases import ON_SQLITE
from tests.live import Live

pytestmark = [pytest.mark.browser, ON_SQLITE, pytest.mark.article("3", "24")]
DOCUMENT = Path(__file__).parents[3] / "docs" / "verify-a-receipt.md"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The document's page, in a folder of its own, on another port."""
    page = re.search(r"```html\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert page is not None
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "receipt.html").write_text(page.group(1), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "page")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/receipt.html"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def copy(live: Live) -> str:
    """The address of the copy of a visit that is over."""
    closed = sa.text("SELECT c.secret FROM record_copy c JOIN visit v ON v.id = c.visit_id WHERE v.state = 'closed' LIMIT 1")
    with sa.create_engine(live.database_url).connect() as connection:
        return f"/copies/{connection.scalar(closed)}"


def files(page: Page, copy: str, folder: Path) -> tuple[Path, Path]:
    """Receipt and record as the entity downloads them, once the log's head is signed."""
    found: list[Path] = []
    page.goto(copy)
    while not page.get_by_role("link", name="下载回执").count():
        page.reload()
    for name in ("下载回执", "下载记录原文"):
        with page.expect_download() as saved:
            page.get_by_role("link", name=name).first.click()
        found.append(folder / saved.value.suggested_filename)
        saved.value.save_as(found[-1])
    return found[0], found[1]


def scanned(code: Locator) -> str:
    """What a camera reads from the code as it stands on a phone with three pixels for each of the page's."""
    picture = Image.open(io.BytesIO(code.screenshot())).convert("L")
    return zxingcpp.read_barcodes(picture.resize((3 * picture.width, 3 * picture.height), Image.Resampling.NEAREST))[0].text


def changed(receipt: Path) -> Path:
    """The receipt with one hash of its path altered."""
    other = receipt.with_name("changed.txt")
    lines = gzip.decompress(receipt.read_bytes()).decode().split("\n")
    lines[3] = ("A" if lines[3][0] != "A" else "B") + lines[3][1:]
    other.write_text("\n".join(lines), encoding="utf-8")
    return other


def test_the_entity_checks_its_receipt_and_its_record_on_our_page(
        open_phone: Any, live: Live, copy: str, tmp_path: Path) -> None:
    page = open_phone(base_url=live.url)
    receipt, record = files(page, copy, tmp_path)
    assert len(receipt.read_bytes()) <= 1536
    page.get_by_text("回执二维码").first.click()
    expect(page.locator(".qr.wide").first).to_be_visible()
    check = page.get_by_role("link", name="核对", exact=True).first
    assert scanned(page.locator(".qr.wide").first) == check.get_attribute("href")
    check.click()
    expect(page.get_by_role("status").filter(has_text="核对一致")).to_be_visible()
    page.get_by_label("记录原文文件").set_input_files(record)
    expect(page.get_by_text("一个字符也没有改动")).to_be_visible()
    other = record.with_name("other.json")
    other.write_bytes(record.read_bytes().replace(b"compliant", b"Compliant"))
    page.get_by_label("记录原文文件").set_input_files(other)
    expect(page.get_by_text("这个文件不是回执所登记的记录")).to_be_visible()
    page.get_by_label("回执文件").set_input_files(changed(receipt))
    expect(page.get_by_text("不在它所附的账本检查点之中")).to_be_visible()
    page.goto(f"{page.url.partition('#')[0]}#")
    expect(page.get_by_text("请扫描副本上的二维码")).to_be_visible()


def test_the_documents_page_proves_it_on_another_port_without_our_server(
        open_phone: Any, live: Live, copy: str, elsewhere: str, tmp_path: Path) -> None:
    page = open_phone(base_url=live.url)
    receipt, record = files(page, copy, tmp_path)
    page.goto("/ledger")
    key = page.get_by_role("listitem").filter(has_text="+").first.inner_text().strip()
    asked: list[str] = []
    page.goto(elsewhere)
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#key").fill(key)
    page.locator("#receipt").set_input_files(receipt)
    expect(page.locator("#said")).to_contain_text("OK: record")
    page.locator("#record").set_input_files(record)
    expect(page.locator("#said")).to_contain_text("the file is this record")
    page.locator("#record").set_input_files(changed(receipt))
    expect(page.locator("#said")).to_contain_text("NOT this record")
    page.locator("#receipt").set_input_files(changed(receipt))
    expect(page.locator("#said")).to_contain_text("NOT PROVED")
    page.locator("#key").fill(key.replace("+", "+0", 1))
    page.locator("#receipt").set_input_files(receipt)
    expect(page.locator("#said")).to_contain_text("NOT PROVED: not signed with this key")
    assert [one for one in asked if not one.startswith("blob:")] == []


def test_the_command_says_what_a_receipt_proves(
        open_phone: Any, live: Live, copy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = open_phone(base_url=live.url)
    receipt, record = files(page, copy, tmp_path)
    page.goto("/ledger")
    key = page.get_by_role("listitem").filter(has_text="+").first.inner_text().strip()
    words = ["ledger", "check-receipt", str(receipt), "--key", key, "--record"]
    assert main([*words, str(record)]) == 0
    assert "the file is this record" in capsys.readouterr().out
    record.write_bytes(canonical({"other": 1}))
    assert main([*words, str(record)]) == 1
    assert main(["ledger", "check-receipt", str(changed(receipt)), "--key", key]) == 1
