"""A hand on a phone, whatever its engine, and a short visit done by it: pages are known by their data attributes alone."""

from typing import Protocol

HERE = "section[data-page]:not([hidden])"
READY = "#kit[data-ready]"
KEPT = "#kit[data-ready][data-kept=true]"
NAME, CONCLUSION = "李某（示例）", "未见异常。"


class Hand(Protocol):
    """What a person does; each selector means the first element that is seen."""

    def go(self, address: str) -> None:
        """Type an address."""

    def see(self, selector: str) -> None:
        """Wait until it is there to be seen."""

    def press(self, selector: str) -> None:
        """Tap it."""

    def write(self, selector: str, text: str) -> None:
        """Fill a field."""

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list."""

    def draw(self, selector: str) -> None:
        """Draw two strokes into a box."""

    def all(self, selector: str, attribute: str) -> list[str]:
        """An attribute of every element, seen or not."""


def turn_to(hand: Hand, page: str) -> None:
    """Show one page of the kit, chosen by its address."""
    [kit] = hand.all("#kit", "data-shown")
    if kit != page:
        hand.go(f"#{page}")
    hand.see(f"#kit[data-shown='{page}']")


def prepare(hand: Hand) -> None:
    """Have the day prepared: every visit that is due has its kit."""
    hand.go("/field/")
    hand.press("form[action='/field/kits'] button")
    hand.see("#today[data-keep]")


def kit_at(hand: Hand, hour: str) -> str:
    """The address of the kit of the visit at an hour."""
    rows = zip(hand.all("[data-visit]", "data-kit"), hand.all("[data-visit]", "innerText"), strict=True)
    [address] = [kit for kit, words in rows if hour in words]
    return address


def arrive(hand: Hand, pin: str) -> None:
    """Everybody confirms: the phone's owner by the own finger, colleagues by PIN."""
    turn_to(hand, "arrive")
    for member in hand.all("[data-member]", "data-member"):
        row = f"{HERE} [data-member='{member}']"
        if hand.all(f"{row} pin-field", "tagName"):
            hand.write(f"{row} pin-field input", pin)
        hand.press(f"{row} [data-present]")
        hand.see(f"{row} [data-arrived]")


def show_cards(hand: Hand) -> None:
    """Each member's card is shown, with the certificate itself."""
    for page in hand.all("[data-page][id^=people-]", "id"):
        turn_to(hand, page)
        hand.press(f"{HERE} [data-shows]")


def receive_notice(hand: Hand) -> None:
    """The representative receives the notice by signature."""
    turn_to(hand, "notice")
    sign(hand, "notice")


def answer(hand: Hand, *, but: tuple[str, ...] = ()) -> list[str]:
    """Every check complies, but those left out; gives the paths of the answers."""
    paths = list(dict.fromkeys(one for one in hand.all("[data-path$='/answer']", "data-path") if "/check/" in one))
    for path in paths:
        if path not in but:
            turn_to(hand, page_of(path))
            hand.press(f"{HERE} label:has([data-path='{path}'][value=compliant])")
            hand.see(f"[data-mark='{path}']:not(:empty)")
    return paths


def conclude(hand: Hand) -> str:
    """Nothing was found; gives the path of the record."""
    [page] = hand.all("[data-page][id^=conclusion-]", "id")
    turn_to(hand, page)
    path = f"r/{page.removeprefix('conclusion-')}"
    hand.press(f"{HERE} label:has([data-path='{path}/conclusion/category'])")
    hand.write(f"{HERE} [data-path='{path}/conclusion/text']", CONCLUSION)
    hand.see(f"[data-mark='{path}/conclusion/category']:not(:empty)")
    return path


def sign(hand: Hand, place: str) -> None:
    """The representative signs with name and capacity."""
    form = f"{HERE} form[data-sign=entity][data-place='{place}']"
    asked = "[name=recusal][value=no]" if place == "notice" else "[name=opinion][value=true]"
    hand.press(f"{HERE} label:has({asked})")
    hand.write(f"{form} [name=name]", NAME)
    hand.choose(f"{form} [name=capacity]", "person_in_charge")
    hand.draw(f"{form} canvas")
    hand.press(f"{HERE} button[form='{hand.all(form, 'id')[0]}']")
    hand.see(f"#kit:not([data-shown='{'notice' if place == 'notice' else f'sign-{record_of(place)}'}'])")


def sign_record(hand: Hand, record: str, pin: str) -> None:
    """The representative signs, then everybody who is present."""
    turn_to(hand, f"sign-{record_of(record)}")
    sign(hand, f"{record}/record")
    sign_as_team(hand, record, pin)


def sign_as_team(hand: Hand, record: str, pin: str) -> None:
    """Each inspector signs."""
    for place in hand.all(f"form[data-sign=inspector][data-place^='{record}/record/inspector/']", "data-place"):
        sign_as_inspector(hand, place, pin)


def sign_as_inspector(hand: Hand, place: str, pin: str) -> None:
    """One inspector signs, a colleague of the phone's owner with the PIN."""
    turn_to(hand, f"team-{record_of(place)}")
    form = f"form[data-sign=inspector][data-place='{place}']"
    hand.draw(f"{form} canvas")
    if hand.all(f"{form} pin-field", "tagName"):
        hand.write(f"{form} pin-field input", pin)
    hand.press(f"{form} button:not([type])")
    hand.see(f"[data-settled='{place}']")


def close(hand: Hand) -> None:
    """The visit is closed."""
    turn_to(hand, "close")
    hand.press("[data-close]")
    hand.see("[data-closed]")


def page_of(path: str) -> str:
    """The page of a check: `r/<record>/check/<line>/…` stands on `check-<record>-<line>`."""
    _, record, _, line, *_ = path.split("/")
    return f"check-{record}-{line}"


def record_of(path: str) -> str:
    """The record that a path belongs to."""
    return path.split("/")[1]
