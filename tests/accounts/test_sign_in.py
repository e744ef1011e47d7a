"""Signing in, staying signed in, signing out."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts import actions, queries, second_factor
from fieldapp.ledger.models import Entry
from fieldapp.refusals import Refusal
from tests.people import Cast, Player

PASSWORD = "three grey cats look at clouds"
COOKIE = "fieldapp_session"


@pytest.fixture
def officer(cast: Cast) -> Player:
    """The division officer, who has a password."""
    with db.transaction(write=True):
        actions.set_password(cast.officer.id, PASSWORD, by=cast.officer.officer)
    return cast.officer


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in", data={"user_name": name, "password": password, **more}).status_code


def test_name_or_staff_number_and_password_open_a_session(client: FlaskClient, officer: Player) -> None:
    for name in ("officer", " OFFICER ", "T002", "t002"):
        answer = client.post("/sign-in", data={"user_name": name, "password": PASSWORD, "next": "/me"})
        assert (answer.status_code, answer.location) == (303, "/me")
        assert client.get("/me").status_code == 200
        assert officer.name in client.get("/me").text


def test_every_sign_in_has_a_new_secret_that_only_the_browser_keeps(client: FlaskClient, officer: Player) -> None:
    client.set_cookie(COOKIE, "a secret that somebody else has planted")
    secrets = set()
    for _ in range(3):
        answer = client.post("/sign-in", data={"user_name": "officer", "password": PASSWORD})
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        secrets.add(client.get_cookie(COOKIE).value)  # type: ignore[union-attr]
    assert len(secrets) == 3
    with db.transaction(write=False):
        stored = {row.secret_hash for row in queries.sessions_of(officer.id)}
    assert len(stored) == 3
    assert not stored & secrets


@pytest.mark.parametrize(("name", "password"), [("officer", "another password"), ("nobody", PASSWORD), ("head", ""), ("", "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client: FlaskClient, officer: Player, name: str,
                                                               password: str) -> None:
    answer = client.post("/sign-in", data={"user_name": name, "password": password})
    assert answer.status_code == 422
    assert "用户名、工号或口令不对" in answer.text
    assert f'value="{name}"' in answer.text
    assert password == "" or f'"{password}"' not in answer.text
    assert client.get_cookie(COOKIE) is None


def test_somebody_who_has_left_does_not_come_in(client: FlaskClient, officer: Player, cast: Cast) -> None:
    assert sign_in(client, "officer") == 303
    with db.transaction(write=True):
        actions.record_departure(officer.id, clock.today(), by=cast.security_admin.officer)
    assert client.get("/me").status_code == 303
    assert sign_in(client, "officer") == 422


def test_a_session_ends_after_twelve_hours(client: FlaskClient, officer: Player) -> None:
    sign_in(client, "officer")
    start = clock.now()
    clock.set_source(lambda: start + timedelta(hours=11, minutes=59))
    assert client.get("/me").status_code == 200
    clock.set_source(lambda: start + timedelta(hours=12, minutes=1))
    assert client.get("/me").status_code == 303


def test_signing_out_ends_the_session_for_whoever_kept_the_secret(client: FlaskClient, officer: Player) -> None:
    sign_in(client, "officer")
    secret = client.get_cookie(COOKIE).value  # type: ignore[union-attr]
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get_cookie(COOKIE) is None
    client.set_cookie(COOKIE, secret)
    assert client.get("/me").status_code == 303


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/a\nb", ""])
def test_after_signing_in_one_stays_in_the_product(client: FlaskClient, officer: Player, onward: str) -> None:
    answer = client.post("/sign-in", data={"user_name": "officer", "password": PASSWORD, "next": onward})
    assert answer.location == "/"


def test_the_eleventh_try_at_one_account_waits(client: FlaskClient, officer: Player) -> None:
    assert [sign_in(client, "officer", "wrong password") for _ in range(11)] == [422] * 10 + [429]
    assert sign_in(client, "officer") == 429
    assert sign_in(client, "somebody-else", "wrong password") == 422
    start = clock.now()
    clock.set_source(lambda: start + timedelta(minutes=2))
    assert sign_in(client, "officer") == 303


def test_over_tls_the_cookie_is_bound_to_this_host(client: FlaskClient, officer: Player) -> None:
    client.application.config["PUBLIC_URL"] = "https://localhost"
    answer = client.post("/sign-in", data={"user_name": "officer", "password": PASSWORD}, base_url="https://localhost")
    assert answer.headers["Set-Cookie"].startswith("__Host-fieldapp_session=")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_signing_in_and_out_stand_in_the_ledger(client: FlaskClient, officer: Player) -> None:
    sign_in(client, "officer")
    client.post("/sign-out")
    with db.transaction(write=False):
        said = [(entry.action, entry.actor_id) for entry in db.session.query(Entry).order_by(Entry.id)]
    assert said[-2:] == [("accounts.signed_in", officer.id), ("accounts.signed_out", officer.id)]


class Words:
    """A second factor for the test: the word of the day."""

    name = "word"

    def is_required(self, person_id: UUID) -> bool:
        return True

    def accepts(self, person_id: UUID, answer: str) -> bool:
        return answer == "柿子"


@pytest.fixture
def word_of_the_day() -> Iterator[None]:
    """An installation with a second factor."""
    second_factor.register(Words())
    yield
    second_factor.register(None)


@pytest.mark.usefixtures("word_of_the_day")
def test_a_registered_second_factor_is_asked_for(client: FlaskClient, officer: Player) -> None:
    assert "动态验证码" in client.get("/sign-in").text
    assert sign_in(client, "officer") == 422
    assert sign_in(client, "officer", answer="柿子") == 303
    with db.transaction(write=False):
        assert queries.sessions_of(officer.id)[0].second_factor == "word"


def test_without_a_password_nobody_is_identified(cast: Cast) -> None:
    assert actions.identify("officer", "") is None
    with db.transaction(write=True), pytest.raises(Refusal, match="wrong_password"):
        actions.sign_in(None, address="", device="")


def test_a_form_sent_after_the_session_has_ended_says_so_and_leads_back(client: FlaskClient, officer: Player) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/tasks/new?line=1"}
    answer = client.post("/tasks", data={"name": "x"}, headers=headers)
    assert answer.location == "/sign-in?next=/tasks/new?line%3D1&unsent=1"
    assert "登录已过期" in client.get(answer.location).text
