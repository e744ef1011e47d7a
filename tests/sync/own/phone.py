"""The entity's own phone: a browser without an account, before the link that an inspector has offered."""

import html
import json
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fieldwork.scene import STROKES, Phone, Scene
from tests.people import Cast
from tests.sync.wire import JSON, send

NAME = {"name": "李某", "capacity": "person_in_charge"}


def ready_record(browser: FlaskClient, scene: Scene, cast: Cast) -> Phone:
    """Both are there, every line is answered, a category is proposed: the record waits for the entity."""
    phone = Phone(scene, cast.inspector_a)
    sent = send(browser, phone, phone.here(), phone.here(by=cast.inspector_b),
                *(phone.set(scene.check(number), "compliant") for number in (1, 2, 3)),
                phone.set(scene.path("conclusion/category"), "no_problem"))
    assert sent.status_code == 200
    return phone


def offer(browser: FlaskClient, scene: Scene, device: str | None = None) -> dict[str, Any]:
    """The link and the digits as the inspector's phone shows them."""
    offered = browser.post(f"/field/visits/{scene.visit}/signing-links", json={"dev": device} if device else {}, headers=JSON)
    assert offered.status_code == 200, offered.text
    return {**offered.get_json(), "secret": offered.get_json()["address"].partition("#")[2]}


def open_with(entity: FlaskClient, offered: dict[str, Any], code: str = "") -> TestResponse:
    return entity.post("/sign", data={"secret": offered["secret"], "code": code or offered["code"]})


def read(page: TestResponse) -> str:
    """The digest that the page shows."""
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    assert found, page.text
    return found[1]


def by_finger() -> dict[str, str]:
    return {"strokes": json.dumps(STROKES)}


def said(page: TestResponse) -> str:
    """A page's text without its marks."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page.text))


def say_true(entity: FlaskClient, scene: Scene, **more: str) -> str:
    """Say what the record is; gives the digest that then stands above the signature."""
    address = f"/sign/records/{scene.part}"
    form = {"digest": read(entity.get(address)), "opinion": "true", **NAME, **more}
    assert entity.post(f"{address}/opinion", data=form).status_code == 303
    return read(entity.get(f"{address}/signature"))
