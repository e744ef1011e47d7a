"""The business licence's code by the camera, where the browser can read codes: what was read is kept and compared.

Chromium has no detector on Linux. The one planted here is given the same bitmap and has the picture read by zxing.
"""

from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
import qrcode
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.databases import ON_SQLITE
from tests.phone.ground import Phone

pytestmark = [pytest.mark.browser, ON_SQLITE]
DETECTOR = """
  window.BarcodeDetector = class {
    async detect(bitmap) {
      const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return (await window.readCodes(canvas.toDataURL("image/png"))).map((rawValue) => ({ rawValue }));
    }
  };
"""
READ = 'return (await store.read(["ops"], (t) => ask(t.objectStore("ops").getAll()))).map(({ op }) => [op.p, op.v]);'


def codes_in(address: str) -> list[str]:
    """What stands in a picture that came as a data URL."""
    with Image.open(BytesIO(b64decode(address.partition(",")[2]))) as picture:
        return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.fixture
def scanner(inspector: Phone) -> Phone:
    """A phone whose browser reads codes, on the page of the arrival."""
    inspector.page.context.expose_function("readCodes", codes_in)
    inspector.page.add_init_script(DETECTOR)
    inspector.open_anew()
    inspector.show("arrive")
    inspector.page.get_by_text("核对单位的信用代码").click()
    return inspector


def licence(folder: Path, text: str) -> Path:
    file = folder / "licence.png"
    qrcode.make(text).save(str(file))
    return file


@pytest.mark.article("24")
def test_the_licences_code_is_read_kept_and_compared(scanner: Phone, tmp_path: Path) -> None:
    page = scanner.page
    uscc = str(page.evaluate("() => JSON.parse(document.getElementById('kit').dataset.kit).arrival.uscc"))
    for written, said in ((f"统一社会信用代码:{uscc};名称:示例", "mark"), ("https://other/91370102MA00000A0X", "error")):
        page.locator("[data-scan] input").set_input_files(licence(tmp_path, written))
        expect(page.locator(f"[data-read].{said}")).to_be_visible()
    assert [value for path, value in scanner.run(READ) if path == "arrival/scan"] == [
        {"uscc": uscc, "by": "camera"}, {"uscc": "91370102MA00000A0X", "by": "camera"}]


@pytest.mark.parametrize("content", [None, b"no picture at all"], ids=["a code of something else", "no picture"])
def test_what_holds_no_code_is_said_and_nothing_is_kept(scanner: Phone, tmp_path: Path, content: bytes | None) -> None:
    file = licence(tmp_path, "WIFI:S:guest;;")
    if content is not None:
        file.write_bytes(content)
    scanner.page.locator("[data-scan] input").set_input_files(file)
    expect(scanner.page.get_by_text("没有读出 18 位信用代码，请再试一次或直接输入。")).to_be_visible()
    assert "arrival/scan" not in dict(scanner.run(READ))
