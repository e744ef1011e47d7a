"""The visit that the tests of fieldwork play on."""

import pytest

from fieldapp.evidence import store
from tests.fieldwork.scene import Scene, note_closings, set_scene
from tests.people import Cast


@pytest.fixture
def scene(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """An approved visit of inspectors a and b on its morning."""
    store.configure(tmp_path_factory.mktemp("media"))
    note_closings()
    return set_scene(cast)
