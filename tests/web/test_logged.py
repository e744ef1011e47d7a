"""What is logged of a fault names the route, never the address: it may hold a secret."""

import logging

import pytest
from flask.testing import FlaskClient

from fieldapp.fieldwork import queries
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE
SECRET = "s3cret-of-a-copy-that-no-log-holds"


def test_a_fault_is_logged_without_the_secret_in_its_address(
        client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def break_down(_secret: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(queries, "copy_by_secret", break_down)
    with caplog.at_level(logging.DEBUG):
        assert client.get(f"/copies/{SECRET}").status_code == 500
    assert "request failed: GET /copies/<secret>" in caplog.text
    assert SECRET not in caplog.text
