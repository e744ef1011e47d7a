"""Pictures as phones take them, and as nobody should: made here, from a printed seed."""

import random
from io import BytesIO

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A gradient, turned by its EXIF where the format has any, with a place of capture that must not survive."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 30, 30), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET-MAKER"
    file = BytesIO()
    if kind == "PNG":
        image.save(file, kind)
    else:
        image.save(file, kind, exif=exif.tobytes(), quality=80)
    return file.getvalue()


def mutated(seed: int, rounds: int) -> list[bytes]:
    """Pictures cut short, with flipped bytes, with blocks moved, doubled, or filled, of every format in turn."""
    chance = random.Random(seed)
    sources = [picture(kind, (160, 120)) for kind in FORMATS]
    return [mutate(bytearray(sources[number % len(sources)]), chance) for number in range(rounds)]


def mutate(content: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(content)), chance.randint(1, 64)
        match chance.randrange(6):
            case 0:
                del content[at:]
            case 1:
                content[at] = chance.randrange(256)
            case 2:
                content[at:at + length] = bytes(chance.randrange(256) for _ in range(length))
            case 3:
                content[at:at] = content[:length] * chance.randint(1, 20)
            case 4:
                content[at:at + length] = b"\xff" * length
            case _:
                content[at:at + 4] = chance.randrange(2**32).to_bytes(4, "big")
        if len(content) < 8:
            content += b"\xff\xd8\xff\xe0" * 4
    return bytes(content)


def bomb(pixels: int = 20_000) -> bytes:
    """A small PNG of very many pixels."""
    file = BytesIO()
    Image.new("1", (pixels, pixels)).save(file, "PNG", optimize=True)
    return file.getvalue()
