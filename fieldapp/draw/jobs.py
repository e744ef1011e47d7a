"""What the draw does when its task is cancelled, and when its seed is overdue."""

from typing import Any
from uuid import UUID

from fieldapp.draw import actions
from fieldapp.jobs import actions as jobs


@jobs.job("tasks.task_cancelled")
def void_draw(facts: dict[str, Any]) -> None:
    """Void the draw that the task had begun, if any."""
    actions.void_with_task(UUID(facts["task_id"]), facts["reason"])


@jobs.job("draw.seed_due")
def void_without_seed(facts: dict[str, Any]) -> None:
    """Void the draw if its seed is overdue."""
    actions.void_without_seed(UUID(facts["draw_id"]))
