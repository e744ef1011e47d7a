"""Jobs that have failed are run again; deadlines follow the calendar."""

from uuid import UUID

from fieldapp import clock, ledger
from fieldapp.accounts import queries as accounts
from fieldapp.jobs.models import Job
from fieldapp.ledger.actions import Actor
from fieldapp.objections import queries as objections
from fieldapp.objections.models import Objection
from fieldapp.oversight import queries
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import Due
from fieldapp.publication import queries as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.roles import Officer


def retry_job(job_id: UUID, *, by: Officer) -> Job:
    """Let a failed job run again at once, and again as often as a new one."""
    job = queries.failing_job(job_id)
    job.run_after, job.leased_until, job.gave_up_at, job.tries = clock.now(), None, None, 1
    ledger.record(by, "oversight.job_retried", job)
    return job


def recompute_due_days(*, by: Actor) -> int:
    """Set the deadlines of results and objections that are still open as the calendar now has them; how many moved."""
    moved = 0
    for result in publication.unpublished():
        due = publication.clock_of(result)
        moved += _set_due(result, Due(due.day, due.is_provisional), ("publication",), by)
    for objection in objections.objections_open():
        start = objection.received_on
        due_day = policy.due(start, policy.rule_set_on(start).objection_workdays)
        moved += _set_due(objection, due_day, ("objection_examination", "objection_decision"), by)
    return moved


def _set_due(thing: InspectionResult | Objection, due: Due, kinds: tuple[str, ...], by: Actor) -> bool:
    """Set a thing's deadline and that of the rows in which it waits for somebody; whether anything changed."""
    if (thing.due_on, thing.due_is_provisional) == (due.day, due.is_provisional):
        return False
    thing.due_on, thing.due_is_provisional = due.day, due.is_provisional
    for row in (row for kind in kinds for row in accounts.open_rows(kind, thing.id)):
        row.due_on = due.day
    ledger.record(by, "oversight.due_day_recomputed", thing, facts={"due_on": due.day.isoformat()})
    return True
