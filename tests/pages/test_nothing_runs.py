"""What people write never runs in another's browser: stored, sent back by a form, or asked for in an address."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error, Page

from tests.access.users import User
from tests.databases import ON_SQLITE
from tests.live import Live
from tests.pages.payloads import PAYLOADS
from tests.pages.poison import Poison
from tests.pages.visiting import Address, by_user, enter

pytestmark = ON_SQLITE
HOOK = "window.__ran = 0; for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__ran = 1 }"
# What ran, and what a payload would have left in the page had it been taken for more than text.
LOOK = """() => {
    const inside = [...document.querySelectorAll("script:not([src]), iframe, object, embed, base, meta[http-equiv]")]
    const handlers = [...document.querySelectorAll("*")].filter(one => one.getAttributeNames().some(name =>
        name.startsWith("on") || name.startsWith("hx-on") || /^(java\\s*script|data|vbscript):/i.test(
            ["href", "src", "action", "formaction"].includes(name) ? one.getAttribute(name).trim() : "")))
    const data = inside.filter(one => one.type !== "application/json" && one.type !== "application/ld+json")
    return [window.__ran, ...data.map(one => one.outerHTML), ...handlers.map(one => one.outerHTML)].map(
        one => String(one).slice(0, 200)).filter(one => one !== "0")
}"""
FILL = """(text) => {
    for (const form of document.forms) form.noValidate = true
    let filled = 0
    for (const one of document.querySelectorAll("input, textarea")) {
        if (one.closest("dialog, fieldwork-kit") || /^(hidden|checkbox|radio|file|submit|button)$/.test(one.type)) continue
        one.removeAttribute("maxlength"); one.removeAttribute("pattern"); one.type = one.localName === "input" ? "text" : one.type
        one.value = text; filled++
    }
    return filled
}"""
NAMES = ("q", "state", "category", "division", "next", "page", "action", "verdict", "name", "reason", "group", "result")


class Watch:
    """A phone that notices whatever runs."""

    def __init__(self, phone: Page, complaints: list[str]) -> None:
        self.phone, self.complaints, self.found, self.pages = phone, complaints, list[str](), 0
        phone.add_init_script(HOOK)
        phone.on("dialog", lambda dialog: (self.found.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def look(self, what: str) -> None:
        """Note what ran on the page that is open, and what the policy had to stop."""
        self.pages += 1
        self.phone.mouse.move(100, 200 + self.pages % 300)
        stopped = [one for one in self.complaints if "Failed to load resource" not in one]
        self.complaints.clear()
        self.found += [f"{what}: {one}" for one in [*self.phone.evaluate(LOOK), *stopped]]


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_nothing_stored_runs(live: Live, pages: list[Address], open_phone: Callable[..., Page],
                             complaints: list[str]) -> None:
    poison = Poison()
    poison.spread()
    watch = Watch(open_phone(), complaints)
    by_user(pages, lambda user, theirs: _visit(watch, live.url, user, theirs))
    print(f"{len(PAYLOADS)} payloads in {len(poison.fields)} fields ({len(poison.given)} texts), {watch.pages} pages")
    assert len(PAYLOADS) >= 40
    assert len(poison.fields) >= 50
    assert watch.found == []


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_nothing_sent_or_asked_runs(live: Live, pages: list[Address], open_phone: Callable[..., Page],
                                    complaints: list[str]) -> None:
    watch, sent, filled = Watch(open_phone(), complaints), 0, 0

    def try_everything(user: User, theirs: list[Address]) -> None:
        nonlocal sent, filled
        enter(watch.phone, live.url, user)
        for number, address in enumerate(theirs):
            text = PAYLOADS[(number * 7 + len(str(user))) % len(PAYLOADS)]
            asked = urlencode({name: PAYLOADS[(number + place) % len(PAYLOADS)] for place, name in enumerate(NAMES)})
            _open(watch.phone, f"{live.url}{address.path}{'&' if '?' in address.path else '?'}{asked}")
            watch.look(f"{address.path}?…")
            for form in range(_forms(watch.phone, live.url + address.path)):
                if form:  # the first stands there
                    _open(watch.phone, live.url + address.path)
                filled += _send(watch.phone, form, text)
                sent += 1
                watch.look(f"{address.path} form {form} {text}")
                if "/sign-in" in watch.phone.url:
                    enter(watch.phone, live.url, user)

    by_user(pages, try_everything)
    print(f"{len(PAYLOADS)} payloads, {sent} forms sent with {filled} fields, {watch.pages} pages")
    assert filled >= 100
    assert watch.found == []


def _visit(watch: Watch, url: str, user: User, theirs: list[Address]) -> None:
    enter(watch.phone, url, user)
    for address in theirs:
        answer = _open(watch.phone, url + address.path)
        if answer >= 500:
            watch.found.append(f"{address.path}: {answer}")
        watch.look(address.path)


def _open(phone: Page, address: str) -> int:
    answer = phone.goto(address, wait_until="load")
    return answer.status if answer else 0


def _forms(phone: Page, address: str) -> int:
    """Open the page: how many forms of it change something and have a field to write in."""
    _open(phone, address)
    return int(phone.evaluate("() => [...document.forms].filter(form => form.method === 'post' && form.querySelector("
                              "'textarea, input[type=text], input:not([type]), input[type=search], input[type=date]')).length"))


def _send(phone: Page, form: int, text: str) -> int:
    """Write the text into every field of the open page and send the form; how many fields there were."""
    filled = int(phone.evaluate(FILL, text))
    submit = ("number => { const form = [...document.forms].filter(form => form.method === 'post' && form.querySelector("
              "'textarea, input[type=text], input:not([type]), input[type=search], input[type=date]'))[number]; "
              "if (form) form.requestSubmit(form.querySelector('button:not([type=button])')) }")
    try:
        with phone.expect_navigation(wait_until="load", timeout=5000):
            phone.evaluate(submit, form)
    except Error:
        phone.wait_for_load_state("load")
    return filled
