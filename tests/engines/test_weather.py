"""A visit in Chromium while the network loses, doubles, cuts, delays and lies: everything arrives, and arrives once."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, expect

from fieldapp import config
from tests.chaos.proxy import ALL, Fault, FaultProxy, Planned
from tests.databases import ON_SQLITE
from tests.engines import hand
from tests.engines.chromium import Killable
from tests.engines.conftest import PIN, Day
from tests.engines.hand import HERE
from tests.engines.kills import HALF, PHOTO, Visit
from tests.engines.whole import arrived_once, begin, has_originals, received_once
from tests.live import Live, serving

pytestmark = pytest.mark.browser
SHARE = 0.3
OF_A_CHUNK = (Fault.CUT_REQUEST, Fault.LOST_REPLY, Fault.DUPLICATE, Fault.CUT_REPLY, Fault.PORTAL)
NARROW = 2000  # bytes: five operations or six
SENT = "#state[data-unsent='0']"


@pytest.fixture
def seed() -> int:
    """Chance has its way here once only: what meets what is planned."""
    return 1


@pytest.fixture
def live(demonstration: config.Config, tmp_path: Path, seed: int) -> Iterator[Live]:
    """The demonstration behind a path on which requests meet faults, once that is asked for."""
    with serving(demonstration.database_url, demonstration.media_dir, tmp_path,
                 path_to=lambda target: FaultProxy(target, seed=seed)) as running:
        yield running


@pytest.fixture
def visit(day: Day, chromium_kind: BrowserType, tmp_path: Path) -> Iterator[Visit]:
    """The leader's phone in good weather, the kit open."""
    phone = Killable(chromium_kind, tmp_path / "profile", day.url)
    phone.folder.mkdir()
    yield begin(day, phone, day.path)
    phone.kill()


@ON_SQLITE
@pytest.mark.article("24")
def test_every_fault_of_a_network_is_met_and_everything_arrives_once(day: Day, visit: Visit) -> None:
    hand.arrive(visit.hand, PIN)
    expect(visit.page.locator(SENT)).to_be_visible()
    for number, fault in enumerate(ALL):
        planned = weather(visit).plan("POST", "/field/sync", fault)
        hand.turn_to(visit.hand, "arrive")
        visit.hand.write("[data-path='arrival/reason']", f"第 {number} 次")
        visit.hand.see("[data-mark='arrival/reason']:not(:empty)")
        meets(visit, planned)
    contents = [visit.photo + bytes(HALF + place) for place in range(len(OF_A_CHUNK))]
    for content, fault in zip(contents, OF_A_CHUNK, strict=True):
        planned = weather(visit).plan("PUT", "/field/chunk/", fault, HALF if fault is Fault.CUT_REQUEST else None)
        take_photo(visit, content)
        meets(visit, planned)
    all_sent(visit)
    visit.note_what_is_made()
    received_once(visit)
    has_originals(contents, day.live.media)


@ON_SQLITE
def test_a_batch_that_is_too_large_for_somebody_on_the_way_is_halved(visit: Visit) -> None:
    path = weather(visit)
    hand.arrive(visit.hand, PIN)
    expect(visit.page.locator(SENT)).to_be_visible()
    path.cut()
    hand.answer(visit.hand)
    path.most = NARROW
    path.restore()
    all_sent(visit)
    visit.note_what_is_made()
    received_once(visit)
    assert path.refused >= 2


@ON_SQLITE
@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.article("24")
@pytest.mark.parametrize("seed", [7, 11, 23])
def test_a_visit_in_bad_weather_from_the_arrival_to_the_closing_arrives_once(day: Day, visit: Visit, seed: int) -> None:
    path = weather(visit)
    path.share = SHARE
    contents = [visit.photo + bytes(size) for size in (0, HALF, 3 * HALF)]
    faults = random.Random(seed).sample(ALL, len(ALL))
    for part, fault in zip(course(visit, contents), faults, strict=True):
        planned = path.plan("POST", "/field/sync", fault)
        part()
        visit.note_what_is_made()
        meets(visit, planned)
    path.share = 0
    all_sent(visit)
    visit.note_what_is_made()
    arrived_once(day, visit)
    has_originals(contents, day.live.media)
    print(f"seed {seed}: {dict(path.weather.met)}")


def course(visit: Visit, photos: list[bytes]) -> list[Callable[[], Any]]:
    """A visit from the arrival to the closing in ten parts, a photo at each of the first checks."""
    here, checks = visit.hand, visit.checks

    def photograph(place: int) -> None:
        hand.turn_to(here, hand.page_of(checks[place]))
        take_photo(visit, photos[place])

    def conclude() -> None:
        visit.record = hand.conclude(here)

    return [lambda: hand.arrive(here, PIN), lambda: hand.show_cards(here), lambda: hand.receive_notice(here),
            lambda: photograph(0), lambda: photograph(1), lambda: photograph(2), lambda: hand.answer(here), conclude,
            lambda: hand.sign_record(here, visit.record, PIN), lambda: hand.close(here)]


def weather(visit: Visit) -> FaultProxy:
    """The path of this visit's phone."""
    assert isinstance(visit.tap, FaultProxy)
    return visit.tap


def take_photo(visit: Visit, content: bytes) -> None:
    """One more photo at the check that is shown, or at the first."""
    if not visit.hand.all(f"{HERE} photo-field", "tagName"):
        hand.turn_to(visit.hand, hand.page_of(visit.checks[0]))
    figures = visit.page.locator(f"{HERE} figure")
    before = figures.count()
    visit.page.locator(PHOTO).set_input_files({"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": content})
    expect(figures).to_have_count(before + 1)


def meets(visit: Visit, planned: Planned) -> None:
    """The request to which the fault happens is made."""
    visit.page.locator("#state").click()
    assert planned.happened.wait(10), f"nothing met: {planned.fault}"


def all_sent(visit: Visit) -> None:
    """A tap on the line, and everything has its receipt."""
    visit.page.locator("#state").click()
    visit.hand.see(SENT)
