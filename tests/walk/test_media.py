"""Evidence of every kind, taken on a phone of 360 × 740, sent, interrupted, sent on."""

import re
from hashlib import sha256

import pytest
from playwright.sync_api import Page, Request, expect

from tests.databases import ON_SQLITE
from tests.live import Live
from tests.walk import phone
from tests.walk.evidence import PDF, at, film, first_check, on_site, record_sound
from tests.walk.people import People

pytestmark = [pytest.mark.browser, ON_SQLITE]
LOST = "net::ERR_"


def is_kept(live: Live, content: bytes) -> bool:
    """Whether the server holds exactly these bytes as an original."""
    return any(file.read_bytes() == content for file in live.media.rglob(sha256(content).hexdigest()))


def everything_is_received(page: Page) -> None:
    expect(page.locator("#state[data-is=received][data-unsent='0']")).to_be_visible(timeout=60_000)


@pytest.mark.article("24")
def test_photo_film_sound_and_file_are_taken_shown_and_received(live: Live, people: People) -> None:
    page = on_site(people)
    photo, clip = phone.small_photo(), film(3_000_000)
    here = first_check(page)
    here.get_by_label("＋ 拍照").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo})
    here.get_by_label("录像").set_input_files(clip)
    record_sound(page, here, 2.5)
    here.get_by_label("文件", exact=True).set_input_files(PDF)
    expect(here.get_by_role("figure")).to_have_count(4)
    expect(here.get_by_role("figure").filter(has_text="录像")).to_contain_text("3.0 MB")
    expect(here.get_by_role("figure").filter(has_text="录音")).to_contain_text("0:0")
    expect(here.get_by_role("figure").filter(has_text="文件")).to_contain_text("情况说明.pdf")
    expect(here.get_by_role("img")).to_have_count(1)
    here = at(page, "evidence")
    here.get_by_label("文件", exact=True).first.set_input_files(PDF)
    expect(here.locator("[data-overview] figure")).to_have_count(5)
    everything_is_received(page)
    assert all(is_kept(live, content) for content in (photo, clip["buffer"], PDF["buffer"]))
    heads = [file.read_bytes()[:4096] for file in (live.media / "originals").rglob("*") if file.is_file()]
    assert len([head for head in heads if b"A_OPUS" in head and b"V_VP8" not in head]) == 1
    page.reload()
    phone.ready(page)
    expect(phone.shown(page).locator("[data-overview] figure")).to_have_count(5)
    expect(phone.shown(page).get_by_text("✓").first).to_be_visible()


@pytest.mark.article("24")
def test_a_film_half_sent_and_a_recording_nobody_ended_go_on_after_the_browser_was_killed(
    live: Live, people: People, complaints: list[str],
) -> None:
    page = on_site(people)
    clip = film(20_000_000)
    parts = -(-len(clip["buffer"]) // 524_288)
    put: list[str] = []
    address, context = f"{page.url.partition('#')[0]}#evidence", page.context

    def hear(request: Request) -> None:
        answer = request.response() if request.method == "PUT" else None
        if answer and answer.ok:
            put.append(request.url)

    context.on("requestfinished", hear)
    at(page, "evidence").get_by_label("录像").first.set_input_files(clip, timeout=60_000)
    expect(page.locator("#state")).to_contain_text("/ 20.0 MB", timeout=30_000)
    expect(page.locator("#state")).to_have_text(re.compile(r"· (?:[4-9]|1\d)\.\d / 20\.0 MB"), timeout=30_000)
    live.path.cut()
    expect(page.locator("#state[data-is=wait]")).to_be_visible()
    begun = len(put)
    assert 4 < begun < parts
    phone.shown(page).locator("[data-sound]").first.click()
    expect(page.get_by_text("● 正在录音 0:05")).to_be_visible(timeout=20_000)
    page.close()
    live.path.restore()
    page = context.new_page()
    page.goto(address)
    phone.ready(page)
    expect(page.get_by_text("上次录音中断，已录的部分已经保存。")).to_be_visible(timeout=30_000)
    everything_is_received(page)
    assert is_kept(live, clip["buffer"])
    film_again = put[:begun] + [url for url in put[begun:] if url in put[:begun]]
    assert len(film_again) == begun
    assert parts <= len(set(put)) + 1 <= parts + 2  # one may have come whose answer was lost; one is the recording
    expect(phone.shown(page).locator("[data-overview] figure").filter(has_text="录音")).to_have_count(1)
    assert parts_of_recordings(page) == 0
    complaints[:] = [one for one in complaints if LOST not in one]


def parts_of_recordings(page: Page) -> int:
    """How many parts of recordings still wait to be put together on the phone."""
    return int(page.evaluate("""() => new Promise((done) => {
      const { person } = JSON.parse(document.getElementById("kit").dataset.kit);
      indexedDB.open(`fieldapp-${person.id}`).onsuccess = ({ target }) => {
        const all = target.result.transaction(["media"]).objectStore("media").getAllKeys();
        all.onsuccess = () => done(all.result.filter((key) => key.startsWith("rec|")).length);
      };
    })"""))
