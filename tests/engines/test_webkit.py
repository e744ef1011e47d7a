"""A short visit in WebKitGTK, with a worker and without one: there the page says that it has to stay open. What is sent in
the end goes through bad weather.

What this engine can show ends where its driver ends: its storage goes with the process, so nothing is killed here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from fieldapp import config, db
from fieldapp.sync.models import Op
from tests.chaos.proxy import Fault, FaultProxy
from tests.databases import ON_SQLITE
from tests.engines import hand
from tests.engines.conftest import PIN, Day
from tests.engines.webkit import WebKit, screen, webkit
from tests.live import Live, serving

pytestmark = [pytest.mark.browser, pytest.mark.full, ON_SQLITE]
WITHOUT_WORKER = ("-ServiceWorkers", "-CacheAPI")  # what WeChat's page on iOS does not have either
HOUR = "14:00"
BAD_WEATHER = (Fault.LOST_REPLY, Fault.PORTAL, Fault.CUT_REQUEST, Fault.BAD_GATEWAY)
BROUGHT = """
  const here = performance.getEntriesByType("resource").map(({ name }) => name);
  return Array.from(document.querySelectorAll("link[rel=later]"), ({ href }) => href).filter((one) => !here.includes(one));"""
IMPORTED = """
  const done = arguments[0], links = Array.from(document.querySelectorAll("link[rel=later]"), ({ href }) => href);
  const all = Promise.all(links.map((one) => import(one)));
  all.then(({ length }) => done(length > 5 ? "all" : length), (error) => done(String(error)));"""


@pytest.fixture
def live(demonstration: config.Config, tmp_path: Path) -> Iterator[Live]:
    """The demonstration behind a path on which requests can be told to fail; its seed is printed."""
    with serving(demonstration.database_url, demonstration.media_dir, tmp_path, path_to=FaultProxy) as running:
        yield running


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen for this module."""
    with screen() as name:
        yield name


def test_a_visit_is_held_on_a_page_that_was_kept_and_opened_without_a_network(
    day: Day, display: str, tmp_path: Path,
) -> None:
    with signed_in(day, display, tmp_path) as phone:
        hand.prepare(phone)
        phone.see("#kept[data-kept]:not([data-kept='0'])")
        phone.see("[data-visit][data-is=kept]")
        kit = hand.kit_at(phone, HOUR)
        phone.driver.refresh()
        day.path.cut()
        phone.go(kit)
        phone.see(hand.KEPT)
        assert phone.all("#no-worker", "hidden") == [True]
        made = hold(phone)
        phone.driver.refresh()
        phone.see(hand.KEPT)
        assert unsent(phone) == made
        hand.close(phone)
        everything_arrives(phone, day, made + 1)


def test_without_a_worker_the_page_asks_to_stay_open_and_loses_nothing(day: Day, display: str, tmp_path: Path) -> None:
    with signed_in(day, display, tmp_path, *WITHOUT_WORKER) as phone:
        hand.prepare(phone)
        phone.see("#no-worker")
        assert phone.all("[data-visit][data-is=kept]", "id") == []
        phone.go(hand.kit_at(phone, HOUR))
        phone.see("#kit[data-ready][data-kept=false]")
        phone.see("#no-worker")
        everything_is_brought(phone)
        day.path.cut()
        assert phone.driver.execute_async_script(IMPORTED) == "all"
        give_away_and_take_back(phone)
        made = hold(phone)
        hand.close(phone)
        everything_arrives(phone, day, made + 1)


@contextmanager
def signed_in(day: Day, display: str, folder: Path, *without: str) -> Iterator[WebKit]:
    """The leader's phone."""
    with webkit(display, folder, day.url, *without) as phone:
        phone.go("/sign-in")
        phone.driver.add_cookie(day.cookie(day.users[0]))
        assert phone.driver.execute_script("return 'serviceWorker' in navigator") is not bool(without)
        yield phone


def hold(phone: WebKit) -> int:
    """The visit from arrival to signatures, without a network; gives how many operations are on the phone."""
    hand.arrive(phone, PIN)
    hand.show_cards(phone)
    hand.receive_notice(phone)
    hand.answer(phone)
    hand.sign_record(phone, hand.conclude(phone), PIN)
    phone.see("#state[data-is=wait][data-received='0']")
    return unsent(phone)


def everything_is_brought(phone: WebKit) -> None:
    """What is only used later has come with the page, because no worker keeps it."""
    until = monotonic() + 20
    while missing := phone.driver.execute_script(BROUGHT):
        assert monotonic() < until, missing
        sleep(0.1)


def give_away_and_take_back(phone: WebKit) -> None:
    """The record shows its code, and the phone goes to the party and back."""
    page = next(one for one in phone.all("[data-page]", "id") if one.startswith("sign-"))
    hand.turn_to(phone, page)
    phone.see(f"#{page} [data-fact=code]:not(:empty)")
    phone.press(f"#{page} [data-hand]")
    phone.see("body[data-held]")
    phone.press("#held a[href='#hand']")
    phone.write("#hand-code", PIN)
    phone.press("form[data-run=takeBack] button")
    phone.see("body:not([data-held])")


def unsent(phone: WebKit) -> int:
    """How many operations have no receipt."""
    phone.see("#state:not([data-unsent=''])")
    return int(phone.all("#state", "data-unsent")[0])


def everything_arrives(phone: WebKit, day: Day, made: int) -> None:
    """With a network again, through bad weather, each operation arrives, once."""
    assert isinstance(day.path, FaultProxy)
    weather = [day.path.plan("POST", "/field/sync", fault) for fault in BAD_WEATHER]
    day.path.restore()
    phone.press("#state")
    phone.see(f"#state[data-is=received][data-unsent='0'][data-received='{made}']")
    assert all(one.happened.is_set() for one in weather)
    [visit] = phone.all("#kit", "data-kit")
    with db.transaction(write=False):
        received = db.session.query(Op.person_id, Op.visit_id, Op.device).filter(Op.device == device_of(phone)).all()
    assert len(received) == made > 20
    assert {str(row.visit_id) in visit for row in received} == {True}


def device_of(phone: WebKit) -> str:
    """The phone's own name, from its store."""
    found: str = phone.driver.execute_async_script("""
        const done = arguments[0], person = JSON.parse(document.getElementById("kit").dataset.kit).person.id;
        const opening = indexedDB.open(`fieldapp-${person}`);
        opening.onsuccess = () => {
          const asked = opening.result.transaction(["meta"]).objectStore("meta").get("phone");
          asked.onsuccess = () => { opening.result.close(); done(asked.result.d); };
        };""")
    return found
