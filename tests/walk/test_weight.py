"""What the pages of the phone weigh at their first load, counted in the browser that asks for them."""

import gzip

import pytest
from playwright.sync_api import Page, Response, expect

from tests.walk import phone
from tests.walk.people import People, due_today, row_of

pytestmark = pytest.mark.browser
SCRIPTS, STYLES = 30_720, 10_240
KIT, DAY, VISITS = 30_720, 250_000, 5
KEPT = """async () => {
  const all = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      all.push([request.url, Array.from(new Uint8Array(await (await cache.match(request)).arrayBuffer()))]);
    }
  }
  return all;
}"""


class Weighing:
    """Every script and style that a page asks for, once each, as gzip -9 packs it."""

    def __init__(self, page: Page) -> None:
        self.asked: dict[str, Response] = {}
        page.on("response", lambda answer: self.asked.setdefault(answer.url, answer))

    def of(self, kind: str) -> int:
        """Bytes of all answers of a kind: script or stylesheet."""
        found = [one for one in self.asked.values() if one.request.resource_type == kind]
        assert found, f"no {kind} was asked for"
        return sum(len(gzip.compress(one.body(), 9)) for one in found)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_today_and_the_kit_are_light_at_their_first_load(people: People) -> None:
    known = people(due_today()[0][0])
    known.goto("/field/")
    kept = known.context.storage_state()
    phone.prepare_the_day(known, row_of(known, "14:00").get_by_role("strong").first.inner_text())
    weights = {}
    for address in ("/field/", known.url):
        page = people.open_phone(base_url=people.url, storage_state=kept)
        weighing = Weighing(page)
        page.goto(address)
        expect(page.locator("#state[data-unsent='0']")).to_be_visible()
        weights[address] = (weighing.of("script"), weighing.of("stylesheet"))
    print("bytes of scripts and of styles:", weights)
    _check_prepared_day(known)
    assert all(scripts <= SCRIPTS and styles <= STYLES for scripts, styles in weights.values())


def _check_prepared_day(page: Page) -> None:
    """A day of five visits with thirty checks each, as it is kept for the time without a network: no web font in it."""
    kept = {address: len(gzip.compress(bytes(content), 9)) for address, content in page.evaluate(KEPT)}
    kits = {address: size for address, size in kept.items() if "/field/k/" in address}
    others = sum(kept.values()) - sum(kits.values())
    print(f"kept beside the kits: {others} bytes in {len(kept) - len(kits)} files, kits: {sorted(kits.values())}")
    assert max(kits.values()) <= KIT
    assert others + VISITS * max(kits.values()) <= DAY
    assert not [address for address in kept if address.endswith((".woff", ".woff2", ".ttf", ".otf"))]
    assert not page.evaluate("document.fonts.size")
