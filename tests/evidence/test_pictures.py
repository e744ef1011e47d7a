"""Pictures are opened in a child process of limited memory and time; whatever is in them, nothing breaks."""

import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from fieldapp.evidence import pictures
from fieldapp.evidence.rules import UnreadablePicture
from tests.alone import measured
from tests.evidence.pictures import FORMATS, bomb, mutated, picture

SEED = 20261124
WIDTHS = (320, 1200)


def made_from(content: bytes, folder: Path, name: str = "x") -> list[bytes]:
    original = folder / name
    original.write_bytes(content)
    return pictures.make_pictures(original, WIDTHS)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_turned_upright_and_loses_what_the_phone_wrote_into_it(kind: str, tmp_path: Path) -> None:
    small, large = made_from(picture(kind, (1600, 1200)), tmp_path)
    assert b"SECRET-MAKER" not in small + large
    with Image.open(BytesIO(large)) as image:
        turned = kind != "PNG"
        assert image.format == "JPEG"
        assert image.size == ((900, 1200) if turned else (1200, 900))
        assert not image.getexif()
        red = image.getpixel((image.width - 5, 5) if turned else (5, 5))
        assert isinstance(red, tuple)
        assert red[0] > 150 > red[1]


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    with Image.open(BytesIO(made_from(picture("PNG", (100, 80)), tmp_path)[1])) as image:
        assert image.size == (100, 80)


@pytest.mark.parametrize("content", [b"", b"x", b"GIF89a" + b"\0" * 50, b"<svg/>", bomb(), b"\xff\xd8\xff\xe0" * 1000],
                         ids=["nothing", "letter", "gif", "svg", "bomb", "jpeg of nothing"])
def test_what_is_no_picture_is_a_clear_refusal(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePicture) as refused:
        made_from(content, tmp_path)
    assert refused.value.status == 422


def run(rounds: int, folder: Path) -> tuple[int, float]:
    """Open mutated pictures, two at a time; how many could be read, and the seconds of the slowest."""

    def one(numbered: tuple[int, bytes]) -> tuple[bool, float]:
        begin = time.monotonic()
        try:
            made_from(numbered[1], folder, f"{numbered[0]}")
        except UnreadablePicture:
            return False, time.monotonic() - begin
        return True, time.monotonic() - begin

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(one, enumerate(mutated(SEED, rounds))))
    return sum(is_readable for is_readable, _ in done), max(seconds for _, seconds in done)


@pytest.mark.parametrize("times", [80, pytest.param(10_000, marks=pytest.mark.full)])
def test_mutated_pictures_are_pictures_or_refusals(tmp_path: Path, times: int) -> None:
    print(f"seed {SEED}")
    (readable, slowest), own, children = measured(run, times, tmp_path)
    print(f"{readable} of {times} readable, slowest {slowest:.1f} s, {max(own, children)} MB at most")
    assert 0 < readable < times
    assert slowest < 5
    assert max(own, children) < 512
