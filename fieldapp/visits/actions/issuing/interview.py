"""The 询问笔录 of a visit."""

from uuid import UUID

from fieldapp import ledger
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import personal, rules
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind, Interview
from fieldapp.roles import Officer
from fieldapp.visits import queries
from fieldapp.visits.rules import Step, check_on_team, check_step


def write_interview(visit_id: UUID, told: Interview, *, by: Officer) -> Document:
    """A member of the team writes down an interview; it is issued, printed and signed page by page."""
    visit = queries.visit_for_change(by, visit_id)
    check_on_team(by.person_id, queries.member_person_ids(visit))
    check_step(Step.INTERVIEW, visit.state)
    members = [rules.Member(one.inspector.name, one.inspector.division.name, one.inspector.certificate_number or "")
               for one in queries.members(visit)]
    rules.check_interview(told, members)
    number = told.identity.number
    mark = personal.mark(number)
    of_person = rules.interviews_of(told.name, mark, queries.interviews(visit))
    rules.check_supplement(told, of_person)
    on = rules.Occasion(
        department_name(), visit.object.name, members, by.name, len(of_person) + 1,
        personal.conceal(number) if number else "", mark)
    issued = documents.issue_new(DocumentKind.INTERVIEW, "visit", visit.id, rules.interview_content(told, on), by=by)
    ledger.record(by, "visits.interview_written", issued, facts={
        "number": issued.number, "heard": told.name, "nth": on.nth, "identity": told.identity.shown, "present": told.present,
        "rights": told.rights.label, "supplements": told.supplements})
    return issued
