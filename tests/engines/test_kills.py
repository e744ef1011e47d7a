"""Chromium killed by SIGKILL in the middle of a visit: what said saved is there without a network, and arrives once."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from fieldapp.demo.people import PASSWORD
from tests.databases import ON_SQLITE
from tests.engines import hand
from tests.engines.chromium import Killable, kept
from tests.engines.conftest import Day
from tests.engines.kills import (
    COURSE,
    MOMENTS,
    Point,
    Visit,
    camera_open,
    chunk_half_sent,
    claims,
    closing,
    half_signed,
    missing,
    reply_lost,
    typed,
)
from tests.engines.tap import Tap
from tests.engines.whole import arrived_once, begin

pytestmark = pytest.mark.browser
SOME = (typed, half_signed, camera_open, chunk_half_sent, reply_lost, closing)
KEEPING = "[data-visit][data-is=kept]"


@pytest.fixture
def tap(day: Day) -> Iterator[Tap]:
    """A path on which a request can be stopped."""
    path = Tap(day.path.port)
    path.restore()
    yield path
    path.cut()


@pytest.fixture
def phone(day: Day, tap: Tap, chromium_kind: BrowserType, tmp_path: Path) -> Iterator[Killable]:
    """The leader's phone, switched on, before the path."""
    one = Killable(chromium_kind, tmp_path / "profile", f"http://127.0.0.1:{tap.port}")
    one.folder.mkdir()
    yield one
    one.kill()


@ON_SQLITE
def test_a_visit_during_which_the_browser_is_killed_again_and_again_is_whole(day: Day, phone: Killable, tap: Tap) -> None:
    visit = begin(day, phone, tap)
    go_through(day, visit, SOME)
    arrived_once(day, visit)


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_visit_survives_a_kill_at_every_moment(day: Day, phone: Killable, tap: Tap) -> None:
    visit = begin(day, phone, tap)
    go_through(day, visit, MOMENTS)
    arrived_once(day, visit)


@ON_SQLITE
def test_a_day_that_was_half_prepared_says_what_is_kept(day: Day, phone: Killable, tap: Tap) -> None:
    screen = phone.start()
    phone.context.add_cookies([day.cookie(day.users[0])])  # type: ignore[list-item]
    stop = tap.stop_at(b"GET /field/k/")
    screen.go("/field/")
    screen.press("form[action='/field/kits'] button")
    screen.see("#today[data-keep]")
    assert stop.reached.wait(20)
    phone.kill()
    tap.cut()
    tap.restore()
    screen = phone.start()
    phone.context.add_cookies([day.cookie(day.users[0])])  # type: ignore[list-item]
    screen.go("/field/")
    screen.see("#kept[data-kept]")
    said = screen.all(KEEPING, "data-kit")
    assert len(said) < len(screen.all("[data-visit]", "data-kit"))
    hand.prepare(screen)
    screen.see("#kept[data-kept]:not([data-kept='0'])")
    addresses = screen.all(KEEPING, "data-kit")
    assert set(said) < set(addresses)
    phone.kill()
    tap.cut()
    screen = phone.start()
    for address in addresses:
        screen.go(address)
        screen.see(hand.KEPT)


@pytest.mark.full
@pytest.mark.parametrize("point", MOMENTS, ids=lambda point: point.__name__)
def test_killed_once_nothing_is_lost(day: Day, phone: Killable, tap: Tap, point: Point) -> None:
    visit = begin(day, phone, tap)
    go_through(day, visit, (point,))
    arrived_once(day, visit)


def go_through(day: Day, visit: Visit, moments: tuple[Point, ...]) -> None:
    """The whole visit; at each of the moments the phone is killed and started again, first without a network."""
    for part in COURSE:
        if part in moments:
            be_killed(visit, part)
            come_back(day, visit)
        elif part not in MOMENTS:
            part(visit)
    visit.note_what_is_made()


def be_killed(visit: Visit, point: Point) -> None:
    """Killed at that moment; what said saved is there at the next start, without a network."""
    course = point(visit)
    next(course)
    before = claims(visit.page)
    visit.note_what_is_made()
    visit.phone.kill()
    visit.tap.cut()
    visit.hand = visit.phone.start()
    visit.hand.go("/field/" if point is closing else visit.kit)
    if point is closing:
        visit.hand.see("#sealed")
        assert {row["id"] for row in kept(visit.page, "ops")} >= set(visit.made)
        return
    visit.hand.see(hand.KEPT)
    expect(visit.page.locator("#state:not([data-unsent=''])")).to_be_visible()
    assert missing(before, claims(visit.page)) == [], point.__name__
    next(course, None)


def come_back(day: Day, visit: Visit) -> None:
    """There is a network again. A browser that was killed may have lost its cookie: the same person signs in, by hand once
    (an account may do so ten times in ten minutes).
    """
    visit.tap.restore()
    with visit.page.expect_response(lambda answer: answer.request.method != "GET" and "/field/" in answer.url) as first:
        visit.page.locator("#state").click()
    if first.value.status == HTTPStatus.UNAUTHORIZED:
        sign_in_again(day, visit)
    visit.hand.see("#state[data-unsent='0']")


def sign_in_again(day: Day, visit: Visit) -> None:
    if visit.has_signed_in:
        visit.phone.context.add_cookies([day.cookie(day.users[0])])  # type: ignore[list-item]
        visit.page.locator("#state").click()
        return
    visit.has_signed_in = True
    visit.hand.press("#state a[data-for~=signin]")
    visit.hand.write("[name=user_name]", day.users[0])
    visit.hand.write("[name=password]", PASSWORD)
    visit.hand.press("main form button")
