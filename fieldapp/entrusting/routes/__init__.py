"""The pages of article 19, one file for each thing."""

from fieldapp.entrusting.routes import entrustments
from fieldapp.entrusting.routes.directory import entrusting

__all__ = ["entrusting", "entrustments"]
