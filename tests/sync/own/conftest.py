"""Phones of nobody whom the product knows."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.product import browser_of
from tests.sync.own.phone import offer, open_with, ready_record


@pytest.fixture
def stranger(app: Flask) -> Callable[[], FlaskClient]:
    """Makes browsers without an account."""
    return lambda: browser_of(app)


@pytest.fixture
def phone(browser: FlaskClient, scene: Scene, cast: Cast) -> Phone:
    return ready_record(browser, scene, cast)


@pytest.fixture
def entity(stranger: Callable[[], FlaskClient]) -> FlaskClient:
    return stranger()


@pytest.fixture
def opened(phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> FlaskClient:
    """The entity's phone behind the door."""
    assert open_with(entity, offer(browser, scene)).status_code == 303
    return entity
