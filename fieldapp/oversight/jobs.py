"""What follows when days are entered into the calendar."""

from typing import Any

from fieldapp.jobs import actions as jobs
from fieldapp.oversight import actions
from fieldapp.roles import PRODUCT


@jobs.job("policy.calendar_entered")
def recompute_due_days(_facts: dict[str, Any]) -> None:
    """Compute every open deadline anew after the calendar."""
    actions.recompute_due_days(by=PRODUCT)
