"""Every SELECT of the publication."""

from fieldapp.publication.queries.inside import (
    Filters,
    approved_review,
    clock_of,
    of_division,
    order_in_force,
    result,
    result_for,
    results_for,
    seen_by,
    unpublished,
    versions,
    was_late,
)
from fieldapp.publication.queries.outgoing import outgoing_file, outgoing_files, outgoing_results
from fieldapp.publication.queries.public import (
    PublicFilters,
    PublicResult,
    as_public,
    confirmation,
    is_shown,
    latest_public,
    public_result,
    public_results,
    results_of_visit,
)

__all__ = [
    "Filters", "PublicFilters", "PublicResult", "approved_review", "as_public", "clock_of", "confirmation", "is_shown",
    "latest_public", "of_division", "order_in_force", "outgoing_file", "outgoing_files", "outgoing_results", "public_result",
    "public_results", "result", "result_for", "results_for", "results_of_visit", "seen_by", "unpublished", "versions", "was_late",
]
