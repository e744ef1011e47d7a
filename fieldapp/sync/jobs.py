"""What a crash between receiving and applying left undone, what waited for a person elsewhere or for a repair."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from fieldapp.jobs.actions import ask, job
from fieldapp.sync import actions, queries
from fieldapp.visits import queries as visits


@job("sync.apply_received")
def apply_received(facts: dict[str, Any]) -> None:
    """Apply what was received for these visits and has no outcome yet."""
    visit_ids = [UUID(visit_id) for visit_id in facts["visit_ids"]]
    while not actions.apply_received(visit_ids):
        pass


@job("tasks.work_plan_read")
def work_plan_read(facts: dict[str, Any]) -> None:
    """A member has read the work plan: what was held back for it is tried, each visit in a job of its own."""
    of_task = [visit.id for visit in visits.visits_of_task(UUID(facts["task_id"]))]
    _ask_for_each({row.visit_id for row, _ in queries.held_back(of_task, {actions.PLAN_UNREAD})})


@job("visits.leader_appointed")
def leader_appointed(facts: dict[str, Any]) -> None:
    """The visit has a leader: what was held back for one enters the record."""
    actions.try_again([UUID(facts["visit_id"])])


@job("sync.try_what_failed", every=timedelta(days=1))
def try_what_failed(_facts: dict[str, Any]) -> None:
    """A repair has come and no phone sends any more: what a fault of ours kept out of the record is tried all the same, each
    visit in a job of its own."""
    _ask_for_each(queries.visits_waiting_for(actions.COULD_NOT_APPLY))


@job("sync.try_visit_again")
def try_visit_again(facts: dict[str, Any]) -> None:
    """Try all that is held back of one visit."""
    actions.try_again([UUID(facts["visit_id"])])


def _ask_for_each(visit_ids: Collection[UUID]) -> None:
    for visit_id in sorted(visit_ids):
        ask("sync.try_visit_again", visit_id=str(visit_id))
