"""Opens one untrusted picture: run as a program of its own, within the limits of `fieldapp.confined`.

Reads the picture on standard input; writes JPEGs, one for each width named on the command line, each after its length
as 4 bytes, big-endian. Ends with 0, or with 1 for whatever cannot be opened. It imports nothing of the product, so that
nothing of the product is within its reach.
"""

import io
import sys
import warnings
from collections.abc import Sequence
from typing import BinaryIO

MOST_PIXELS = 50_000_000
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
QUALITY = 82


def pictures(content: bytes, widths: Sequence[int]) -> list[bytes]:
    """The picture upright, its longer side of each width (or its own, if smaller), as JPEG without any metadata."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - under the limits, not before them

    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        import pillow_heif  # noqa: PLC0415 - only where a phone sent HEIC

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener(thumbnails=False)
    made = []
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        image.draft("RGB", (2 * max(widths), 2 * max(widths)))
        image.thumbnail((max(widths), max(widths)))
        upright = ImageOps.exif_transpose(image)
    for width in sorted(widths, reverse=True):
        upright.thumbnail((width, width))
        answer = io.BytesIO()
        _flat(upright).save(answer, "JPEG", quality=QUALITY, optimize=True)
        made.append(answer.getvalue())
    return made[::-1]


def _flat(image: "Image.Image") -> "Image.Image":  # type: ignore[name-defined]  # noqa: F821 - imported under the limits
    """The picture's colours on white paper, and nothing else of it: no profile, no EXIF, no comment."""
    from PIL import Image  # noqa: PLC0415 - under the limits, not before them

    colours = image.convert("RGBA")
    paper = Image.new("RGB", colours.size, "white")
    paper.paste(colours, mask=colours.getchannel("A"))
    return paper


def main(source: BinaryIO, answer: BinaryIO, widths: Sequence[int]) -> int:
    """Read standard input, answer on standard output; whatever goes wrong inside is one refusal."""
    warnings.simplefilter("error")
    try:
        made = pictures(source.read(), widths)
    except Exception:  # noqa: BLE001 - a hostile file raises anything at all; all of it means the same
        return 1
    for picture in made:
        answer.write(len(picture).to_bytes(4, "big") + picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer, [int(width) for width in sys.argv[1:]]))
