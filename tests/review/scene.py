"""A record that came in from a visit: closed, signed by the entity and both inspectors, ready for its review."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.models import FieldValue, RecordCopy, RecordEvent, RecordItem
from fieldapp.jobs import actions as jobs
from fieldapp.policy.actions import seed_calendar
from fieldapp.publication import jobs as publication_jobs
from fieldapp.review import actions
from fieldapp.review import jobs as review_jobs
from fieldapp.review.actions import Approval
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision, ResultCategory
from fieldapp.roles import Outsider
from fieldapp.visits import actions as visits
from fieldapp.visits.models import Visit, VisitTask
from tests.people import Cast, Player
from tests.visits.scene import START, approved_visit

CLOSED = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
REGISTERED = (review_jobs, publication_jobs)
PRODUCT = Outsider("系统")


def closed_record(cast: Cast, *, category: str = "no_problem", text: str = "", order: str = "",
                  signers: tuple[str, ...] = ("inspector_a", "inspector_b"), entity_signs: bool = True) -> UUID:
    """The part of a visit of 24 November whose record is closed; the calendar is there."""
    visit_id = approved_visit(cast)
    clock.set_source(lambda: NOW)
    with db.transaction(write=True):
        seed_calendar(by=cast.legal.officer)
        part = db.session.get_one(Visit, visit_id).visit_tasks[0]
        visits.start_visit(visit_id, START, by=cast.inspector_a.officer)
        for number, name in enumerate(signers, 20):
            _come(visit_id, number, cast.players[name])
        said = {"category": category, "text": text, "order": order}
        for number, (name, value) in enumerate(said.items(), 1):
            if value:
                _set(cast, part, number, f"r/{part.id}/conclusion/{name}", value)
        if entity_signs:
            entity = {"role": "entity", "name": "李某某", "capacity": "authorised"}
            _sign(part, 11, cast.inspector_a, f"r/{part.id}/record", entity)
        for number, name in enumerate(signers, 12):
            player = cast.players[name]
            _sign(part, number, player, f"r/{part.id}/record/inspector/{player.id}", {"role": "inspector", "name": player.name})
        db.session.add(RecordCopy(visit_id=visit_id, secret="copy-of-the-entity", created_at=NOW))
        visits.close_visit(visit_id, CLOSED, by=cast.inspector_a.officer)
        return part.id


def opened_review(cast: Cast, **record: Any) -> UUID:
    """A closed record's review, before the leader (inspector a)."""
    part_id = closed_record(cast, **record)
    with db.transaction(write=True):
        return actions.open_review(part_id, by=PRODUCT).id


def decide(review_id: UUID, player: Player, decision: Decision = Decision.AGREED, opinion: str = "", **more: Any) -> str:
    """One step in a transaction of its own; the state after it."""
    with db.transaction(write=True):
        return actions.decide_review(review_id, decision, opinion, by=player.officer, **more).state


def approved_review(cast: Cast, approval: Approval | None = None, **record: Any) -> UUID:
    """All three steps are taken; the part whose result is to be entered."""
    review_id = opened_review(cast, **record)
    decide(review_id, cast.inspector_a)
    decide(review_id, cast.second_officer)
    decide(review_id, cast.head, approval=approval)
    with db.transaction(write=False):
        return db.session.get_one(RecordReview, review_id).visit_task_id


def run_jobs() -> None:
    """What was asked for after the commits."""
    while jobs.run_next():
        continue


def ordered(text: str = "补齐消毒记录") -> Approval:
    """A result that says rectification was ordered."""
    return Approval(ResultCategory.RECTIFICATION_ORDERED, "部分消毒记录不全", text)


def part_of(review_id: UUID) -> VisitTask:
    return db.session.get_one(RecordReview, review_id).visit_task


def _set(cast: Cast, part: VisitTask, number: int, path: str, value: str) -> None:
    db.session.add(FieldValue(visit_id=part.visit_id, path=path, value=value, op_id=ids.uuid7(), device="phone",
                              person_id=cast.inspector_a.id, set_at=START, receipt=number))
    db.session.flush()


def _come(visit_id: UUID, number: int, player: Player) -> None:
    db.session.add(RecordItem(visit_id=visit_id, path=f"present/{player.id}", kind="presence", op_id=ids.uuid7(), at=START,
                              value={"name": player.name, "by": "own_phone"}, person_id=player.id, receipt=number))


def _sign(part: VisitTask, number: int, player: Player, path: str, value: dict[str, Any]) -> None:
    stands = fieldwork.as_signed(part)
    db.session.add(RecordEvent(
        visit_id=part.visit_id, visit_task_id=part.id, kind="sign", path=path, value={**value, **stands},
        digest=stands["digest"], digest_fits=True, op_id=ids.uuid7(), person_id=player.id, at=START, received_at=START,
        receipt=number))
    db.session.flush()
