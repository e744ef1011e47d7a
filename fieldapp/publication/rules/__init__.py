"""The publication's rules: states, clocks, what the public sees, the publicity schema."""

from fieldapp.publication.rules.outgoing import (
    OutgoingResult,
    as_block,
    as_entry,
    national_plan_id,
    national_task_id,
)
from fieldapp.publication.rules.public import Confirmation, confirmation, mask, public_name, public_since
from fieldapp.publication.rules.states import (
    Clock,
    ObjectionMark,
    ResultState,
    check_category_has_order,
    check_correction,
    check_may_publish,
    days_late,
)
from fieldapp.review.rules import ResultCategory

__all__ = [
    "Clock", "Confirmation", "ObjectionMark", "OutgoingResult", "ResultCategory", "ResultState", "as_block", "as_entry",
    "check_category_has_order", "check_correction", "check_may_publish", "confirmation", "days_late", "mask",
    "national_plan_id", "national_task_id", "public_name", "public_since",
]
