"""A reader's browser computes a published draw again, from its public files; another file is found out."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from fieldapp import config, db
from fieldapp.app import create_app
from fieldapp.cli.serving import upgrade_database
from fieldapp.draw import queries
from tests.databases import ON_SQLITE, Databases
from tests.demonstration import close, settings_for
from tests.draw.bundle.laid_down import ADDRESS, draw_golden
from tests.draw.bundle.sample import files, given_by_one, stratified, with_beacon
from tests.live import Live, serving
from tests.people import assemble

pytestmark = pytest.mark.browser


@pytest.fixture
def demonstration(demonstration: config.Config) -> config.Config:
    """What the live product serves; this process reads it too."""
    create_app(demonstration)
    return demonstration


def other_weight(content: str) -> str:
    return content.replace(" 1\n", " 9\n", 1)


def other_value(content: str) -> str:
    parts = json.loads(content)
    parts[0]["reveal"]["value"] = "36"
    return json.dumps(parts)


def moved_to_another(content: bytes) -> bytes:
    return content.replace(b" 1 A\n", b" 1 D\n", 1)


def in_no_stratum(content: bytes) -> bytes:
    return content.replace(b" 1 A\n", b" 1\n", 1)


def other_order(content: str) -> str:
    return "".join(f"{line}\n" for line in reversed(content.split()))


@ON_SQLITE
@pytest.mark.article("3", "16")
def test_a_reader_computes_a_draw_again(live: Live, open_phone: Callable[..., Page], tmp_path: Path) -> None:
    page = open_phone(base_url=live.url)
    with db.transaction(write=False):
        *_, draw = [one for one in queries.public_draws() if one.drawn_at]
        address = f"/public/draws/{draw.year}/{draw.number}"
    assert verdict(page, address) == "ok"
    page.screenshot(path=tmp_path / "verified.png", full_page=True)
    for name, change, found in (("leaves.txt", other_weight, "root"), ("contributions.json", other_value, "seed"),
                                ("selected.txt", other_order, "selection"), ("manifest.json", lambda text: text + " ", "seed")):
        page.route(f"**/{name}", forging(change))
        assert verdict(page, address) == found, name
        page.unroute(f"**/{name}")


@pytest.fixture(scope="module")
def golden(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The product with the golden draw and nothing else."""
    url, folder = databases.empty(), tmp_path_factory.mktemp("golden")
    upgrade_database(url)
    create_app(settings_for(url, folder / "media"))
    with db.transaction(write=True):
        cast = assemble()
    draw_golden(cast)
    close()
    with serving(url, folder / "media", folder) as running:
        yield running
    databases.drop(url)


@ON_SQLITE
@pytest.mark.article("3", "16")
def test_a_browser_comes_to_the_golden_selection(golden: Live, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=golden.url)
    assert verdict(page, ADDRESS) == "ok"
    expect(page.locator("verify-draw [role=status]")).to_contain_text("8 户")
    for name, change, found in (("reserve.txt", other_order, "selection"), ("leaves.txt", other_weight, "root")):
        page.route(f"**/{name}", forging(change))
        assert verdict(page, ADDRESS) == found, name
        page.unroute(f"**/{name}")


@ON_SQLITE
@pytest.mark.article("16")
def test_a_browser_draws_each_stratum_by_itself(golden: Live, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=golden.url)
    strata = files(stratified(), quota=8, strata={"A": 5, "D": 3})
    hand_out(page, strata)
    assert verdict(page, ADDRESS) == "ok"
    expect(page.locator("verify-draw [role=status]")).to_contain_text("8 户")
    order = strata["selected.txt"].split()
    hand_out(page, strata | {"selected.txt": b"\n".join(order[5:] + order[:5])})
    assert verdict(page, ADDRESS) == "selection"
    for change in (moved_to_another, in_no_stratum):
        hand_out(page, strata | {"leaves.txt": change(strata["leaves.txt"])})
        assert verdict(page, ADDRESS) == "strata", change


@ON_SQLITE
@pytest.mark.article("3")
def test_a_browser_refuses_a_seed_that_one_person_alone_gave(golden: Live, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=golden.url)
    hand_out(page, given_by_one())
    assert verdict(page, ADDRESS) == "seed"


@ON_SQLITE
@pytest.mark.article("3", "16")
def test_a_browser_takes_a_beacon_as_the_last_part_of_the_seed(golden: Live, open_phone: Callable[..., Page]) -> None:
    page, content = open_phone(base_url=golden.url), with_beacon()
    hand_out(page, content)
    assert verdict(page, ADDRESS) == "ok"
    parts = json.loads(content["contributions.json"])
    for changed, found in (([*parts[:2], parts[2] | {"round": 1001}], "selection"), (parts[:2], "seed")):
        hand_out(page, content | {"contributions.json": json.dumps(changed).encode()})
        assert verdict(page, ADDRESS) == found


def hand_out(page: Page, content: Mapping[str, bytes]) -> None:
    """Somebody on the way who hands out other files altogether."""
    def answer(route: Route) -> None:
        route.fulfill(body=content[route.request.url.rpartition("/")[2]], content_type="text/plain; charset=utf-8")

    page.unroute_all()
    page.route(re.compile(rf"/901/({'|'.join(content)})$"), answer)


def verdict(page: Page, address: str) -> str:
    """What the page says after the button."""
    page.goto(address)
    page.locator("verify-draw button").click()
    expect(page.locator("verify-draw[data-verdict]")).to_have_count(1)
    expect(page.locator("verify-draw [role=status]")).to_be_visible()
    return str(page.locator("verify-draw").get_attribute("data-verdict"))


def forging(change: Callable[[str], str]) -> Callable[[Route], None]:
    """Somebody on the way who changes a file."""
    def forge(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.text()))
    return forge
