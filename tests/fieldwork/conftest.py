"""The visit that the tests of fieldwork play on."""

from copy import deepcopy

import pytest

from fieldapp import clock
from fieldapp.evidence import store
from tests.fieldwork.scene import NOW, Scene, note_closings
from tests.people import Cast


@pytest.fixture
def scene(cast: Cast, laid: tuple[str, Scene], tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """An approved visit of inspectors a and b on its morning."""
    store.configure(tmp_path_factory.mktemp("media"))
    note_closings()
    clock.set_source(lambda: NOW)
    return deepcopy(laid[1])
