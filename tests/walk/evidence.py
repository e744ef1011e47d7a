"""Evidence as an inspector takes it: photo, film, sound, document; and what the phone says of it."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.evidence.media import FILES
from tests.walk import phone
from tests.walk.people import People, due_today, row_of

PDF = {"name": "情况说明.pdf", "mimeType": "application/pdf", "buffer": FILES["application/pdf"]}


def film(size: int) -> dict[str, Any]:
    """A film as far as its head goes, no two parts of it alike."""
    filler = b"".join(number.to_bytes(4, "big") for number in range(size // 4))
    return {"name": "现场.webm", "mimeType": "video/webm", "buffer": FILES["video/webm"] + filler}


def on_site(people: People, **options: Any) -> Page:
    """The first inspector's phone at the visit of 14:00, both members being there."""
    (user, _), (other, name) = due_today()
    phone.set_pin(people(other))
    page = people(user)
    page.goto("/field/")
    phone.prepare_the_day(page, row_of(page, "14:00").get_by_role("strong").first.inner_text())
    phone.arrive(page, name)
    return page


def at(page: Page, place: str) -> Locator:
    """Open a page of the kit by its place."""
    page.goto(f"{page.url.partition('#')[0]}#{place}")
    return phone.shown(page)


def first_check(page: Page) -> Locator:
    """The first check's page."""
    at(page, "checks").get_by_role("link", name="逐项检查").click()
    return phone.shown(page)


def record_sound(page: Page, here: Locator, seconds: float) -> None:
    """Record for a while in the page."""
    here.locator("[data-sound]").first.click()
    expect(page.get_by_text("● 正在录音")).to_be_visible()
    page.wait_for_timeout(seconds * 1000)
    page.get_by_role("button", name="停止并保存").click()
    expect(page.get_by_text("● 正在录音")).to_have_count(0)
