"""What the draw does when its task is cancelled."""

from typing import Any
from uuid import UUID

from fieldapp.draw import actions
from fieldapp.jobs import actions as jobs


@jobs.job("tasks.task_cancelled")
def void_draw(facts: dict[str, Any]) -> None:
    """Void the draw that the task had begun, if any."""
    actions.void_with_task(UUID(facts["task_id"]), facts["reason"])
