"""Ask for a job; run what is due."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db
from fieldapp.jobs import queries, rules
from fieldapp.jobs.models import Job

log = logging.getLogger(__name__)
Work = Callable[..., None]
ENDED = "the worker was ended while it ran"
_kinds: dict[str, Work] = {}
_preparations: dict[str, Callable[[dict[str, Any]], Any]] = {}
_recurring: dict[str, timedelta] = {}
LOOK_AGAIN = timedelta(minutes=10)


def job(kind: str, *, every: timedelta | None = None,
        prepare: Callable[[dict[str, Any]], Any] | None = None) -> Callable[[Work], Work]:
    """Register the work of a kind of job: called with the job's facts inside a writing transaction of its own.

    With `every` it is asked for by itself, once in each such span. `prepare` does before that transaction, with the facts,
    what takes long; its answer is the work's second argument.
    """

    def register(work: Work) -> Work:
        _kinds[kind] = work
        if prepare is not None:
            _preparations[kind] = prepare
        if every is not None:
            _recurring[kind] = every
        return work

    return register


def ask(kind: str, *, after: timedelta = timedelta(), **facts: Any) -> Job:
    """Enqueue a job in the caller's transaction: it runs only if, and after, that transaction commits."""
    if kind not in _kinds:
        raise LookupError(f"no work is registered for jobs of kind {kind!r}")
    moment = clock.now()
    asked = Job(kind=kind, facts=facts, asked_at=moment, run_after=moment + after)
    db.session.add(asked)
    return asked


def ask_recurring() -> None:
    """Ask for what recurs and has not been asked for in this span; of several workers one does."""
    moment = clock.now()
    for kind, every in _recurring.items():
        job_id = rules.turn(kind, moment, every)
        with suppress(IntegrityError), db.transaction(write=True):
            if db.session.get(Job, job_id) is None:
                db.session.add(Job(id=job_id, kind=kind, facts={}, asked_at=moment, run_after=moment))


def run_next() -> bool:
    """Run one due job; False when nothing is due. A try counts from its beginning, so that one that ends its worker counts
    too; a failure is written down and the job waits for its next try."""
    with db.transaction(write=True):
        due = queries.next_due(clock.now())
        if due is None:
            return False
        if due.leased_until is not None and _ended_its_workers(due):
            return True
        due.leased_until, due.tries = clock.now() + rules.LEASE, due.tries + 1
        job_id, kind, facts = due.id, due.kind, due.facts
    try:
        prepared = [_preparations[kind](facts)] if kind in _preparations else []
        with db.transaction(write=True):
            _kinds[kind](facts, *prepared)
            _done(job_id)
    except Exception as error:
        log.exception("job %s (%s) failed", job_id, kind)
        with db.transaction(write=True):
            _failed(job_id, f"{type(error).__name__}: {error}")
    return True


def run_all_due() -> int:
    """Run jobs until none is due; the number run."""
    count = 0
    while run_next():
        count += 1
    return count


def work_until(stop: threading.Event, *, idle_seconds: float = 0.5) -> None:
    """The worker's loop: ask for what recurs, run what is due, else wait."""
    looked: datetime | None = None
    while not stop.is_set():
        try:
            if looked is None or clock.now() - looked > LOOK_AGAIN:
                ask_recurring()
                looked = clock.now()
            busy = run_next()
        except Exception:
            log.exception("the worker could not reach the job table")
            busy = False
        if not busy:
            stop.wait(idle_seconds)


def _ended_its_workers(row: Job) -> bool:
    """A job whose lease ran out took its worker with it: after the last such try a person has to look."""
    row.last_error = ENDED
    if row.tries >= rules.MOST_TRIES:
        row.gave_up_at, row.leased_until = clock.now(), None
    return row.gave_up_at is not None


def _done(job_id: UUID) -> None:
    row = db.session.get_one(Job, job_id)
    row.finished_at, row.leased_until, row.last_error = clock.now(), None, None


def _failed(job_id: UUID, reason: str) -> None:
    row = db.session.get_one(Job, job_id)
    row.last_error, row.leased_until = reason[:2000], None
    row.run_after = clock.now() + rules.pause_after(row.tries)
    if row.tries >= rules.MOST_TRIES:
        row.gave_up_at = clock.now()
