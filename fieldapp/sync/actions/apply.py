"""Apply what was received, in the order of the receipts: what cannot be applied needs attention and blocks nothing."""

import json
import logging
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy.exc import OperationalError

from fieldapp import clock, db
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork.rules import AppliedOp, Became, Outcome, Thing, place
from fieldapp.jobs.models import Job
from fieldapp.refusals import Refusal
from fieldapp.sync import queries, rules
from fieldapp.sync.actions.counters import OUTCOMES, Counter
from fieldapp.sync.models import Op, OpOutcome
from fieldapp.visits import queries as visits
from fieldapp.words import N_

log = logging.getLogger(__name__)
MOST_AT_ONCE, MOST_TRIED_AGAIN = 100, 20
# A fault of ours, which may have been repaired since.
COULD_NOT_APPLY = "sync.could_not_apply"
# The visit may not start before each member has read the work plan.
PLAN_UNREAD = "visits.work_plan_unread"
# A member's signature that waits for the own confirmation of being there, and for nobody else's.
OF_ONE = "fieldwork.signer_not_present"
# What is held back until something else has come in, and then enters the record by itself.
HELD_BACK = frozenset({"fieldwork.too_few_present", PLAN_UNREAD, "visits.no_leader", "visits.too_few_certified", OF_ONE})


def apply_received(visit_ids: Collection[UUID], job_id: UUID | None = None) -> bool:
    """Apply what was received for these visits and has no outcome yet, the first hundred of it; whether that was all.

    Holds the visits, so that two phones of one visit come one after the other. `job_id` is the job that would have done
    it after a crash: it is done now.
    """
    visits.hold(visit_ids)
    waiting, counter = queries.not_applied(visit_ids, MOST_AT_ONCE), Counter(OUTCOMES)
    came_in = _try_what_failed(visit_ids, counter, MOST_TRIED_AGAIN) + [_apply(row, counter) for row in waiting]
    if any(outcome.became is Became.APPLIED for outcome in came_in):
        _try_again(visit_ids, counter)
    counter.keep()
    is_all = len(waiting) < MOST_AT_ONCE
    if is_all and job_id is not None and (job := db.session.get(Job, job_id)) is not None:
        job.finished_at = clock.now()
    return is_all


def try_again(visit_ids: Collection[UUID]) -> None:
    """Apply what was held back for these visits, now that what it waited for may have come: no operation brings it."""
    for visit_id in sorted(queries.known_visits(visit_ids)):
        visits.visit_held(visit_id)
    counter = Counter(OUTCOMES)
    _try_what_failed(visit_ids, counter)
    _try_again(visit_ids, counter)
    counter.keep()


def _try_what_failed(visit_ids: Collection[UUID], counter: Counter, most: int | None = None) -> list[Outcome]:
    """What a fault of ours kept out of the record enters once the fault is repaired; what fails again is logged again.

    `most` are tried, the first by receipt, while a phone waits for its answer; all of them where nobody waits.
    """
    came_in = []
    for row, before in queries.held_back(visit_ids, {COULD_NOT_APPLY}, most):
        outcome = _outcome(row)
        if outcome.code != before.code:
            log.warning("operation %s could be applied after all: %s", row.id, outcome.became)
            came_in.append(_take(row, outcome, counter))
    return came_in


def _apply(row: Op, counter: Counter) -> Outcome:
    return _take(row, _outcome(row), counter)


def _take(row: Op, outcome: Outcome, counter: Counter) -> Outcome:
    """What waited for the second member enters behind the confirmation, wherever a batch ends: a replay finds the same order."""
    _note(row.id, outcome, counter)
    if outcome.became is Became.APPLIED and place(row.path).thing is Thing.PRESENCE:
        _try_again([row.visit_id], counter)
    return outcome


def _try_again(visit_ids: Collection[UUID], counter: Counter) -> None:
    """What had to wait, for the second member's confirmation or the work plan's reading, enters the record now.

    What holds one back holds all of the visit back, or all that the same member did: the first is asked, the others only if
    it enters.
    """
    still_held = set()
    for row, before in queries.held_back(visit_ids, HELD_BACK):
        held = (row.visit_id, before.code, row.person_id if before.code == OF_ONE else None)
        if held in still_held:
            continue
        outcome = _outcome(row)
        if outcome.code != before.code:
            _note(row.id, outcome, counter)
        else:
            still_held.add(held)


def _outcome(row: Op) -> Outcome:
    try:
        body = rules.upcast(json.loads(row.body))
    except Refusal as refusal:
        return Outcome(Became.ATTENTION, refusal.code, refusal.message)
    try:
        return fieldwork.apply(_applied(row, body))
    except OperationalError:
        raise
    except Exception:
        log.exception("operation %s could not be applied", row.id)
        return Outcome(Became.ATTENTION, COULD_NOT_APPLY, N_("内容已收到并保存，但没有能记入，请联系系统管理员"))


def _applied(row: Op, body: dict[str, Any]) -> AppliedOp:
    op = rules.parse_op(body)
    return AppliedOp(id=op.id, device=op.device, person_id=op.person_id, visit_id=op.visit_id, kind=op.kind, path=op.path,
                     value=op.value, base=op.base, at=op.at, receipt=row.receipt, received_at=row.received_at,
                     clock_offset_ms=op.offset_ms, owner_id=row.received_from, by_entity=rules.is_own_phone(row.device))


def _note(op_id: UUID, outcome: Outcome, counter: Counter) -> None:
    """Write down what became of an operation, and of those whose rivalry it ended; a later row counts."""
    _add(op_id, outcome, counter)
    for settled in outcome.settled:
        _add(settled, Outcome(Became.SETTLED), counter)


def _add(op_id: UUID, outcome: Outcome, counter: Counter) -> None:
    db.session.add(OpOutcome(op_id=op_id, sequence=counter.take(), outcome=str(outcome.became), code=outcome.code,
                             message=outcome.message, at=clock.now()))
