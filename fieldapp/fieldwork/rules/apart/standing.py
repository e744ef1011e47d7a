"""Where a record stands: whether the phones still have it, and whether the entity reads it on its copy."""

from fieldapp.law import article
from fieldapp.visits.rules import VisitState


@article("24", "25")
def is_over(state: str, *, is_closed: bool, is_asked_on_phone: bool) -> bool:
    """Whether a record is closed, and neither its visit nor the record was given back to the phones since."""
    return is_closed and state != VisitState.RETURNED and not is_asked_on_phone


@article("24")
def is_handed_over(state: str, *, was_closed: bool, is_over: bool, is_settled: bool) -> bool:
    """Whether the entity reads a record on its copy: it was closed, and stays there while it is returned if it was signed."""
    return was_closed and (state == VisitState.CLOSED or is_over or is_settled)
