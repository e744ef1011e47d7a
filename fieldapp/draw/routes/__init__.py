"""The pages of a draw: for those who make it, and for everybody."""

from fieldapp.draw.routes import inside, public
from fieldapp.draw.routes.blueprint import draw

__all__ = ["draw", "inside", "public"]
