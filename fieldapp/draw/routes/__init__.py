"""The pages of a draw: for those who make it, and for everybody."""

from fieldapp.draw.routes import ceremony, inside, key, public
from fieldapp.draw.routes.blueprint import draw

__all__ = ["ceremony", "draw", "inside", "key", "public"]
