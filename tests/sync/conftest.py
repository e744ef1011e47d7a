"""The visit that the tests of sync play on, an inspector's phone and browser."""

import pytest
from flask.testing import FlaskClient

from tests.fieldwork.conftest import scene
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.wire import SignIn

__all__ = ["scene"]


@pytest.fixture
def one(scene: Scene, cast: Cast) -> Phone:
    return Phone(scene, cast.inspector_a)


@pytest.fixture
def browser(client_of: SignIn, cast: Cast) -> FlaskClient:
    return client_of(cast.inspector_a)
