"""The app's icons, drawn from the same mark as static/mark.svg: `python -m tests.icons` draws them anew."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "static/icons"
BLUE, WHITE = (11, 74, 143), (255, 255, 255)
# name: size in pixels, corner of the ground in 32nds, scale of the mark (a maskable one keeps to the inner circle)
ICONS = {"app-192": (192, 7, 1.0), "app-512": (512, 7, 1.0), "app-maskable-512": (512, 0, 0.74), "app-touch-180": (180, 0, 0.9)}
FINER = 4


def draw(size: int, corner: float, scale: float) -> Image.Image:
    """One icon: a die's face and a tick, white on government blue."""
    whole = size * FINER
    unit = whole / 32
    icon = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen = ImageDraw.Draw(icon)
    pen.rounded_rectangle((0, 0, whole - 1, whole - 1), corner * unit, fill=BLUE)

    def at(x: float, y: float) -> tuple[float, float]:
        return (16 + (x - 16) * scale) * unit, (16 + (y - 16) * scale) * unit

    thick = round(2.5 * unit * scale)
    pen.rounded_rectangle((*at(4.75, 4.75), *at(19.25, 19.25)), 3.75 * unit * scale, outline=WHITE, width=thick)
    tick = [at(15, 21.5), at(19, 25.5), at(26, 16)]
    pen.line(tick, fill=WHITE, width=thick, joint="curve")
    for x, y in (tick[0], tick[-1]):
        pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=WHITE)
    pen.ellipse((*at(10.3, 10.3), *at(13.7, 13.7)), fill=WHITE)
    return icon.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, facts in ICONS.items():
        draw(*facts).save(FOLDER / f"{name}.png", optimize=True)
