"""A receipt in the browser: on the product's page, and in the document's own page, served by somebody else."""

import gzip
import io
import json
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
from fieldapp.ledger.notes import COSIGNATURE, SigningKey, new_key, sign_note
from fieldapp.ledger.rules import Checkpoint, Receipt, Told, leaf_hash
from fieldapp.ledger.rules.receipt import NAMES
from tests.databases import ON_SQLITE
from tests.live import Live

pytestmark = [pytest.mark.browser, ON_SQLITE, pytest.mark.article("3", "24")]
REGISTERED = "fieldwork.record_registered"
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
    expect(page.get_by_text("没有见证方的时间")).to_be_visible()
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
    expect(page.locator("#said")).to_contain_text("that is not proved")
    expect(page.locator("#said")).to_contain_text("no witness's time")
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


def witnessed(folder: Path, version: int) -> tuple[Path, SigningKey, SigningKey]:
    """A receipt under a head that a witness has cosigned, the log's key and the witness's."""
    told = Told(dict.fromkeys(NAMES, "x") | {"action": REGISTERED, "at": "2026-12-01T00:00:00+00:00"},
                {"record": "1号", "digest": "ab" * 32}, "salt", version)
    log, witness = new_key("log.example/ledger"), new_key("witness.example/w1", COSIGNATURE)
    head = Checkpoint("log.example/ledger", 1, leaf_hash(told.body())).text()
    file = folder / f"witnessed-{version}.txt.gz"
    file.write_bytes(Receipt(0, (), sign_note(head, [log]) + witness.signature(head, 1_700_000_000), told.packed()).file())
    return file, log, witness


@pytest.mark.parametrize("version", [2, 3])
def test_both_pages_say_when_a_witness_saw_the_head(
        open_phone: Any, live: Live, elsewhere: str, tmp_path: Path, version: int) -> None:
    file, log, witness = witnessed(tmp_path, version)
    keys = [{"name": key.name, "id": key.key_id.hex(), "public": key.public.hex(), "kind": key.kind, "until": None}
            for key in (log.verifier, witness.verifier)]
    page = open_phone(base_url=live.url)
    unsigned = "检查点没有本账本密钥的有效签名"
    for known, said in ((keys, "witness.example/w1 于 2023-11-14 22:13:20"), (keys[:1], "没有见证方的时间"),
                        (keys[1:], unsigned), ([keys[0] | {"until": 0}], unsigned)):
        page.goto("/ledger/receipt")
        page.locator("verify-receipt").evaluate("(page, keys) => { page.dataset.keys = keys; }", json.dumps(known))
        page.get_by_label("回执文件").set_input_files(file)
        expect(page.get_by_text(said)).to_be_visible()
    page.goto(elsewhere)
    page.locator("#key").fill(log.verifier.text())
    page.locator("#witness").fill(witness.verifier.text())
    page.locator("#receipt").set_input_files(file)
    expect(page.locator("#said")).to_contain_text("witness.example/w1 saw this head at 2023-11-14T22:13:20")


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
