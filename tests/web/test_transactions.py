"""One request is one transaction; a GET's cannot write; what is refused leaves nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.accounts.models import Division
from fieldapp.refusals import Refusal
from fieldapp.web import access, errors, transactions
from fieldapp.web.access import UnguardedRoute, allowed, public, require_access_everywhere


@pytest.fixture
def small_app(database: str) -> Iterator[Flask]:
    app = Flask("small")
    app.config["PUBLIC_URL"] = "http://localhost"
    app.before_request(access.check_origin)
    app.before_request(lambda: db.begin(write=transactions.request.method not in transactions.READING))
    app.after_request(transactions.finish)
    app.teardown_request(transactions.abandon)
    app.register_error_handler(Refusal, errors.refused)

    @app.get("/writes")
    @public
    def write_by_get() -> str:
        db.session.add(Division(name="由 GET 写入"))
        db.session.flush()
        return "written"

    @app.post("/writes")
    @public
    def write() -> str:
        db.session.add(Division(name="由 POST 写入"))
        return "written"

    @app.post("/refused")
    @public
    def write_and_refuse() -> str:
        db.session.add(Division(name="被拒绝"))
        db.session.flush()
        raise Refusal("test.refused", "no")

    yield app
    db.session.remove()


def _names() -> list[str]:
    with db.transaction(write=False):
        return [division.name for division in db.session.query(Division)]


def test_the_database_refuses_what_a_get_writes(small_app: Flask) -> None:
    small_app.testing = True
    with pytest.raises(DBAPIError, match="read"):
        small_app.test_client().get("/writes")
    assert _names() == []


def test_a_post_is_committed(small_app: Flask) -> None:
    assert _post(small_app.test_client(), "/writes").status_code == 200
    assert _names() == ["由 POST 写入"]


def test_a_refused_post_leaves_nothing(small_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "sentence", lambda refusal: refusal.message)
    answer = small_app.test_client().post("/refused", headers={"Sec-Fetch-Site": "same-origin", "Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (422, "test.refused")
    assert _names() == []


@pytest.mark.parametrize(("headers", "status"), [
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "none"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
    ({"Origin": "http://localhost"}, 200),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({}, 403),
])
def test_a_change_comes_from_our_own_pages(small_app: Flask, headers: dict[str, str], status: int) -> None:
    assert small_app.test_client().post("/writes", headers=headers).status_code == status


def test_the_product_refuses_to_start_with_an_unguarded_route() -> None:
    app = Flask("open", static_folder=None)
    app.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(UnguardedRoute, match="/open"):
        require_access_everywhere(app)
    app.view_functions["open"] = allowed()(lambda: "")
    require_access_everywhere(app)
def _post(client: FlaskClient, path: str) -> TestResponse:
    return client.post(path, headers={"Sec-Fetch-Site": "same-origin"})
