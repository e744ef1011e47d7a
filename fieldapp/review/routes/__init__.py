"""The pages of the review."""

from fieldapp.review.routes import corrections, records, supplements, supplements_signed
from fieldapp.review.routes.door import review

__all__ = ["corrections", "records", "review", "supplements", "supplements_signed"]
