"""QR codes: read back by a reader, and free of inline style."""

import re

import zxingcpp
from PIL import Image, ImageDraw

from fieldapp.documents.qr import qr_svg

ADDRESS = "https://field.example/credentials/" + "aB3_-" * 8 + "xyz"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")
SCALE = 6


def drawn(svg: str) -> Image.Image:
    """The picture that a browser makes of the code."""
    side = int(svg.split('viewBox="0 0 ')[1].split(" ", maxsplit=1)[0])
    picture = Image.new("L", (side * SCALE, side * SCALE), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length in (map(int, run) for run in RUN.findall(svg)):
        pen.rectangle((x * SCALE, y * SCALE, (x + length) * SCALE - 1, (y + 1) * SCALE - 1), fill=0)
    return picture


def test_a_reader_reads_what_was_written() -> None:
    for text in (ADDRESS, "鲁科抽告〔2026〕1号"):
        [found] = zxingcpp.read_barcodes(drawn(qr_svg(text)))
        assert found.text == text
        assert found.format == zxingcpp.BarcodeFormat.QRCode


def test_the_code_is_sharp_sized_by_the_style_sheet_and_carries_no_style() -> None:
    svg = qr_svg(ADDRESS)
    assert 'shape-rendering="crispEdges"' in svg
    assert "style" not in svg
    assert " width=" not in svg
    assert 'aria-hidden="true"' in svg


def test_what_is_read_aloud_is_escaped() -> None:
    assert 'role="img" aria-label="&lt;b&gt;&#34;"' in qr_svg("x", '<b>"')
