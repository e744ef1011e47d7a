"""File an objection, take it up, re-examine, decide and answer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import queries as copies
from fieldapp.ledger.actions import Actor
from fieldapp.objections import queries, rules
from fieldapp.objections.models import Objection
from fieldapp.objections.rules import Channel, ObjectionDecision, ObjectionState
from fieldapp.policy import queries as policy
from fieldapp.publication import actions as publication
from fieldapp.publication import queries as results
from fieldapp.publication.models import InspectionResult
from fieldapp.publication.rules import ObjectionMark, ResultCategory, ResultState
from fieldapp.refusals import NotFound
from fieldapp.review import queries as review
from fieldapp.review import rules as reviewing
from fieldapp.roles import HEADS, Officer, Outsider, Role
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Application:
    """What an applicant hands in."""

    applicant_name: str
    applicant_contact: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a re-examination proposes, or the head decides: upheld, or corrected into this category and text."""

    decision: ObjectionDecision
    category: ResultCategory | None = None
    text: str = ""


def file_objection(secret: str, result_id: UUID, application: Application) -> Objection:
    """The entity files an objection by the secret address of its copy; it is received at once."""
    of_visit = results.results_of_visit(queries.copy(secret).visit_id)
    if result_id not in {result.id for result in of_visit}:
        raise NotFound("objections.unknown_result", N_("请选择要提出异议的结果"))
    return _receive(results.result(result_id), Channel.ONLINE, application, clock.today(),
                    by=Outsider(application.applicant_name))


def take_in_objection(result_id: UUID, received_on: date, application: Application, *, by: Officer) -> Objection:
    """An officer takes in an objection on paper, as of the day on which it was received."""
    results.result_for(by, result_id)
    return _receive(results.result(result_id), Channel.PAPER, application, received_on, by=by)


def take_objection(objection_id: UUID, *, by: Officer) -> Objection:
    """An officer of the division, not of the team, takes the re-examination on."""
    objection = queries.objection(objection_id)
    part = objection.result.visit_task
    rules.check_may_examine(by, part.task.division_id, review.team_ids(part.visit))
    rules.check_may_take(ObjectionState(objection.state))
    objection.state, objection.examiner_id = ObjectionState.EXAMINING, by.person_id
    accounts.answered("objection_examination", objection.id, by=by)
    _ask(objection, "objection_examination", Role.DIVISION_OFFICER, person_id=by.person_id)
    ledger.record(by, "objections.objection_taken", objection)
    _tell_entity(objection, "", by)
    return objection


def examine_objection(objection_id: UUID, examination: str, proposed: Outcome, *, by: Officer) -> Objection:
    """Write what the re-examination found and what it proposes; the head decides."""
    objection = queries.objection(objection_id)
    rules.check_examination(ObjectionState(objection.state), is_examiner=objection.examiner_id == by.person_id,
                            examination=examination)
    if rules.needs_new_version(proposed.decision, ResultState(objection.result.state)):
        rules.check_corrected_category(proposed.decision, proposed.category)
    objection.examination, objection.examined_at = examination.strip(), clock.now()
    objection.proposed_decision, objection.proposed_category = proposed.decision, proposed.category
    objection.proposed_text = proposed.text.strip()
    accounts.answered("objection_examination", objection.id, by=by)
    if objection.state == ObjectionState.EXAMINING:
        _ask(objection, "objection_decision", Role.DIVISION_HEAD, division_id=objection.result.visit_task.task.division_id)
    objection.state = ObjectionState.EXAMINED
    ledger.record(by, "objections.objection_examined", objection)
    return objection


def decide_objection(objection_id: UUID, decided: Outcome, answer: str, *, by: Officer) -> Objection:
    """The head decides and answers; a correction becomes the result's next version."""
    objection = queries.objection(objection_id)
    part = objection.result.visit_task
    division = part.task.division_id
    reviewing.check_head(by, division, review.team_ids(part.visit), [one.id for one in people.people_of(division, *HEADS)])
    rules.check_may_decide(ObjectionState(objection.state), is_examiner=objection.examiner_id == by.person_id, answer=answer)
    # What may refuse comes first: the page that keeps a refused form shows the objection as it stands.
    corrected = _correct(objection, decided, answer, by)
    objection.state, objection.decision = ObjectionState.DECIDED, decided.decision
    objection.decided_by, objection.decided_at, objection.answer = by.person_id, clock.now(), answer.strip()
    objection.corrected_result_id = corrected.id if corrected else None
    for version in results.versions(part.id):
        if version.objection_state == ObjectionMark.OPEN:
            version.objection_state = ObjectionMark.CORRECTED if corrected else ObjectionMark.UPHELD
    accounts.answered("objection_decision", objection.id, by=by)
    ledger.record(by, "objections.objection_decided", objection, reason=answer.strip())
    _issue_decision(objection, by=by)
    _tell_entity(objection, objection.answer, by)
    return objection


def _receive(result: InspectionResult, channel: Channel, application: Application, received_on: date, *,
             by: Actor) -> Objection:
    rules.check_application(application.applicant_name, application.grounds)
    rules.check_received_on(received_on, published_on=queries.published_on(result), today=clock.today())
    rules.check_may_object(
        ResultState(result.state), is_open_already=queries.open_about(result.visit_task_id) is not None,
        corrected_on=queries.corrected_on(result), received_on=received_on)
    due = policy.due(received_on, policy.rule_set_on(received_on).objection_workdays)
    objection = Objection(
        number=documents.take_number(DocumentKind.OBJECTION, received_on.year), result_id=result.id, channel=channel,
        applicant_name=application.applicant_name.strip(), applicant_contact=application.applicant_contact.strip(),
        grounds=application.grounds.strip(), received_on=received_on, received_at=clock.now(), entered_by=by.person_id,
        due_on=due.day, due_is_provisional=due.is_provisional, state=ObjectionState.RECEIVED)
    db.session.add(objection)
    db.session.flush()
    (queries.next_version(result) or result).objection_state = ObjectionMark.OPEN
    task, visit = result.visit_task.task, result.visit_task.visit
    _ask(objection, "objection_examination", Role.DIVISION_OFFICER, division_id=task.division_id,
         not_person_ids=review.team_ids(visit))
    ledger.record(by, "objections.objection_received", objection)
    _tell_entity(objection, "", by)
    return objection


def _correct(objection: Objection, decided: Outcome, answer: str, by: Officer) -> InspectionResult | None:
    """The corrected version: a new one, or the one that had corrected the result before the objection came in."""
    if decided.decision is ObjectionDecision.UPHELD:
        return None
    result = objection.result
    if not rules.needs_new_version(decided.decision, ResultState(result.state)):
        return queries.next_version(result)
    rules.check_corrected_category(decided.decision, decided.category)
    applicant = [name for name in [objection.applicant_name] if name != result.visit_task.visit.object.name]
    reviewing.check_no_person_named(answer, applicant, "answer")
    reviewing.check_no_person_named(decided.text, applicant, "text")
    return publication.correct_result(result.id, decided.category or ResultCategory(result.category), decided.text, answer,
                                      by=by)


def _tell_entity(objection: Objection, text: str, by: Actor) -> None:
    """Put the state of the objection, and at the end the answer, on the entity's own copy."""
    part = objection.result.visit_task
    fieldwork.put_on_copy(part.id, "objection", {
        "state": ObjectionState(objection.state).label, "text": text, "url": copies.copy_page(part.visit_id, "objection")}, by=by)


def _ask(objection: Objection, kind: str, role: Role, *, division_id: UUID | None = None, person_id: UUID | None = None,
         not_person_ids: list[UUID] | None = None) -> None:
    accounts.ask(kind, objection.id, role=role, division_id=division_id, person_id=person_id,
                 not_person_ids=not_person_ids or [], due_on=objection.due_on, endpoint="objections.show_objection",
                 title=f"{objection.number} · {objection.result.visit_task.visit.object.name}",
                 arguments={"objection_id": objection.id})


def _issue_decision(objection: Objection, *, by: Officer) -> None:
    part = objection.result.visit_task
    examiner = people.person(objection.examiner_id).name if objection.examiner_id else ""
    told = rules.Answer(
        department_name(), part.visit.object.name, objection.applicant_name, part.task.item.name, objection.number,
        objection.received_on, objection.grounds, objection.examination or "",
        objection.decision == ObjectionDecision.CORRECTED, objection.answer or "", examiner, by.name)
    letter = rules.decision_letter(told, clock.today())
    documents.issue_new(DocumentKind.OBJECTION_DECISION, "objection", objection.id, letter, by=by)
