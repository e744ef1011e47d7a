"""The pages of a draw: for those who make it, and for everybody."""

from fieldapp.draw.routes import ceremony, inside, key, letting_in, public
from fieldapp.draw.routes.blueprint import draw

__all__ = ["ceremony", "draw", "inside", "key", "letting_in", "public"]
