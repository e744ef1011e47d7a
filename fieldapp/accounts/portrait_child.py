"""Opens one untrusted picture: run as a program of its own, within the limits of `fieldapp.confined`.

Reads the file on standard input, writes a small JPEG on standard output; fails on anything that is no harmless
picture. It imports nothing of the product, so that nothing of the product is within its reach.
"""

import io
import sys
import warnings
from typing import BinaryIO

MOST_PIXELS = 50_000_000
LARGEST = (720, 960)
FORMATS = ("JPEG", "PNG", "WEBP")


def small_jpeg(content: bytes) -> bytes:
    """The picture upright, at most 720 × 960, without metadata."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only inside the limits

    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS or getattr(picture, "n_frames", 1) > 1:
            raise ValueError("too many pixels or frames")
        picture.draft("RGB", LARGEST)
        picture.thumbnail((1440, 1920))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail(LARGEST)
        written = io.BytesIO()
        upright.save(written, "JPEG", quality=86, optimize=True)
    return written.getvalue()


def main(source: BinaryIO, answer: BinaryIO) -> int:
    """Read standard input, answer on standard output; any fault is a status that says no."""
    try:
        answer.write(small_jpeg(source.read()))
    except Exception:  # noqa: BLE001 - a hostile file raises anything at all; all of it means the same
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
