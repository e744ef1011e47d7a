"""The pages of results: inside, and for everybody."""

from fieldapp.publication.routes import inside, public
from fieldapp.publication.routes.blueprint import publication

__all__ = ["inside", "public", "publication"]
