"""What is being recorded when somebody signs, or when a colleague closes the visit, is evidence of it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.databases import ON_SQLITE
from tests.engines import hand
from tests.engines.chromium import Chromium
from tests.live import Live
from tests.phone.ground import Phone
from tests.phone.test_closed import THEIR_CLOSING

pytestmark = [pytest.mark.browser, ON_SQLITE]
WRITTEN = """
  const rows = await store.read(["ops"], (t) => ask(t.objectStore("ops").getAll()));
  const said = rows.map(({ op }) => op).sort((one, other) => one.n - other.n);
  return said.filter(({ k, v }) => k === "sign" || (v && v.chunks)).map(({ k }) => k);"""
PARTS = """
  const keys = await store.read(["media"], (t) => ask(t.objectStore("media").getAllKeys()));
  return keys.filter((key) => key.startsWith("rec|")).length;"""


def begin(phone: Phone) -> None:
    """A recording, of which a part is on the phone."""
    assert phone.show("evidence")
    phone.page.locator("[data-page]:visible [data-sound]").first.click()
    expect(phone.page.get_by_text("● 正在录音 0:03")).to_be_visible(timeout=30_000)


@pytest.mark.article("24")
def test_a_recording_is_written_down_before_a_signature_and_before_a_colleagues_closing_seals_it(
    live: Live, inspector: Phone,
) -> None:
    inspector.bring_everybody()
    live.path.cut()
    begin(inspector)
    assert inspector.show("notice")
    hand.sign(Chromium(inspector.page, live.url), "notice")
    expect(inspector.page.locator(".recording")).to_have_count(0)
    assert inspector.run(WRITTEN) == ["add", "sign"]
    begin(inspector)
    visit: Any = inspector.run("return data.visit;")
    inspector.run(THEIR_CLOSING, visit)
    expect(inspector.page.get_by_role("alert").filter(has_text="本机内容已加密")).to_be_visible()
    assert inspector.run(WRITTEN) == ["add", "sign", "add"]
    assert inspector.run(PARTS) == 0
