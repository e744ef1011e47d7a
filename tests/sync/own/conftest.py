"""Phones of nobody whom the product knows."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.product import browser_of


@pytest.fixture
def stranger(app: Flask) -> Callable[[], FlaskClient]:
    """Makes browsers without an account."""
    return lambda: browser_of(app)
