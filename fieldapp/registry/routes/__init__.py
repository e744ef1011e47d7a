"""The registry's pages: sheets, key supervision, items, objects, inspectors."""

from fieldapp.registry.routes import focus, imports, inspectors, items, objects
from fieldapp.registry.routes.blueprint import registry

__all__ = ["focus", "imports", "inspectors", "items", "objects", "registry"]
