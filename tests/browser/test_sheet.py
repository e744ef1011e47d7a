"""A sheet of the paper set on the narrowest screen: the proof of a draw, which not every visit has, stands inside it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
SHEET = """<meta name="viewport" content="width=device-width"><main class="content"><article class="sheet"><div class="proofs">
<div class="proof"><svg class="qr-code" viewBox="0 0 9 9"></svg><p>抽取凭证：2026 年第 1 次抽取。扫码可在手机上核对。</p></div>
</div></article></main>"""
INSIDE = """() => {
  const [sheet, code, words] = ["article", "svg", ".proof p"].map((one) => document.querySelector(one).getBoundingClientRect());
  return [document.documentElement.scrollWidth, code.right <= sheet.right && words.right <= sheet.right, Math.round(code.width),
    words.top >= code.bottom];
}"""


@pytest.mark.parametrize(("width", "code", "is_below"), [(180, 106, True), (360, 136, False)])
def test_the_proof_of_a_draw_stands_inside_its_sheet(empty_page: Page, width: int, code: int, is_below: bool) -> None:
    empty_page.set_viewport_size({"width": width, "height": 370})
    empty_page.set_content(SHEET)
    empty_page.add_style_tag(content="\n".join(file.read_text(encoding="utf-8") for file in sorted(STYLES.glob("*.css"))))
    assert empty_page.evaluate(INSIDE) == [width, True, code, is_below]
