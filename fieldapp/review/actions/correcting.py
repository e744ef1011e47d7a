"""The 补正说明: written by one member, signed by two certified ones, then back to the leader."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import queries as copies
from fieldapp.review import queries, rules
from fieldapp.review.actions import beside
from fieldapp.review.models import ClericalCorrection
from fieldapp.roles import Officer
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as visits_queries
from fieldapp.visits.models import VisitRemark


def write_clerical_correction(review_id: UUID, path: str, wrong_text: str, right_text: str, *,
                              by: Officer) -> ClericalCorrection:
    """Write what a signed record should have said; the record itself is never rewritten."""
    review = queries.review(review_id)
    row = review.visit_task
    beside.check_may_write(review, by)
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
    if beside.sign(correction, {}, by):
        correction.completed_at = clock.now()
    ledger.record(by, "review.clerical_correction_signed", correction)
    if correction.completed_at:
        _answer(correction, by)
    return correction


def withdraw_clerical_correction(correction_id: UUID, *, by: Officer) -> ClericalCorrection:
    """Take back a correction that is not in force; where nothing else waits, the record goes to the leader again."""
    correction = queries.correction(correction_id)
    rules.check_may_withdraw_beside(is_writer=correction.written_by == by.person_id, is_complete=correction.is_settled)
    correction.withdrawn_at = clock.now()
    ledger.record(by, "review.clerical_correction_withdrawn", correction)
    beside.send_on(correction.visit_task_id, by)
    return correction


def answer_remark(remark_id: UUID, text: str, *, by: Officer) -> VisitRemark:
    """Answer a remark in words where nothing of the record has to change; the last answer sends the record on."""
    remark = visits_queries.remark(remark_id)
    rules.check_answer(text, is_open=remark.answered_at is None)
    answered = visits.answer_remark(remark.id, {"text": text.strip()}, by=by)
    beside.send_on(remark.visit_task_id, by)
    return answered


def _answer(correction: ClericalCorrection, by: Officer) -> None:
    """A correction in force answers the remarks at its field and those about the record as a whole."""
    concerned = [one for one in queries.remarks(correction.visit_task_id) if one.path in {correction.path, ""}]
    beside.answer(concerned, {"correction": str(correction.id)}, by)
    _tell_entity(correction, by)
    beside.send_on(correction.visit_task_id, by)


def _tell_entity(correction: ClericalCorrection, by: Officer) -> None:
    """The entity's own copy says that there is a correction, and where it stands."""
    fieldwork.put_on_copy(correction.visit_task_id, "correction",
                          {"url": copies.copy_page(correction.visit_task.visit_id, "corrections")}, by=by)
