"""A photo as typst takes it beside its sources, which are text alone: inside a drawing of the photo's size."""

from base64 import b64encode
from io import BytesIO

from PIL import Image


def framed(jpeg: bytes) -> bytes:
    """A JPEG that the product itself has made, unchanged, inside an SVG."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
        width, height = picture.size
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
            f'href="data:image/jpeg;base64,{b64encode(jpeg).decode()}"/></svg>').encode()
