"""The visit that is tampered with, and the stage on which histories play."""

from tests.chaos.conftest import stage
from tests.fieldwork.conftest import scene

__all__ = ["scene", "stage"]
