"""Every page of the entity's own phone as a picture, in both languages: part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.walk import phone

LANGUAGES = ("en", "zh")


def take_own(kit: Page, entity: Page, take: Callable[[Page, str], None]) -> None:
    """From the link to the record and its refusal; nothing is signed, so that the inspector's phone goes on as before.

    The kit stands where its record can be signed.
    """
    at = kit.url
    phone.shown(kit).get_by_role("link", name="用当事人的手机").click()
    phone.shown(kit).get_by_role("button", name="生成").click()
    phone.shown(kit).locator("[data-code]").filter(has_text=" ").wait_for()
    take(kit, "kit/theirs-code-zh")
    address, code = phone.read_code(phone.shown(kit)), phone.shown(kit).locator("[data-code]").inner_text()
    for language in LANGUAGES:
        entity.goto("/ledger")
        _speak(entity, language)
        entity.goto(address)
        take(entity, f"own/door-{language}")
    entity.locator("#code").fill(code)
    entity.locator("main form button").first.click()
    entity.locator("ol.tasklist").wait_for()
    _in_both(entity, "visit", take)
    links = [str(one.get_attribute("href")) for one in entity.locator("ol.tasklist a").all()]
    for name, address in (("notice", links[0]), ("record", links[-1])):
        entity.goto(address)
        _in_both(entity, name, take)
    entity.locator("main form a.do.plain").click()
    entity.locator("#words").wait_for()
    _in_both(entity, "refusal", take)
    kit.goto(at)


def _speak(entity: Page, language: str) -> None:
    host = entity.url.split("/")[2].split(":")[0]
    entity.context.add_cookies([{"name": "language", "value": language, "domain": host, "path": "/"}])


def _in_both(entity: Page, name: str, take: Callable[[Page, str], None]) -> None:
    for language in LANGUAGES:
        _speak(entity, language)
        entity.reload()
        take(entity, f"own/{name}-{language}")
