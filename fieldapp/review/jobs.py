"""What the review does when a record is closed on site."""

from typing import Any
from uuid import UUID

from fieldapp.jobs import actions as jobs
from fieldapp.review import actions
from fieldapp.roles import PRODUCT


@jobs.job("fieldwork.record_closed")
def open_review(facts: dict[str, Any]) -> None:
    """Open the review of the record that was closed, or take it up again."""
    actions.open_review(UUID(facts["visit_task_id"]), by=PRODUCT)


@jobs.job("fieldwork.annex_came")
def ask_for_annex(facts: dict[str, Any]) -> None:
    """Put what a phone sent after the closing before the leader of the team."""
    actions.ask_for_annex(UUID(facts["visit_task_id"]))
