"""A signature is its strokes, not the picture of them: what a turned screen wipes away is drawn again."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PAD = """(m) => {
  document.body.innerHTML = `<signature-field><div style="height: 152px"><canvas style="width: 100%; height: 100%"></canvas></div>
    <input type="hidden" name="strokes"><button type="button" data-again>x</button></signature-field>`;
}"""
PICTURE = "() => document.querySelector('canvas').toDataURL()"
TURNED = "() => addEventListener('resize', () => { document.body.dataset.turned = ''; })"
WIPE = "() => { const canvas = document.querySelector('canvas'); canvas.width = canvas.width; }"


def draw(page: Page, *heights: float) -> None:
    """A stroke from a fifth to four fifths of the box at each height."""
    box = page.locator("canvas").bounding_box()
    assert box
    for height in heights:
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * height)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * height, steps=4)
        page.mouse.up()


def strokes(page: Page) -> list[list[list[int]]]:
    """The vectors as the form would send them."""
    return json.loads(page.locator("[name=strokes]").input_value() or "[]")


def test_a_turned_screen_wipes_the_canvas_and_the_strokes_are_drawn_again(run: Any, empty_page: Page) -> None:
    run("elements/signature-field.js", PAD)
    blank = empty_page.evaluate(PICTURE)
    draw(empty_page, 0.3, 0.6)
    drawn, vectors = empty_page.evaluate(PICTURE), strokes(empty_page)
    assert drawn != blank
    assert len(vectors) == 2
    empty_page.evaluate(WIPE)
    assert empty_page.evaluate(PICTURE) == blank
    empty_page.evaluate(TURNED)
    empty_page.set_viewport_size({"width": 740, "height": 360})
    expect(empty_page.locator("body[data-turned]")).to_be_visible()
    assert empty_page.evaluate(PICTURE) == drawn
    assert strokes(empty_page) == vectors
    draw(empty_page, 0.8)
    third = strokes(empty_page)[2]
    assert [round(place / 100) for place in (third[0][0], third[-1][0], third[0][1])] == [2, 8, 4]
    assert third[0][2] >= vectors[1][-1][2]
    empty_page.locator("[data-again]").click()
    assert (strokes(empty_page), empty_page.evaluate(PICTURE)) == ([], blank)
