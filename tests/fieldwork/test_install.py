"""The field's pages on a home screen: a manifest in both languages, and icons that are ours."""

import json
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from tests import icons
from tests.databases import ON_SQLITE


@ON_SQLITE
@pytest.mark.parametrize(("language", "name"), [("zh", "双随机抽查 · 现场检查"), ("en", "Random inspections · On site"),
                                                ("xx", "双随机抽查 · 现场检查")])
def test_the_manifest_is_served_to_everybody_in_its_language(client: FlaskClient, language: str, name: str) -> None:
    answer = client.get(f"/field/app.webmanifest?language={language}")
    assert answer.content_type == "application/manifest+json"
    manifest = json.loads(answer.data)
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == (name, "/field/", "standalone")
    assert {(one["sizes"], one["purpose"]) for one in manifest["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for one in manifest["icons"]:
        served = client.get(one["src"])
        assert served.content_type == "image/png"
        assert "x".join(map(str, Image.open(BytesIO(served.data)).size)) == one["sizes"]


@pytest.mark.parametrize("name", icons.ICONS)
def test_the_icons_are_drawn_by_us(name: str) -> None:
    kept = Image.open(icons.FOLDER / f"{name}.png").convert("RGBA")
    drawn = icons.draw(*icons.ICONS[name])
    assert drawn.size == kept.size
    assert max(high for _low, high in ImageChops.difference(kept, drawn).getextrema()) <= 8
