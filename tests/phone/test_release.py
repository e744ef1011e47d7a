"""A new release while phones are out: it waits until the open kit is left, and what was kept under the old one still opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from playwright.sync_api import expect

from fieldapp.config import HOME
from tests.databases import ON_SQLITE
from tests.live import Live, serving
from tests.phone.ground import Phone
from tests.walk.people import row_of

pytestmark = [pytest.mark.browser, ON_SQLITE]
PARTS = ("fieldapp", "static", "templates", "migrations")
FORGOTTEN = "/static/000000000000/js/field/kit.js"
PLANT = 'async (name) => (await caches.open("fieldapp-assets")).put(name, new Response("of a release that nobody has"))'
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/field/");
  await registration.update();
  const fresh = registration.installing || registration.waiting;
  if (fresh.state === "installing") await new Promise((done) => fresh.addEventListener("statechange", done, { once: true }));
}"""
WHO = """async () => {
  const { waiting, active } = await navigator.serviceWorker.getRegistration("/field/");
  const { controller } = navigator.serviceWorker;
  return [Boolean(waiting), active.state, Boolean(controller) && controller === active];
}"""
TAKEN_OVER = """async () => {
  const { waiting, active } = await navigator.serviceWorker.getRegistration("/field/");
  const next = waiting || active;
  while (next.state !== "activated") await new Promise((done) => next.addEventListener("statechange", done, { once: true }));
}"""
KEPT = """async () => {
  const names = (await (await caches.open("fieldapp-assets")).keys()).map(({ url }) => new URL(url).pathname);
  return names.filter((name) => name.startsWith("/static/"));
}"""


@pytest.fixture
def release(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The next release over the same data, one script of it changed: the port at which it answers."""
    with next_release(live, tmp_path, monkeypatch) as port:
        yield port


@contextmanager
def next_release(live: Live, folder: Path, monkeypatch: pytest.MonkeyPatch, worker: str = "") -> Iterator[int]:
    """Serve it, with these lines at the end of its worker."""
    home, served = folder / "next", folder / "served"
    for part in PARTS:
        copytree(HOME / part, home / part, ignore=ignore_patterns("vendor") if part == "templates" else None)
    added = {"words": '\ndocument.documentElement.dataset.release = "next";\n', "worker": worker}
    for name, lines in added.items():
        with (home / f"static/js/field/{name}.js").open("a", encoding="utf-8") as script:
            script.write(lines)
    monkeypatch.setenv("PYTHONPATH", str(home))
    served.mkdir()
    with serving(live.database_url, live.media, served, by_command=True) as running:
        yield running.path.target


def test_a_new_release_waits_for_the_open_kit_and_kits_of_the_old_one_still_open(
        live: Live, inspector: Phone, release: int) -> None:
    page, mine = inspector.page, inspector.page.url
    other = row_of_other(inspector)
    old = version_of(inspector)
    page.evaluate(PLANT, FORGOTTEN)
    lead_to(live, release)
    page.evaluate(UPDATE)
    assert page.evaluate(WHO) == [True, "activated", True]
    inspector.open_anew()
    assert page.evaluate(WHO) == [True, "activated", True]
    new = version_of(inspector)
    assert new != old
    assert {old, new} <= {name.split("/")[2] for name in page.evaluate(KEPT)}
    assert FORGOTTEN in page.evaluate(KEPT)

    page.goto("/me")
    page.evaluate(TAKEN_OVER)
    assert page.evaluate(WHO)[0] is False
    kept = page.evaluate(KEPT)
    assert FORGOTTEN not in kept
    live.path.cut()
    page.goto(other)
    expect(page.locator("#kit[data-ready][data-kept=true]")).to_be_visible()
    assert version_of(inspector) == old
    assert page.locator("html").get_attribute("data-release") is None
    assert inspector.show("arrive")
    page.get_by_label("检查地点").fill("厂区东门")
    page.get_by_label("检查地点").blur()
    expect(page.locator("#state[data-unsent='1']")).to_be_visible()
    page.goto(mine)
    expect(page.locator("#kit[data-ready][data-kept=true]")).to_be_visible()
    assert version_of(inspector) == new
    expect(page.locator("html[data-release=next]")).to_have_count(1)
    live.path.restore()
    page.goto(other)
    expect(page.locator("#state[data-unsent='0'][data-received='1']")).to_be_visible()


def lead_to(live: Live, port: int) -> None:
    """From now on that server answers, also those who were talking to the other."""
    live.path.cut()
    live.path.target = port
    live.path.restore()


def row_of_other(phone: Phone) -> str:
    """The address of the kit of 16:00, kept as well."""
    address = phone.page.url
    phone.page.goto("/field/")
    row = row_of(phone.page, "16:00")
    expect(row).to_have_attribute("data-is", "kept")
    found = str(row.get_attribute("data-kit"))
    phone.page.goto(address)
    expect(phone.page.locator("#kit[data-ready][data-kept=true]")).to_be_visible()
    return found


def version_of(phone: Phone) -> str:
    """The release whose script the page names."""
    return str(phone.page.locator("script[type=module]").get_attribute("src")).split("/")[2]
