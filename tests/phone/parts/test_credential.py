"""人员核验 without a network: the code turns, a camera reads it, another phone is told who stands there."""

from base64 import urlsafe_b64decode

import pytest
from playwright.sync_api import Page, expect

from fieldapp.visits import rules
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.phone.ground import Phone
from tests.walk import phone as steps
from tests.walk.people import People

pytestmark = [pytest.mark.browser, ON_SQLITE]
KEY = """
  const { key, pair } = await store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").get("credential")));
  const taken = await crypto.subtle.exportKey("jwk", pair.privateKey).then(() => "taken", ({ name }) => name);
  return [pair.privateKey.extractable, taken, pair.privateKey.usages.join()];
"""


def read(page: Page) -> tuple[str, rules.Shown]:
    """What a camera reads of the card that is shown."""
    expect(steps.shown(page).locator(".qr svg")).to_be_visible()
    text = steps.read_code(steps.shown(page))
    return text, rules.read_code(text.partition("#")[2])


@pytest.mark.article("23")
def test_the_code_turns_offline_and_a_stranger_is_told_who_stands_there(live: Live, inspector: Phone, people: People) -> None:
    page = inspector.page
    live.path.cut()
    inspector.bring_everybody()
    mine = page.locator("[data-credential]").first.evaluate("(one) => one.closest('[data-page]').id")
    assert inspector.show(mine)
    expect(steps.shown(page).get_by_text("秒后更换")).to_be_visible()
    address, shown = read(page)
    live.path.restore()
    stranger = people.stranger()
    stranger.goto(address)
    expect(stranger.get_by_role("status")).to_contain_text("核验通过")
    for said in (inspector.name, steps.shown(page).locator(".name").inner_text()):
        expect(stranger.get_by_text(said).first).to_be_visible()
    assert "#" not in stranger.url
    page.clock.install()
    page.clock.fast_forward(31_000)
    expect(steps.shown(page).locator(f".qr[data-text='{address}']")).to_have_count(0)
    later = read(page)[1]
    assert (later.key_id, later.check_id) == (shown.key_id, shown.check_id)
    assert later.turn > shown.turn
    assert urlsafe_b64decode(address.partition("#")[2] + "=")[29:37] != later.message[-8:]


def test_the_key_cannot_be_taken_out_of_the_phone(inspector: Phone) -> None:
    assert inspector.run(KEY) == [False, "InvalidAccessError", "sign"]
