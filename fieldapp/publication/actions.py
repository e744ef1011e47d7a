"""Enter a reviewed result, publish it, correct it by a new version, make the file for the publicity system."""

from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.documents import actions as documents
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.ledger.actions import Actor
from fieldapp.publication import outgoing, queries, rules
from fieldapp.publication.models import InspectionResult, OutgoingFile
from fieldapp.publication.rules import ResultCategory, ResultState
from fieldapp.refusals import Conflict
from fieldapp.review import queries as review
from fieldapp.review import rules as reviewing
from fieldapp.roles import Officer, Role
from fieldapp.words import N_


def enter_result(visit_task_id: UUID, *, by: Actor) -> InspectionResult:
    """Enter the result that the head has approved as version 1, and ask for its publication; once."""
    earlier = queries.versions(visit_task_id)
    if earlier:
        return earlier[0]
    approved = rules.check_is_reviewed(queries.approved_review(visit_task_id))
    result = InspectionResult(
        visit_task_id=visit_task_id, version=1, category=approved.category, text=approved.result_text,
        measure_text=reviewing.order_summary(approved.order_text, approved.order_until),
        inspected_on=review.inspected_on(approved.visit_task), state=ResultState.ENTERED, entered_at=clock.now())
    _add(result)
    due = queries.clock_of(result)
    result.due_on, result.due_is_provisional = due.day, due.is_provisional
    task, visit = result.visit_task.task, result.visit_task.visit
    accounts.ask("publication", result.id, role=Role.DIVISION_HEAD, division_id=task.division_id, due_on=due.day,
                 title=f"{visit.object.name} · {task.name}", endpoint="publication.show_entry",
                 arguments={"result_id": result.id})
    ledger.record(by, "publication.result_entered", result)
    return result


def publish_result(result_id: UUID, *, by: Officer) -> InspectionResult:
    """Make a reviewed result public; the deadline that held is kept with it."""
    result = queries.result(result_id)
    part = result.visit_task
    rules.check_may_publish(by, part.task.division_id, ResultState(result.state))
    rules.check_category_has_order(ResultCategory(result.category), has_order=queries.order_in_force(part.id) is not None)
    names = review.names_in(part)
    for text in (result.text, result.measure_text):
        reviewing.check_no_person_named(text, names)
    due = queries.clock_of(result)
    result.due_on, result.due_is_provisional = due.day, due.is_provisional
    result.state, result.published_at, result.published_by = ResultState.PUBLISHED, clock.now(), by.person_id
    accounts.answered("publication", result.id, by=by)
    ledger.record(by, "publication.result_published", result)
    _tell_entity(result, by)
    return result


def correct_result(result_id: UUID, category: ResultCategory, text: str, reason: str, *, by: Officer) -> InspectionResult:
    """Publish a corrected version in place of the present one, which stays visible as 已更正.

    What was ordered goes with the category that ordered it: corrected into another, the order is void."""
    old = queries.result(result_id)
    part = old.visit_task
    rules.check_correction(ResultState(old.state), reason, before=(old.category, old.text),
                           after=(category, text.strip()))
    order = queries.order_in_force(part.id)
    rules.check_category_has_order(category, has_order=order is not None)
    for written in (text, reason):
        reviewing.check_no_person_named(written, review.names_in(part), "text")
    keeps_order = category is ResultCategory.RECTIFICATION_ORDERED
    if order is not None and not keeps_order:
        documents.void(order.id, reason, by=by)
    old.state = ResultState.SUPERSEDED
    ledger.record(by, "publication.result_superseded", old, reason=reason.strip())
    result = InspectionResult(
        visit_task_id=part.id, version=old.version + 1, category=category, text=text.strip(),
        measure_text=old.measure_text if keeps_order else "", inspected_on=old.inspected_on, state=ResultState.PUBLISHED,
        entered_at=clock.now(), published_at=clock.now(), published_by=by.person_id, due_on=old.due_on,
        due_is_provisional=old.due_is_provisional, corrected_reason=reason.strip(), objection_state=old.objection_state)
    _add(result)
    ledger.record(by, "publication.result_corrected", result, reason=reason.strip())
    _tell_entity(result, by)
    return result


def make_outgoing_file(since: date | None, *, by: Officer) -> OutgoingFile:
    """Write the published results in the publicity schema, and keep the file with its hash."""
    entries = [rules.as_entry(result) for result in queries.outgoing_results(since)]
    rules.check_anything_goes_out(len(entries))
    content = outgoing.as_json(entries)
    file = OutgoingFile(made_at=clock.now(), made_by=by.person_id, result_count=len(entries), content=content,
                        sha256=sha256(content.encode()).hexdigest())
    db.session.add(file)
    ledger.record(by, "publication.outgoing_file_made", file)
    return file


def _tell_entity(result: InspectionResult, by: Officer) -> None:
    """Put the published result on the entity's own copy."""
    fieldwork.put_on_copy(result.visit_task_id, "result", {
        "category": ResultCategory(result.category).label, "text": result.text, "measure": result.measure_text,
        "url": f"/public/results/{result.id}",
        "published_at": (result.published_at or clock.now()).isoformat()}, by=by)


def _add(result: InspectionResult) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(result)
            db.session.flush()
    except IntegrityError:
        raise Conflict("publication.somebody_was_faster", N_("这项结果刚刚已由他人办理，请刷新后查看")) from None
