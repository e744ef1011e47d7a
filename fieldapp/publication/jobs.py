"""What the publication does when a record is approved."""

from typing import Any
from uuid import UUID

from fieldapp.jobs import actions as jobs
from fieldapp.publication import actions
from fieldapp.roles import PRODUCT


@jobs.job("review.record_approved")
def enter_result(facts: dict[str, Any]) -> None:
    """Enter the approved result and ask the head for its publication."""
    actions.enter_result(UUID(facts["visit_task_id"]), by=PRODUCT)
