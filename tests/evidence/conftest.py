"""The visit whose evidence is taken."""

from tests.fieldwork.conftest import scene

__all__ = ["scene"]
