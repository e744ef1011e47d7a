"""Language, size of text, light or dark: chosen once, kept on every page."""

import pytest
from flask.testing import FlaskClient

from fieldapp.web.preferences import local_path


@pytest.mark.parametrize(("accepted", "lang"), [
    ("zh-CN,zh;q=0.9", "zh-CN"), ("en-GB,en;q=0.9", "en"), ("en;q=0.5,zh;q=0.8", "zh-CN"), ("fr-FR,de;q=0.5", "zh-CN"),
    ("", "zh-CN"), ("zh-Hant-TW", "zh-CN"), ("*", "zh-CN"), ("x" * 500, "zh-CN"),
])
def test_the_browsers_language_is_taken_if_it_is_one_of_the_two(client: FlaskClient, accepted: str, lang: str) -> None:
    assert f'<html lang="{lang}"' in client.get("/sign-in", headers={"Accept-Language": accepted}).text


def test_a_chosen_language_goes_before_the_browsers(client: FlaskClient) -> None:
    answer = client.post("/preferences", data={"language": "en", "back": "/sign-in?next=/me"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/me")
    page = client.get("/sign-in", headers={"Accept-Language": "zh-CN"}).text
    assert '<html lang="en"' in page
    assert "User name or staff number" in page


def test_size_and_theme_stand_on_the_page(client: FlaskClient) -> None:
    assert 'data-size="normal" data-theme="auto"' in client.get("/sign-in").text
    client.post("/preferences", data={"size": "large"})
    client.post("/preferences", data={"theme": "dark"})
    assert 'data-size="large" data-theme="dark"' in client.get("/sign-in").text


def test_a_value_that_is_not_offered_is_not_kept(client: FlaskClient) -> None:
    client.post("/preferences", data={"language": "de", "size": "<b>", "theme": "pink"})
    assert [client.get_cookie(name) for name in ("language", "size", "theme")] == [None] * 3
    client.set_cookie("size", '"><script>')
    assert 'data-size="normal"' in client.get("/sign-in").text


@pytest.mark.parametrize("text", ["/", "/tasks", "/tasks?page=2&q=%E6%9F%A5", "/links/a-b_c"])
def test_an_address_of_ours_is_kept(text: str) -> None:
    assert local_path(text) == text


@pytest.mark.parametrize("text", [
    None, "", "tasks", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "javascript:alert(1)", "/a\r\nSet-Cookie: b=c", "/\t/evil.example", "http:/evil.example",
])
def test_an_address_that_leads_elsewhere_is_not(text: str | None) -> None:
    assert local_path(text) == "/"
