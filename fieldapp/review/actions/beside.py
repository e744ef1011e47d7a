"""What a correction and a supplementary record have in common: who writes and signs beside a signed record, and what follows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fieldapp import clock
from fieldapp.policy import queries as policy
from fieldapp.registry.models import Inspector
from fieldapp.review import queries, rules
from fieldapp.review.actions.opening import resubmit_record
from fieldapp.review.models import ClericalCorrection, RecordReview, SupplementaryRecord
from fieldapp.review.rules import ReviewState
from fieldapp.roles import Officer
from fieldapp.visits import actions as visits
from fieldapp.visits.models import Visit, VisitRemark


def seat(visit: Visit, by: Officer) -> Inspector | None:
    """The officer as one of the visit's team; None for others."""
    return next((inspector for inspector in queries.team(visit) if inspector.person_id == by.person_id), None)


def check_may_write(review: RecordReview, by: Officer) -> None:
    """A member of the team writes beside a signed record that was returned."""
    part = review.visit_task
    rules.check_may_write_beside(is_signed=queries.proposal(part).is_signed, is_returned=review.state == ReviewState.RETURNED,
                                 is_member=seat(part.visit, by) is not None)


def sign(row: ClericalCorrection | SupplementaryRecord, signing: dict[str, Any], by: Officer) -> bool:
    """Put a certified member's signature under it, with what else `signing` says; whether these are enough now."""
    day = clock.today()
    sitting = seat(row.visit_task.visit, by)
    signed = [one["person_id"] for one in row.signatures]
    rules.check_may_sign_beside(is_member=sitting is not None, is_certified=bool(sitting and sitting.is_certified_on(day)),
                                has_signed=str(by.person_id) in signed, is_complete=row.is_settled)
    row.signatures = [*row.signatures, {
        "person_id": str(by.person_id), "name": by.name,
        "certificate_number": sitting.certificate_number if sitting else None, "at": clock.now().isoformat(), **signing}]
    return rules.is_complete([*signed, str(by.person_id)], policy.rule_set_on(day).min_certified)


def answer(remarks: Sequence[VisitRemark], said: dict[str, str], by: Officer) -> None:
    """Answer those of the remarks that are still open by what is in force now."""
    for remark in remarks:
        if remark.answered_at is None:
            visits.answer_remark(remark.id, said, by=by)


def send_on(visit_task_id: UUID, by: Officer) -> None:
    """When every remark is answered and all that was written beside the record is settled, it goes to the leader again."""
    review = queries.review_of(visit_task_id)
    waits = [one for one in queries.remarks(visit_task_id) if one.answered_at is None]
    unsigned = [one for one in queries.corrections(visit_task_id) if not one.is_settled]
    awaited = [one for one in queries.supplementary_records(visit_task_id) if not one.is_settled]
    if review is not None and review.state == ReviewState.RETURNED and not waits and not unsigned and not awaited:
        resubmit_record(review, by=by)
