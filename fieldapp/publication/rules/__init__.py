"""The publication's rules: states, clocks, what the public sees, the publicity schema."""

from fieldapp.publication.rules.outgoing import (
    OutgoingResult,
    as_block,
    as_entry,
    check_anything_goes_out,
    national_plan_id,
    national_task_id,
)
from fieldapp.publication.rules.public import (
    SHOWN,
    Confirmation,
    confirmation,
    is_shown,
    mask,
    public_name,
    public_since,
)
from fieldapp.publication.rules.states import (
    Clock,
    ObjectionMark,
    ResultState,
    check_category_has_order,
    check_correction,
    check_is_reviewed,
    check_may_publish,
    days_late,
    was_late,
)
from fieldapp.review.rules import ResultCategory

__all__ = [
    "SHOWN", "Clock", "Confirmation", "ObjectionMark", "OutgoingResult", "ResultCategory", "ResultState", "as_block",
    "as_entry", "check_anything_goes_out", "check_category_has_order", "check_correction", "check_is_reviewed",
    "check_may_publish", "confirmation", "days_late", "is_shown", "mask", "national_plan_id", "national_task_id",
    "public_name", "public_since", "was_late",
]
