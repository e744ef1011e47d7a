"""Open and close a disposal case; each step writes what the public may read of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.disposal import queries, rules
from fieldapp.disposal.models import DisposalCase
from fieldapp.disposal.rules import Measure
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.publication import queries as publication
from fieldapp.publication.models import ResultMeasure
from fieldapp.publication.rules import ResultCategory
from fieldapp.review import queries as review
from fieldapp.review.rules import check_no_person_named
from fieldapp.roles import Officer


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about a finding."""

    measure: Measure
    text: str
    receiver: str = ""
    due_on: date | None = None


def open_case(result_id: UUID, plan: Plan, *, by: Officer) -> DisposalCase:
    """Begin to handle what was found: rectification, an own case, a transfer, a referral."""
    result = publication.result(result_id)
    part = result.visit_task
    rules.check_whose_case(by, part.task.division_id)
    has_order = publication.order_in_force(part.id) is not None
    rules.check_measure_fits(plan.measure, ResultCategory(result.category), has_order=has_order)
    rules.check_case(plan.measure, text=plan.text, receiver=plan.receiver, due_on=plan.due_on, today=clock.today())
    case = DisposalCase(result_id=result.id, measure=plan.measure, text=plan.text.strip(), receiver=plan.receiver.strip(),
                        due_on=plan.due_on, opened_at=clock.now(), opened_by=by.person_id)
    db.session.add(case)
    db.session.flush()
    _tell(case, rules.public_text(plan.measure, plan.text.strip(), plan.receiver.strip(), plan.due_on), "text")
    ledger.record(by, "disposal.case_opened", case)
    if plan.measure in rules.WITH_RECEIVER:
        _issue_transfer(case, by=by)
    return case


def close_case(case_id: UUID, outcome: str, *, by: Officer) -> DisposalCase:
    """Close a case with what came of it."""
    case = queries.case(case_id)
    rules.check_whose_case(by, case.result.visit_task.task.division_id)
    rules.check_may_close(is_closed=case.closed_at is not None, outcome=outcome)
    # What may refuse comes first: the page that keeps a refused form shows the case as it stands.
    _tell(case, f"{Measure(case.measure).label}办结：{outcome.strip()}", "outcome")
    case.closed_at, case.closed_by, case.outcome = clock.now(), by.person_id, outcome.strip()
    ledger.record(by, "disposal.case_closed", case)
    return case


def _tell(case: DisposalCase, text: str, field: str) -> None:
    """Put the step beside the result; what the public reads names no natural person."""
    is_public = rules.is_public(Measure(case.measure))
    if is_public:
        check_no_person_named(text, review.names_in(case.result.visit_task), field)
    db.session.add(ResultMeasure(result_id=case.result_id, measure=case.measure, text=text, at=clock.now(),
                                 is_public=is_public))


def _issue_transfer(case: DisposalCase, *, by: Officer) -> None:
    part, contact = case.result.visit_task, people.person(by.person_id)
    told = rules.Transfer(
        department_name(), case.receiver, part.visit.object.name, part.visit.object.uscc, part.task.item.name, part.task.number,
        ResultCategory(case.result.category).label, case.text, part.record_number.number if part.record_number else "",
        len(fieldwork.record(part.id).photos), f"{part.task.division.name} {contact.name} {contact.telephone}".strip())
    letter = rules.transfer_letter(told, clock.today())
    documents.issue_new(DocumentKind.TRANSFER, "disposal_case", case.id, letter, by=by)
