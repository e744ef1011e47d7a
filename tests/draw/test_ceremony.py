"""The draw on a wall and its minutes: each step as it is done, the whole in figures, nobody drawn by name."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.draw import queries
from fieldapp.draw.queries.draws import tickets
from fieldapp.draw.routes.ceremony import SHOWN, shown_value
from tests.draw.makers import draw_all, freeze, make_seed, prepared
from tests.people import Cast

pytestmark = pytest.mark.article("16")


def names_of_drawn(draw_id: UUID) -> list[str]:
    with db.transaction(write=False):
        return [name for one in queries.drawn_objects(draw_id) for name in (
            one.object.name, one.object.uscc, *(seat.inspector.name for seat in one.seats))]


def test_the_wall_follows_the_steps_and_goes_on_asking_until_the_last(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    draw_id = freeze(cast, prepared(cast))
    browser, address = client_of(cast.officer), f"/draws/{draw_id}/ceremony"
    frozen = browser.get(address).text
    assert ("二 承诺与揭示" in frozen, "三 抽取检查对象" in frozen, frozen.count("every 3s")) == (True, False, 2)
    make_seed(cast, draw_id)
    revealed = browser.get(address).text
    assert "3 1 4" in revealed
    assert "2 6 5" in revealed
    draw_all(cast, draw_id)
    done = browser.get(address).text
    public = browser.get("/public/draws").text.partition('href="/public/draws/')[2].partition('"')[0]
    assert (f"localhost/public/draws/{public}" in frozen, f"localhost/public/draws/{public}" in done) == (False, True)
    assert ("三 抽取检查对象：2 户" in done, "四 匹配执法检查人员" in done, "every 3s" in done) == (True, True, False)
    part = browser.get(address, headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#teams"}).text
    assert ("四 匹配执法检查人员" in part, "<html" in part) == (True, False)


def test_neither_the_wall_nor_the_minutes_name_who_is_drawn(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    draw_id = freeze(cast, prepared(cast))
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    drawn = names_of_drawn(draw_id)
    assert drawn
    for page in ("ceremony", "minutes"):
        text = client_of(cast.legal).get(f"/draws/{draw_id}/{page}").text
        assert [name for name in drawn if name in text] == []


def test_the_minutes_hold_all_that_was_settled_committed_shown_and_drawn(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    draw_id = freeze(cast, prepared(cast))
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    text = client_of(cast.department_head).get(f"/draws/{draw_id}/minutes").text
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        said = [draw.root, draw.manifest_hash, draw.seed, draw.transcript_root]
        said += [one.leaf for one in queries.drawn_objects(draw_id)]
        said += [one.commitment for one in draw.contributions] + [(one.nonce or b"").hex() for one in draw.contributions]
    assert [one for one in said if not one or one not in text] == []


@pytest.mark.parametrize(("value", "shown"), [(b"3 1 4", "3 1 4"), (b"\xff\x00", "ff00"), (b"\x01", "01"), ("四".encode(), "四")])
def test_a_value_is_shown_as_it_was_read_aloud_or_in_digits(value: bytes, shown: str) -> None:
    assert shown_value(value) == shown


def test_the_wall_reads_no_more_tickets_than_it_has_room_for(
        cast: Cast, client_of: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def watched(draw_id: UUID, most: int | None = None) -> list[tuple[int, str, str, bool, str]]:
        found = tickets(draw_id, most)
        read.append(len(found))
        return found

    monkeypatch.setattr(queries, "tickets", watched)
    draw_id = freeze(cast, prepared(cast, size=60))
    browser, address = client_of(cast.officer), f"/draws/{draw_id}/ceremony"
    browser.get(address)
    assert read == [], "nothing is read before there is anything"
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    assert "其后还有 48 户" in browser.get(address).text
    assert "其后 58 户依次为备选" in browser.get(f"/draws/{draw_id}/minutes").text
    assert read == [SHOWN, 60]
