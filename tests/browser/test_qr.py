"""The phone's own QR codes are those of another encoder, module by module."""

from typing import Any

import pytest
import qrcode
from playwright.sync_api import Error

pytestmark = pytest.mark.browser
QR = "field/credential/qr.js"
TEXT = "https://field.example/verify/credential#" + "aB3_-Zq9" * 40
LENGTHS = (1, 192, 193, 230, 231, 271)  # each version begins and ends


def other(text: str, version: int) -> list[list[bool]]:
    code = qrcode.QRCode(version=version, error_correction=qrcode.constants.ERROR_CORRECT_L, border=0, mask_pattern=0)
    code.add_data(text, optimize=0)
    code.make(fit=False)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def test_every_module_stands_where_another_encoder_puts_it(run: Any) -> None:
    texts = [TEXT[:length] for length in LENGTHS]
    drawn = run(QR, "(m, texts) => texts.map(m.modules)", texts)
    versions = [(len(rows) - 17) // 4 for rows in drawn]
    assert versions == [8, 8, 9, 9, 10, 10]
    assert drawn == [other(text, version) for text, version in zip(texts, versions, strict=True)]


def test_a_text_that_is_too_long_is_refused(run: Any) -> None:
    with pytest.raises(Error, match="RangeError"):
        run(QR, "(m, text) => m.modules(text)", TEXT[:272])
