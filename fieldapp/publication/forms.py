"""What people type to narrow a list of results or to make a file."""

from fieldapp.publication.queries import Filters, PublicFilters
from fieldapp.publication.rules import ResultCategory, ResultState
from fieldapp.web.fields import Form, identifier, word

LONGEST_SEARCH = 60


def filters(args: Form) -> Filters:
    """The insiders' filters; what is not a known word counts as nothing."""
    return Filters(word(args, "state", ResultState) or "", word(args, "category", ResultCategory) or "")


def public_filters(args: Form) -> PublicFilters:
    """The public's filters; what is not a known word counts as nothing."""
    return PublicFilters(args.get("q", "").strip()[:LONGEST_SEARCH], word(args, "category", ResultCategory) or "",
                         identifier(args, "division"))
