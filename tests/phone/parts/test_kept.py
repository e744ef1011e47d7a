"""A new release whose worker does not come: what the old worker keeps of it opens without a network, with all its parts."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from fieldapp import config
from tests.chaos.proxy import Fault, FaultProxy
from tests.databases import ON_SQLITE
from tests.live import Live, serving
from tests.phone.ground import Phone
from tests.phone.test_release import lead_to, next_release, version_of

pytestmark = [pytest.mark.browser, ON_SQLITE]
NEVER = '\nthrow new Error("it did not come");\n'
LATER = """async () => {
  const links = Array.from(document.querySelectorAll("link[rel=later]"), ({ href }) => href);
  await Promise.all(links.map((one) => import(one)));
  return links.length;
}"""
LACKING = """async () => {
  const assets = await caches.open("fieldapp-assets");
  const names = Array.from(document.querySelectorAll("link[rel=later]"), (link) => link.getAttribute("href"));
  const found = await Promise.all(names.map((name) => assets.match(name)));
  return names.filter((_, place) => !found[place] || found[place].headers.get("Content-Type").includes("html"));
}"""
KEPT_IS_OF = """async (version) => {
  const kept = await (await caches.open("fieldapp-kits")).match(location.pathname);
  return (await kept.text()).includes(`/static/${version}/`);
}"""
SLOW = 5.0  # seconds: longer than the worker's patience


@pytest.fixture
def live(demonstration: config.Config, tmp_path: Path) -> Iterator[Live]:
    """The demonstration behind a path on which a request can be told to fail."""
    with serving(demonstration.database_url, demonstration.media_dir, tmp_path,
                 path_to=FaultProxy) as running:
        yield running


@pytest.fixture
def version(live: Live, inspector: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The next release's name, once it answers; its worker cannot be installed."""
    with next_release(live, tmp_path, monkeypatch, NEVER) as port:
        with urlopen(f"http://127.0.0.1:{port}/sign-in") as page:
            [found] = set(re.findall(r"/static/(\w+)/look.css", page.read().decode()))
        lead_to(live, port)
        yield found


def until(phone: Phone, script: str, argument: str | None, wanted: object) -> None:
    """Ask the page again until it gives what is wanted."""
    for _ in range(100):
        if (found := phone.page.evaluate(script, argument)) == wanted:
            return
        phone.page.wait_for_timeout(200)
    assert found == wanted


def test_the_later_parts_of_a_new_kit_are_kept_though_the_old_worker_knows_nothing_of_them(
        live: Live, inspector: Phone, version: str) -> None:
    path = live.path
    assert isinstance(path, FaultProxy)
    portal = path.plan("GET", f"/static/{version}/js/field/close.js", Fault.PORTAL)
    inspector.open_anew()
    assert version_of(inspector) == version
    assert portal.happened.wait(20)
    inspector.open_anew()
    until(inspector, LACKING, None, [])
    path.cut()
    inspector.open_anew()
    assert version_of(inspector) == version
    assert int(inspector.page.evaluate(LATER)) > 10


def test_a_kit_that_comes_too_late_to_be_shown_is_kept_with_all_it_needs(
        live: Live, inspector: Phone, version: str) -> None:
    path, page = live.path, inspector.page
    assert isinstance(path, FaultProxy)
    path.plan("GET", "/field/k/", Fault.DELAY, SLOW)
    inspector.open_anew()
    assert version_of(inspector) != version
    until(inspector, KEPT_IS_OF, version, True)
    path.cut()
    page.reload()
    expect(page.locator("#kit[data-ready][data-kept=true]")).to_be_visible(timeout=20_000)
    assert version_of(inspector) == version
