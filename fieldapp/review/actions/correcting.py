"""The 补正说明: written by one member, signed by two certified ones, then back to the leader."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import queries as copies
from fieldapp.policy import queries as policy
from fieldapp.registry.models import Inspector
from fieldapp.review import queries, rules
from fieldapp.review.actions.opening import resubmit_record
from fieldapp.review.models import ClericalCorrection
from fieldapp.review.rules import ReviewState
from fieldapp.roles import Officer
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as visits_queries
from fieldapp.visits.models import Visit, VisitRemark


def write_clerical_correction(review_id: UUID, path: str, wrong_text: str, right_text: str, *,
                              by: Officer) -> ClericalCorrection:
    """Write what a signed record should have said; the record itself is never rewritten."""
    review = queries.review(review_id)
    row = review.visit_task
    rules.check_may_correct(is_signed=queries.proposal(row).is_signed, is_returned=review.state == ReviewState.RETURNED,
                            is_member=_seat(row.visit, by) is not None)
    texts = queries.texts(row)
    rules.check_is_clerical(path, texts)
    rules.check_correction_text(wrong_text, right_text, texts.get(path))
    correction = ClericalCorrection(visit_task_id=row.id, path=path, wrong_text=wrong_text.strip(),
                                    right_text=right_text.strip(), written_by=by.person_id, written_at=clock.now(),
                                    signatures=[])
    db.session.add(correction)
    ledger.record(by, "review.clerical_correction_written", correction)
    return correction


def sign_clerical_correction(correction_id: UUID, *, by: Officer) -> ClericalCorrection:
    """Sign a correction; the second certified signature puts it in force, and the last one sends the record on."""
    correction = queries.correction(correction_id)
    visit, day = correction.visit_task.visit, clock.today()
    seat = _seat(visit, by)
    signed = [signature["person_id"] for signature in correction.signatures]
    rules.check_may_sign_correction(
        is_member=seat is not None, is_certified=bool(seat and seat.is_certified_on(day)),
        has_signed=str(by.person_id) in signed, is_complete=correction.is_settled)
    correction.signatures = [*correction.signatures, {
        "person_id": str(by.person_id), "name": by.name, "certificate_number": seat.certificate_number if seat else None,
        "at": clock.now().isoformat()}]
    if rules.is_complete([*signed, str(by.person_id)], policy.rule_set_on(day).min_certified):
        correction.completed_at = clock.now()
    ledger.record(by, "review.clerical_correction_signed", correction)
    if correction.completed_at:
        _answer(correction, by)
    return correction


def withdraw_clerical_correction(correction_id: UUID, *, by: Officer) -> ClericalCorrection:
    """Take back a correction that is not in force; where nothing else waits, the record goes to the leader again."""
    correction = queries.correction(correction_id)
    rules.check_may_withdraw_correction(is_writer=correction.written_by == by.person_id, is_complete=correction.is_settled)
    correction.withdrawn_at = clock.now()
    ledger.record(by, "review.clerical_correction_withdrawn", correction)
    _send_on(correction.visit_task_id, by)
    return correction


def answer_remark(remark_id: UUID, text: str, *, by: Officer) -> VisitRemark:
    """Answer a remark in words where nothing of the record has to change; the last answer sends the record on."""
    remark = visits_queries.remark(remark_id)
    rules.check_answer(text, is_open=remark.answered_at is None)
    answered = visits.answer_remark(remark.id, {"text": text.strip()}, by=by)
    _send_on(remark.visit_task_id, by)
    return answered


def _answer(correction: ClericalCorrection, by: Officer) -> None:
    """A correction in force answers the remarks at its field and those about the record as a whole."""
    for remark in queries.remarks(correction.visit_task_id):
        if remark.answered_at is None and remark.path in {correction.path, ""}:
            visits.answer_remark(remark.id, {"correction": str(correction.id)}, by=by)
    _tell_entity(correction, by)
    _send_on(correction.visit_task_id, by)


def _tell_entity(correction: ClericalCorrection, by: Officer) -> None:
    """The entity's own copy says that there is a correction, and where it stands."""
    fieldwork.put_on_copy(correction.visit_task_id, "correction",
                          {"url": copies.copy_page(correction.visit_task.visit_id, "corrections")}, by=by)


def _send_on(visit_task_id: UUID, by: Officer) -> None:
    """When every remark is answered and every correction signed, the record goes to the leader again."""
    review = queries.review_of(visit_task_id)
    waits = [one for one in queries.remarks(visit_task_id) if one.answered_at is None]
    unsigned = [one for one in queries.corrections(visit_task_id) if not one.is_settled]
    if review is not None and review.state == ReviewState.RETURNED and not waits and not unsigned:
        resubmit_record(review, by=by)


def _seat(visit: Visit, by: Officer) -> Inspector | None:
    return next((inspector for inspector in queries.team(visit) if inspector.person_id == by.person_id), None)
