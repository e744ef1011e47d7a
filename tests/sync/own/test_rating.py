"""The entity's own phone rates the visit by an address that no inspector was shown."""

import re

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork.models import RecordCopy
from fieldapp.oversight.models import VisitRating
from tests.databases import ON_SQLITE
from tests.fieldwork.scene import Phone, Scene
from tests.sync.own.phone import NAME, by_finger, offer, open_with, read, said

pytestmark = ON_SQLITE


def slip_on(phone: FlaskClient) -> str:
    """The address that the phone's first page shows."""
    found = re.search(r'href="(/ratings/[0-9a-f]{64})"', phone.get("/sign/visit").text)
    assert found
    return found[1]


def receive_notice(phone: FlaskClient) -> None:
    form = {"digest": read(phone.get("/sign/notice")), "recusal": "no", **NAME, **by_finger()}
    assert phone.post("/sign/notice/signature", data=form).status_code == 303


@pytest.mark.article("28")
def test_the_phone_on_which_the_entity_signed_rates_once_whoever_has_rated_by_the_copy(
        opened: FlaskClient, browser: FlaskClient, scene: Scene) -> None:
    browser.post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    with db.transaction(write=False):
        copy = f"/copies/{db.session.query(RecordCopy).one().secret}"
    assert browser.post(f"{copy}/rating", data={"score": "5"}).status_code == 303
    slip = slip_on(opened)
    assert slip not in browser.get(copy).text
    receive_notice(opened)
    assert opened.post(slip, data={"score": "0"}).status_code == 422
    assert opened.post(slip, data={"score": "2"}).status_code == 303
    assert "已评价 2 分" in said(opened.get(slip))
    again = opened.post(slip, data={"score": "5"})
    assert (again.status_code, "已经评价过" in said(again)) == (409, True)
    with db.transaction(write=False):
        assert [(row.score, row.door) for row in db.session.query(VisitRating).order_by(VisitRating.id)] == [
            (5, "copy"), (2, "own_phone")]


@pytest.mark.article("28")
def test_a_link_that_somebody_merely_opened_gives_no_rating(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    assert open_with(browser, offer(browser, scene)).status_code == 303  # an inspector, in the entity's place
    own = slip_on(browser)
    assert browser.post(own, data={"score": "5"}).status_code == 409
    assert open_with(entity, offer(browser, scene)).status_code == 303
    receive_notice(entity)
    assert browser.post(own, data={"score": "5"}).status_code == 409
    assert entity.post(slip_on(entity), data={"score": "3"}).status_code == 303
    assert entity.get(f"/ratings/{'0' * 64}").status_code == 404


@pytest.mark.article("28")
def test_what_is_rated_after_the_link_is_over_counts_too(
        opened: FlaskClient, browser: FlaskClient, scene: Scene) -> None:
    slip = slip_on(opened)
    receive_notice(opened)
    offer(browser, scene)
    assert opened.get("/sign/visit").status_code == 303
    assert opened.post(slip, data={"score": "4"}).status_code == 303
