"""The look: light to load, dark enough to read in the sun, every icon drawn."""

import gzip
import re

import pytest

from fieldapp.web.assets import STATIC, Shelf
from tests.house.files import ROOT

HEAVIEST = 10_240
TEXTS = {"ink": ("paper", "ground", "accent-soft", "good-soft", "bad-soft", "wait-soft"),
         "ink-2": ("paper", "ground", "accent-soft"), "accent": ("paper", "ground", "accent-soft"),
         "good": ("paper", "good-soft"), "bad": ("paper", "bad-soft"), "wait": ("paper", "wait-soft"),
         "on-accent": ("accent",)}
TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})\b")


def themes() -> list[dict[str, str]]:
    """The colours of light, dark, dark by the device, and the wall."""
    blocks = re.findall(r"\{([^{}]*--ink:[^{}]*)\}", "".join(
        (STATIC / "css" / name).read_text(encoding="utf-8") for name in ("tokens.css", "wall.css")))
    return [dict(TOKEN.findall(block)) for block in blocks]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_style_sheet_is_light() -> None:
    assert len(gzip.compress(Shelf(STATIC).style, 6)) <= HEAVIEST


def test_the_layers_stand_in_their_order_before_all_else() -> None:
    style = Shelf(STATIC).style.decode()
    assert style.index("@layer tokens, base, parts;") < style.index("@layer tokens {") < style.index("@layer base {")
    assert style.index("@layer base {") < style.index("@layer parts {")


@pytest.mark.parametrize("theme", range(4))
def test_text_is_read_in_bright_sun(theme: int) -> None:
    colours = themes()[theme]
    for text, grounds in TEXTS.items():
        for ground in grounds:
            assert contrast(colours[text], colours[ground]) >= 7, (text, ground)
    for ground in ("paper", "ground"):
        assert contrast(colours["edge"], colours[ground]) >= 4.5, ground


def test_both_darks_are_one() -> None:
    assert themes()[1] == themes()[2]


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    for page in sorted((ROOT / "templates").rglob("*.html")):
        named = re.findall(r"""\bicon\(["']([\w-]+)["']\)""", page.read_text(encoding="utf-8"))
        assert set(named) <= drawn, page
