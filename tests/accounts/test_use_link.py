"""One-time links: shown once, opened by previews without harm, spent once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import clock, db
from fieldapp.accounts import actions, queries
from tests.people import Cast, Player

PASSWORD = "three grey cats look at clouds"
Client = Callable[[Player], FlaskClient]


@pytest.fixture
def link(client_of: Client, cast: Cast) -> str:
    """The secret of a link for the division officer, as the security administrator is shown it."""
    page = client_of(cast.security_admin).post(f"/people/{cast.officer.id}/links")
    found = re.search(r"http://localhost/links#([\w-]{43})<", page.text)
    assert found
    return found[1]


def look(client: FlaskClient, link: str) -> TestResponse:
    return client.post("/links", data={"secret": link})


def use(client: FlaskClient, link: str, password: str = PASSWORD, again: str | None = None) -> int:
    form = {"secret": link, "password": password, "again": password if again is None else again}
    return client.post("/links/password", data=form).status_code


def test_a_link_sets_the_password_once(client: FlaskClient, cast: Cast, link: str) -> None:
    for _preview in range(5):
        assert client.get("/links").status_code == 200
        assert cast.officer.name in look(client, link).text
    assert use(client, link) == 200
    assert actions.identify("officer", PASSWORD) == cast.officer.id
    assert use(client, link, "another long enough password") == 404
    assert look(client, link).status_code == 404
    assert actions.identify("officer", PASSWORD) == cast.officer.id


def test_a_refused_password_does_not_spend_the_link(client: FlaskClient, link: str) -> None:
    assert use(client, link, "password1234") == 422
    assert use(client, link, again="different") == 422
    assert use(client, link) == 200


def test_a_link_lasts_seventy_two_hours(client: FlaskClient, link: str) -> None:
    start = clock.now()
    clock.set_source(lambda: start + timedelta(hours=71, minutes=59))
    assert look(client, link).status_code == 200
    clock.set_source(lambda: start + timedelta(hours=72, minutes=1))
    assert look(client, link).status_code == 404
    assert use(client, link) == 404


def test_a_new_link_makes_the_old_one_void(client: FlaskClient, client_of: Client, cast: Cast, link: str) -> None:
    client_of(cast.security_admin).post(f"/people/{cast.officer.id}/links")
    assert look(client, link).status_code == 404


def test_a_reset_ends_every_session(client: FlaskClient, client_of: Client, cast: Cast, link: str) -> None:
    signed_in = client_of(cast.officer)
    assert signed_in.get("/me").status_code == 200
    use(client, link)
    assert signed_in.get("/me").status_code == 303


def test_the_secret_of_a_link_is_stored_nowhere(cast: Cast, link: str) -> None:
    with db.transaction(write=False):
        rows = queries.links_of(cast.officer.id)
        assert link not in {row.secret_hash for row in rows}
        assert len(rows) == 1


def test_an_address_given_out_with_its_secret_in_the_path_works_until_it_ends(client: FlaskClient, link: str) -> None:
    old = client.get(f"/links/{link}")
    assert (old.status_code, old.location) == (303, f"/links#{link}")
    assert look(client, f"http://localhost/links#{link}").status_code == 200
    assert use(client, link) == 200
    assert client.get(f"/links/{link}").status_code == 404


def test_nobody_issues_a_link_for_themselves(client_of: Client, cast: Cast) -> None:
    assert client_of(cast.security_admin).post(f"/people/{cast.security_admin.id}/links").status_code == 403
    assert client_of(cast.system_admin).post(f"/people/{cast.officer.id}/links").status_code == 403


def test_guessing_links_is_slowed_down(client: FlaskClient) -> None:
    answers = [look(client, f"{number:043}").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]
