"""Jobs run after the commit that asked for them, at least once, and their failures are kept."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp import clock, db
from fieldapp.jobs import actions, queries, rules
from fieldapp.jobs.models import Job

runs: list[dict[str, Any]] = []


@actions.job("test.note")
def note(facts: dict[str, Any]) -> None:
    runs.append(facts)
    if facts.get("fail"):
        raise ValueError("no")


@pytest.fixture(autouse=True)
def _no_runs() -> None:
    runs.clear()


def test_a_job_asked_for_in_a_transaction_that_fails_is_never_run(database: str) -> None:
    with pytest.raises(RuntimeError), db.transaction(write=True):
        actions.ask("test.note", a=1)
        raise RuntimeError
    assert actions.run_all_due() == 0
    assert runs == []


def test_a_job_runs_once_after_the_commit(database: str) -> None:
    with db.transaction(write=True):
        actions.ask("test.note", a=1)
    assert actions.run_all_due() == 1
    assert runs == [{"a": 1}]


def test_a_failing_job_is_tried_again_later_and_stays_visible(database: str) -> None:
    with db.transaction(write=True):
        actions.ask("test.note", fail=True)
    assert actions.run_all_due() == 1
    with db.transaction(write=False):
        failing = db.session.query(Job).one()
        assert failing.last_error == "ValueError: no"
        assert failing.run_after > clock.now()
    later = clock.now() + rules.pause_after(1)
    clock.set_source(lambda: later)
    assert actions.run_all_due() == 1
    assert len(runs) == 2


def test_a_job_whose_worker_died_is_run_again_after_its_lease(database: str) -> None:
    with db.transaction(write=True):
        job = actions.ask("test.note", a=1)
        job.leased_until = clock.now() + rules.LEASE
    assert actions.run_all_due() == 0
    later = clock.now() + rules.LEASE + timedelta(seconds=1)
    clock.set_source(lambda: later)
    assert actions.run_all_due() == 1


def test_a_job_that_ends_its_workers_is_seen_and_given_up(database: str) -> None:
    with db.transaction(write=True):
        job = actions.ask("test.note", a=1)
        job.tries, job.leased_until = rules.MOST_TRIES - 1, clock.now() - timedelta(seconds=1)
    with db.transaction(write=True):
        leased = queries.next_due(clock.now())
        assert leased is not None
        leased.tries, leased.leased_until = rules.MOST_TRIES, clock.now() - timedelta(seconds=1)
    assert actions.run_next()
    assert runs == []
    with db.transaction(write=False):
        given_up = db.session.query(Job).one()
        assert (given_up.last_error, given_up.leased_until) == (actions.ENDED, None)
        assert given_up.gave_up_at is not None


def test_after_the_last_try_a_person_has_to_look(database: str) -> None:
    with db.transaction(write=True):
        actions.ask("test.note", fail=True).tries = rules.MOST_TRIES - 1
    actions.run_all_due()
    with db.transaction(write=False):
        assert db.session.query(Job).one().gave_up_at is not None


def test_work_that_nobody_registered_is_refused_at_once(database: str) -> None:
    with pytest.raises(LookupError, match=r"test\.unknown"), db.transaction(write=True):
        actions.ask("test.unknown")
