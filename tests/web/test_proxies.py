"""Who asks, and over what: as the server sees it, unless a proxy in front was named as one to be believed."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request

import fieldapp
from fieldapp import config
from fieldapp.app import create_app
from fieldapp.config import Config, ConfigError
from fieldapp.web import limits
from fieldapp.web.access import public
from fieldapp.web.pages import public_address

FORGED = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}


@public
def _who() -> str:
    return f"{limits.address()} {request.scheme} {request.host}"


def _asked(app: Flask, **headers: str) -> tuple[str, bool]:
    app.add_url_rule("/who", view_func=_who)
    answer = app.test_client().get("/who", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    return answer.text, "Strict-Transport-Security" in answer.headers


def test_what_a_client_claims_to_forward_counts_for_nothing(settings: Config) -> None:
    assert _asked(create_app(settings), **FORGED) == ("192.0.2.7 http localhost", False)


def test_behind_one_proxy_the_client_is_who_the_proxy_saw(settings: Config) -> None:
    app = create_app(replace(settings, trusted_proxies=1))
    said = {**FORGED, "X-Forwarded-For": "6.6.6.6, 198.51.100.9"}
    assert _asked(app, **said) == ("198.51.100.9 https localhost", True)


def test_a_limit_holds_however_the_address_is_forged(settings: Config) -> None:
    client = create_app(settings).test_client()
    answers = {client.get("/copies/unknown", headers={"X-Forwarded-For": f"6.6.{n // 250}.{n % 250}"}).status_code
               for n in range(200)}
    assert 429 in answers


def test_behind_a_proxy_each_client_has_a_limit_of_its_own(settings: Config) -> None:
    client = create_app(replace(settings, trusted_proxies=1)).test_client()
    answers = {client.get("/copies/unknown", headers={"X-Forwarded-For": f"6.6.{n // 250}.{n % 250}"}).status_code
               for n in range(200)}
    assert answers == {404}


def test_the_number_of_proxies_is_a_setting_and_tls_of_its_own_is_the_demonstrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret of forty characters for tests...")
    assert config.from_environment().trusted_proxies == 0
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    assert config.from_environment().trusted_proxies == 1
    monkeypatch.setenv("HTTPS", "1")
    with pytest.raises(ConfigError):
        config.from_environment()


@public
def _given_away() -> str:
    return public_address("/copies/x")


def test_an_address_that_is_given_away_is_under_the_public_one_whatever_host_was_asked(settings: Config) -> None:
    app = create_app(replace(settings, public_url="https://choucha.example"))
    app.add_url_rule("/given", view_func=_given_away)
    for host in ("localhost", "evil.example"):
        assert app.test_client().get("/given", headers={"Host": host}).text == "https://choucha.example/copies/x"


def test_the_public_address_is_made_in_one_place() -> None:
    reading = {file.name for file in Path(fieldapp.__file__).parent.rglob("*.py")
               if 'config["PUBLIC_URL"]' in file.read_text(encoding="utf-8").replace("'", '"')}
    assert reading == {"pages.py", "access.py"}
