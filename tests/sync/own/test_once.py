"""Fifty phones open the same signing link at once: on either database one of them has it, and the others hear so."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db, ids
from fieldapp.accounts.rules import secret_hash
from fieldapp.ledger import queries as ledger
from fieldapp.sync import queries
from fieldapp.sync.models import SigningLink
from tests.draw.race.crowd import all_at_once
from tests.fieldwork.scene import Scene
from tests.people import Cast
from tests.sync.own.phone import offer, open_with, ready_record

PHONES = 50


@pytest.fixture
def offered(browser: FlaskClient, scene: Scene, cast: Cast) -> dict[str, Any]:
    ready_record(browser, scene, cast)
    return offer(browser, scene)


@pytest.mark.article("24")
def test_of_fifty_phones_that_open_a_link_at_once_one_has_it(
        offered: dict[str, Any], stranger: Callable[[], FlaskClient], scene: Scene) -> None:
    phones = [stranger() for _ in range(PHONES)]
    answers = all_at_once([lambda one=one: str(open_with(one, offered).status_code) for one in phones])
    assert answers == {"303": 1, "409": PHONES - 1}
    assert sum(one.get("/sign/visit").status_code == 200 for one in phones) == 1
    with db.transaction(write=False):
        entered = Counter(entry.action for entry, _ in ledger.history(scene.visit))
    assert entered["sync.link_opened"] == 1


def test_where_one_looks_first_and_takes_a_moment_later_every_phone_has_it(offered: dict[str, Any]) -> None:
    all_have_looked = Barrier(PHONES)

    def open_naively() -> str:
        with db.transaction(write=False):
            link = queries.link_by_secret(secret_hash(offered["secret"]))
            assert link is not None
            link_id, is_open = link.id, link.opened_at is None
        all_have_looked.wait()
        if not is_open:
            return "409"
        with db.transaction(write=True):
            link = db.session.get_one(SigningLink, link_id)
            link.opened_at, link.session_sha256 = clock.now(), secret_hash(ids.secret())
        return "303"

    answers = all_at_once([open_naively] * PHONES)
    print(f"\nwithout the one statement: {dict(answers)}")
    assert answers["303"] > 1
