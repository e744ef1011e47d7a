"""The registry's pages: sheets, key supervision, leaving, items, objects, inspectors."""

from fieldapp.registry.routes import focus, imports, inspectors, items, leaving, objects
from fieldapp.registry.routes.blueprint import registry

__all__ = ["focus", "imports", "inspectors", "items", "leaving", "objects", "registry"]
