"""A page that holds our own scripts and nothing else; what it asks the server is answered by the test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

STATIC = Path(__file__).resolve().parents[2] / "static"
HERE = "http://localhost"
TYPES = {".js": "text/javascript", ".css": "text/css"}

Run = Callable[..., Any]


@pytest.fixture
def empty_page(phone: Page) -> Page:
    """An empty page of ours, from which every script can be imported."""
    phone.route(f"{HERE}/**", _serve)
    phone.goto(f"{HERE}/")
    return phone


@pytest.fixture
def run(empty_page: Page) -> Run:
    """Run a function over a module: `run("field/log/digest.js", "(m, x) => m.digest(x)", value)`."""

    def run_one(module: str, function: str, argument: Any = None) -> Any:
        code = f"async ([url, argument]) => ({function})(await import(url), argument)"
        return empty_page.evaluate(code, [f"{HERE}/static/test/js/{module}", argument])

    return run_one


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(HERE)
    if path.startswith("/static/test/"):
        file = STATIC / path.removeprefix("/static/test/")
        route.fulfill(body=file.read_text(encoding="utf-8"), content_type=TYPES[file.suffix])
    elif path == "/":
        route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")
    else:
        route.fulfill(status=404)
