"""The verbs of tasks: set up, decide, carry on, work plan."""

from fieldapp.tasks.actions.deciding import cancel_task, decide_task, submit_task
from fieldapp.tasks.actions.progress import (
    complete_task,
    mark_drawn,
    mark_generated,
    mark_in_progress,
    mark_undrawn,
    note_report,
    take_in_external_task,
)
from fieldapp.tasks.actions.setting import (
    change_task,
    line_id_of,
    line_of_own_division,
    quota_of,
    set_up_task,
    strata_of,
)
from fieldapp.tasks.actions.work_plan import decide_work_plan, name_members, read_work_plan, write_work_plan

__all__ = [
    "cancel_task", "change_task", "complete_task", "decide_task", "decide_work_plan", "line_id_of",
    "line_of_own_division", "mark_drawn", "mark_generated", "mark_in_progress", "mark_undrawn", "name_members",
    "note_report", "quota_of", "read_work_plan", "set_up_task", "strata_of", "submit_task", "take_in_external_task",
    "write_work_plan",
]
