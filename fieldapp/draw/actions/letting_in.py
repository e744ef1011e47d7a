"""Let an object into a pool although it has reached the yearly cap (E3)."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.draw import queries, rules
from fieldapp.draw.models import CapOverride
from fieldapp.roles import Officer
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.rules import TaskState

BEFORE_FREEZE = frozenset({TaskState.SUBMITTED, TaskState.APPROVED})


def let_in(task_id: UUID, object_id: UUID, reason: str, *, by: Officer) -> CapOverride:
    """Let an object at the yearly cap into the pool of one task, before its freeze and with a reason."""
    task = tasks.task(task_id, lock=True)
    why = {found.id: reason for found, _, reason in queries.directory_of(task)}.get(object_id)
    rules.check_may_let_in(
        before_freeze=task.state in BEFORE_FREEZE and queries.draw_of_task(task.id) is None,
        at_cap=why is rules.RowReason.CAP_REACHED, reason=reason)
    row = CapOverride(id=ids.uuid7(), task_id=task.id, object_id=object_id, reason=reason.strip(), person_id=by.person_id,
                      at=clock.now())
    db.session.add(row)
    ledger.record(by, "draw.cap_overridden", row, reason=row.reason)
    return row
