"""Open the review of a closed record, or take it up again after a return."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.ledger.actions import Actor
from fieldapp.review import queries
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import ReviewState
from fieldapp.roles import Role
from fieldapp.visits import queries as visits

ROLES = {
    ReviewState.LEADER_REVIEW: Role.INSPECTOR,
    ReviewState.OFFICER_CHECK: Role.DIVISION_OFFICER,
    ReviewState.HEAD_APPROVAL: Role.DIVISION_HEAD,
}


def open_review(visit_task_id: UUID, *, by: Actor) -> RecordReview:
    """Put a closed record before the team's leader; once, however often the closing is told."""
    found = queries.review_of(visit_task_id)
    if found is None:
        return _open(visit_task_id, by)
    if found.state == ReviewState.RETURNED:
        resubmit_record(found, by=by)
    return found


def resubmit_record(review: RecordReview, *, by: Actor) -> None:
    """Put a record that was returned and has been answered before the leader again."""
    review.state = ReviewState.LEADER_REVIEW
    accounts.answered("record_returned", review.id, by=by)
    ask_for_step(review)
    ledger.record(by, "review.record_resubmitted", review)


def ask_team(review: RecordReview) -> None:
    """Tell every member of the team that the record came back, until it is before the leader again."""
    row = review.visit_task
    for person_id in sorted(one.person_id for one in queries.team(row.visit) if one.person_id):
        accounts.ask("record_returned", review.id, role=Role.INSPECTOR, person_id=person_id,
                     title=f"{row.visit.object.name} · {row.task.name}", endpoint="review.show_review",
                     arguments={"review_id": review.id}, due_on=queries.internal_due(row).day)


def ask_for_step(review: RecordReview) -> None:
    """Put the step that is due before whoever takes it."""
    row, state = review.visit_task, ReviewState(review.state)
    role, person = ROLES[state], None
    if state is ReviewState.LEADER_REVIEW:
        person = queries.leader_id(row.visit)
        role = role if person else Role.DIVISION_HEAD  # without a leader the head has to appoint one first
    accounts.ask(state.value, review.id, role=role, division_id=row.task.division_id, person_id=person,
                 not_person_ids=[] if state is ReviewState.LEADER_REVIEW else queries.team_ids(row.visit),
                 title=f"{row.visit.object.name} · {row.task.name}", endpoint="review.show_review",
                 arguments={"review_id": review.id}, due_on=queries.internal_due(row).day)


def _open(visit_task_id: UUID, by: Actor) -> RecordReview:
    row = visits.visit_task(visit_task_id)
    review = RecordReview(visit_task_id=row.id, state=ReviewState.LEADER_REVIEW, opened_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(review)
            db.session.flush()
    except IntegrityError:
        # Another worker heard of the same closing first: its review is the one.
        return _opened_by_another(visit_task_id)
    ask_for_step(review)
    ledger.record(by, "review.review_opened", review)
    return review


def _opened_by_another(visit_task_id: UUID) -> RecordReview:
    found = queries.review_of(visit_task_id)
    if found is None:
        raise LookupError(f"no review of {visit_task_id}")
    return found
