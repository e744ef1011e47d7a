"""Portraits for the demonstration: drawn, so that nobody takes them for a photograph."""

from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (240, 300)
BACKGROUNDS = ("#cfe0ea", "#dfe7d5", "#efe3d2", "#e3ddec", "#d8e8e2")
SKINS = ("#f0cfae", "#e8bd95", "#d9a97f", "#f3d7bd")
HAIR = ("#1d1b1a", "#3a2c23", "#4c4a4a", "#27211f")
COATS = ("#1f3d63", "#2d4a3c", "#4a3b54", "#37474f", "#5a3a32")


def draw_portrait(name: str) -> bytes:
    """A JPEG of 240 × 300: a face in flat colours, always the same for a name."""
    choice = sha256(name.encode()).digest()
    picture = Image.new("RGB", SIZE, BACKGROUNDS[choice[0] % len(BACKGROUNDS)])
    pen = ImageDraw.Draw(picture)
    skin, hair = SKINS[choice[1] % len(SKINS)], HAIR[choice[2] % len(HAIR)]
    pen.rounded_rectangle((30, 222, 210, 340), 60, fill=COATS[choice[3] % len(COATS)])
    pen.polygon([(96, 222), (144, 222), (120, 262)], fill="#ffffff")
    pen.rectangle((104, 190, 136, 232), fill=skin)
    pen.ellipse((66, 52, 174, 176), fill=hair)
    pen.ellipse((72, 72, 168, 206), fill=skin)
    if choice[4] % 2:
        pen.pieslice((66, 48, 174, 150), 180, 360, fill=hair)
    else:
        pen.polygon([(68, 118), (84, 70), (150, 62), (172, 116), (150, 92), (96, 96)], fill=hair)
    for left in (96, 136):
        pen.ellipse((left, 128, left + 9, 137), fill="#22262b")
        if choice[5] % 3 == 0:
            pen.ellipse((left - 8, 119, left + 17, 146), outline="#22262b", width=2)
    pen.arc((104, 150, 136, 178), 20, 160, fill="#8a4b3c", width=3)
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()
