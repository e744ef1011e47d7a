"""The moments at which the phone's browser is killed. Each is a generator: up to the `yield` it leads to the moment;
after it, the phone having been started again without a network, it says what has to be there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from tests.engines import hand
from tests.engines.chromium import Chromium, Killable, kept
from tests.engines.conftest import PIN
from tests.engines.hand import HERE
from tests.engines.tap import HALF, Stop, Tap

REASON, PLACE, NOTE, OTHER_NOTE, FINDING = "按约定时间到达。", "厂区东门", "台账齐全。", "另一窗口所记。", "消防通道被占。"
OTHER = f"{HERE} [data-run=other] [name=text]"
LONG_BACK = """() => {
  window.dispatchEvent(new Event("focus"));
  return new Promise((go) => { setTimeout(go, 1300); });
}"""
PHOTO = f"{HERE} photo-field input[type=file][accept='image/*'][capture]"


@dataclass
class Visit:
    """A visit in the hand, its phone, and the path to the server."""

    phone: Killable
    tap: Tap
    hand: Chromium
    kit: str
    photo: bytes
    made: dict[str, Any] = field(default_factory=dict)
    record: str = ""
    has_signed_in: bool = False

    @property
    def page(self) -> Page:
        return self.hand.page

    @property
    def checks(self) -> list[str]:
        """The paths of the answers."""
        return list(dict.fromkeys(one for one in self.hand.all("[data-path$='/answer']", "data-path") if "/check/" in one))

    def note_what_is_made(self) -> None:
        """Remember every operation that the phone holds, by its id."""
        self.made |= {row["id"]: row["op"] for row in kept(self.page, "ops") if row.get("op")}


Point = Callable[[Visit], Iterator[None]]


def typing(visit: Visit) -> Iterator[None]:
    """Keys are still coming: nothing was promised."""
    hand.turn_to(visit.hand, "arrive")
    visit.page.locator("[data-path='arrival/reason']").focus()
    visit.page.keyboard.type(REASON)
    yield
    assert visit.page.locator("[data-path='arrival/reason']").input_value() in {"", REASON}


def typed(visit: Visit) -> Iterator[None]:
    """The pause is over, the field says saved; nobody has left it."""
    hand.turn_to(visit.hand, "arrive")
    visit.page.locator("[data-path='arrival/place']").focus()
    visit.page.keyboard.type(PLACE)
    visit.hand.see("[data-mark='arrival/place']:not(:empty)")
    yield
    expect(visit.page.locator("[data-path='arrival/place']")).to_have_value(PLACE)


def half_signed(visit: Visit) -> Iterator[None]:
    """One stroke is drawn, the finger draws the second."""
    hand.turn_to(visit.hand, "notice")
    pad = f"{HERE} form[data-place=notice] canvas"
    visit.hand.stroke(pad, 0.3)
    visit.page.mouse.up()
    while not any(str(row["key"]).startswith("strokes|") for row in kept(visit.page, "meta")):
        pass
    visit.hand.stroke(pad, 0.6)
    yield
    hand.turn_to(visit.hand, "notice")
    expect(visit.page.locator("form[data-place=notice] signature-field[data-signed]")).to_be_visible()


def answered(visit: Visit) -> Iterator[None]:
    """An answer has just said saved."""
    path = visit.checks[0]
    hand.turn_to(visit.hand, hand.page_of(path))
    visit.hand.press(f"{HERE} label:has([value=compliant])")
    visit.hand.see(f"[data-mark='{path}']:not(:empty)")
    yield
    expect(visit.page.locator(f"[data-path='{path}'][value=compliant]")).to_be_checked()


def finding_typed(visit: Visit) -> Iterator[None]:
    """A finding outside the list is typed, its button not pressed yet."""
    hand.turn_to(visit.hand, "checks")
    visit.hand.press(f"{HERE} details:has([data-run=other]) > summary")
    visit.page.locator(OTHER).focus()
    visit.page.keyboard.type(FINDING)
    while not any(row.get("typed") for row in kept(visit.page, "meta")):
        pass
    yield
    hand.turn_to(visit.hand, "checks")
    expect(visit.page.locator(OTHER)).to_be_visible()
    expect(visit.page.locator(OTHER)).to_have_value(FINDING)


def camera_open(visit: Visit) -> Iterator[None]:
    """The camera is open, as when a phone ends its browser for it: the page comes back there, and asks again."""
    hand.turn_to(visit.hand, hand.page_of(visit.checks[1]))
    with visit.page.expect_file_chooser():
        visit.page.locator(PHOTO).evaluate("input => input.click()")
    yield
    visit.hand.see("#told")
    assert visit.page.url.endswith(f"#{hand.page_of(visit.checks[1])}")


def photo_chosen(visit: Visit) -> Iterator[None]:
    """A photo was chosen and is still being copied, the camera long closed: the page comes back there, and asks again."""
    page = hand.page_of(visit.checks[1])
    hand.turn_to(visit.hand, page)
    visit.page.evaluate("() => { crypto.subtle.digest = () => new Promise(() => null); }")
    with visit.page.expect_file_chooser() as camera:
        visit.page.locator(PHOTO).evaluate("input => input.click()")
    camera.value.set_files({"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": visit.photo})
    visit.page.evaluate(LONG_BACK)
    yield
    visit.hand.see("#told")
    assert visit.page.url.endswith(f"#{page}")


def photo_there(visit: Visit) -> Iterator[None]:
    """A photo has just appeared in its place."""
    hand.turn_to(visit.hand, hand.page_of(visit.checks[1]))
    _choose(visit, visit.photo)
    expect(visit.page.locator(f"{HERE} figure")).to_have_count(1)
    yield
    hand.turn_to(visit.hand, hand.page_of(visit.checks[1]))
    expect(visit.page.locator(f"{HERE} figure")).to_have_count(1)


def chunk_half_sent(visit: Visit) -> Iterator[None]:
    """A part of a large photo is on its way, and half of it is through."""
    stop = visit.tap.stop_at(b"PUT /field/chunk/", through=HALF)
    hand.turn_to(visit.hand, hand.page_of(visit.checks[2]))
    _choose(visit, visit.photo + bytes(3 * HALF))
    expect(visit.page.locator(f"{HERE} figure")).to_have_count(1)
    _wait(visit, stop)
    yield
    hand.turn_to(visit.hand, hand.page_of(visit.checks[2]))
    expect(visit.page.locator(f"{HERE} figure")).to_have_count(1)


def two_tabs(visit: Visit) -> Iterator[None]:
    """The kit is open twice; both windows write."""
    other = visit.phone.window()
    other.go(visit.kit)
    other.see(hand.READY)
    paths = [visit.checks[place].replace("/answer", "/note") for place in (3, 4)]
    for window, path, words in zip((visit.hand, other), paths, (NOTE, OTHER_NOTE), strict=True):
        hand.turn_to(window, hand.page_of(path))
        window.write(f"{HERE} [data-path='{path}']", words)
    for window, path in zip((visit.hand, other), paths, strict=True):
        window.see(f"[data-mark='{path}']:not(:empty)")
    yield
    for path, words in zip(paths, (NOTE, OTHER_NOTE), strict=True):
        expect(visit.page.locator(f"[data-path='{path}']")).to_have_value(words)


def reply_lost(visit: Visit) -> Iterator[None]:
    """The server has received and answered; the answer is still on its way."""
    path = visit.checks[5].replace("/answer", "/note")
    hand.turn_to(visit.hand, hand.page_of(path))
    expect(visit.page.locator("#state[data-unsent='0']")).to_be_visible()
    stop = visit.tap.stop_at(b"POST /field/sync", answer=True)
    visit.hand.write(f"{HERE} [data-path='{path}']", NOTE)
    _wait(visit, stop)
    yield
    expect(visit.page.locator(f"[data-path='{path}']")).to_have_value(NOTE)


def signed(visit: Visit) -> Iterator[None]:
    """The entity has just signed."""
    hand.turn_to(visit.hand, f"sign-{hand.record_of(visit.record)}")
    hand.sign(visit.hand, f"{visit.record}/record")
    yield
    hand.turn_to(visit.hand, f"sign-{hand.record_of(visit.record)}")
    visit.hand.see(f"[data-settled='{visit.record}/record']")


def closing(visit: Visit) -> Iterator[None]:
    """The page has just said that the visit is closed; what waits may be half sealed."""
    hand.close(visit.hand)
    yield


def arrival(visit: Visit) -> None:
    hand.arrive(visit.hand, PIN)
    hand.show_cards(visit.hand)


def notice(visit: Visit) -> None:
    hand.receive_notice(visit.hand)


def answers(visit: Visit) -> None:
    hand.answer(visit.hand)
    visit.record = hand.conclude(visit.hand)


def signatures(visit: Visit) -> None:
    if visit.hand.all(f"form[data-sign=entity][data-place='{visit.record}/record']", "hidden") == [False]:
        hand.turn_to(visit.hand, f"sign-{hand.record_of(visit.record)}")
        hand.sign(visit.hand, f"{visit.record}/record")
    hand.sign_as_team(visit.hand, visit.record, PIN)


def end(visit: Visit) -> None:
    if visit.hand.all("[data-closed]", "hidden") == [True]:
        hand.close(visit.hand)


# A visit in its order: what is done anyhow, and between it the moments.
COURSE: tuple[Callable[[Visit], None] | Point, ...] = (
    typing, typed, arrival, half_signed, notice, answered, finding_typed, camera_open, photo_chosen, photo_there,
    chunk_half_sent, two_tabs, answers, reply_lost, signed, signatures, closing, end)
MOMENTS: tuple[Point, ...] = (typing, typed, half_signed, answered, finding_typed, camera_open, photo_chosen, photo_there,
                              chunk_half_sent, two_tabs, reply_lost, signed, closing)


CLAIMS = """() => {
  const seen = (selector) => Array.from(document.querySelectorAll(selector)).filter((one) => !one.hidden);
  const fields = {};
  for (const mark of seen("[data-mark]").filter((one) => one.textContent && one.dataset.is !== "bad")) {
    const path = mark.dataset.mark;
    const controls = Array.from(document.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)).filter((one) => "value" in one);
    const control = controls.find((one) => one.type !== "radio" || one.checked);
    if (control) fields[path] = control.value;
  }
  const { unsent, received } = document.getElementById("state").dataset;
  return {
    fields, count: Number(unsent) + Number(received),
    arrived: seen("[data-arrived]").map((one) => one.closest("[data-member]").dataset.member),
    settled: seen("[data-settled]").map((one) => one.dataset.settled),
    shown: seen("[data-mark^='credential/']").filter((one) => one.textContent).map((one) => one.dataset.mark),
  };
}"""


def claims(page: Page) -> dict[str, Any]:
    """Everything that the page says is saved on this phone."""
    said: dict[str, Any] = page.evaluate(CLAIMS)
    return said


def missing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What was said to be saved and is not there."""
    lost = [path for path, value in before["fields"].items() if after["fields"].get(path) != value]
    for name in ("arrived", "settled", "shown"):
        lost += sorted(set(before[name]) - set(after[name]))
    return lost + (["operations"] if after["count"] < before["count"] else [])


def _choose(visit: Visit, content: bytes) -> None:
    visit.page.locator(PHOTO).set_input_files({"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": content})


def _wait(visit: Visit, stop: Stop) -> None:
    """Until the path has stopped; the page goes on meanwhile."""
    visit.page.locator("#state").click()
    reached = stop.reached.wait(20)
    assert reached, f"nothing came to be stopped; the page: {visit.page.locator('#state').get_attribute('data-is')}"
