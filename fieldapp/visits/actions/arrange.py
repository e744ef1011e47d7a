"""Slot, submission, approval: what comes before anybody goes out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.actions.asking import ask_for_approval, ask_to_put_right
from fieldapp.visits.actions.issuing import issue_approval
from fieldapp.visits.actions.notice import content_of_notice, make_credential_addresses
from fieldapp.visits.actions.withdrawing import withdraw_approval
from fieldapp.visits.models import Visit, VisitApproval
from fieldapp.visits.rules import Step, VisitState
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Slot:
    """When the team comes, with whom that was agreed, whom to call, what is to be minded on the site."""

    start: datetime
    end: datetime
    agreed_with: str
    contact: str = ""
    site_safety: str = ""
    reason: str = ""


def agree_slot(visit_id: UUID, slot: Slot, *, by: Officer) -> Visit:
    """Write down the slot agreed with the object; one already approved has to be approved again."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.AGREE_SLOT, visit.state)
    rules.check_may_arrange(by, visit.lead_division_id)
    rules.check_slot(slot.start, slot.end, queries.window(visit), today=clock.today(),
                     is_workday=queries.is_working_day(slot.start), reason=slot.reason)
    if visit.state in {VisitState.SUBMITTED, VisitState.APPROVED}:
        withdraw_approval(visit, N_("检查时间变更"), by=by)
    visit.slot_start, visit.slot_end, visit.slot_agreed_with = slot.start, slot.end, slot.agreed_with
    visit.contact, visit.site_safety, visit.slot_reason = slot.contact, slot.site_safety, slot.reason
    visit.state = VisitState.SLOT_AGREED
    ledger.record(by, "visits.slot_agreed", visit, reason=slot.reason or None)
    return visit


def submit_visit(visit_id: UUID, *, by: Officer) -> Visit:
    """Lay the visit before the department's head; where the rule set asks for none, the division's head approves it so."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_step(Step.SUBMIT, visit.state)
    rules.check_may_arrange(by, visit.lead_division_id)
    rules.check_is_ready(queries.readiness(visit))
    visit.state = VisitState.SUBMITTED
    _write_decision(visit, "submitted", "", by=by)
    accounts.answered("visit_returned", visit.id, by=by)
    ledger.record(by, "visits.visit_submitted", visit)
    by_department_head = queries.numbers_for(visit).visit_approval_by_department_head
    on_team = by.person_id in queries.member_person_ids(visit)
    if not by_department_head and by.heads(visit.lead_division_id) and not on_team:
        return approve(visit, "", by=by)
    ask_for_approval(visit, by_department_head=by_department_head)
    return visit


def decide_visit(visit_id: UUID, decision: str, opinion: str, *, by: Officer) -> Visit:
    """Approve the inspection, which issues its notice, or give it back with an opinion."""
    visit = queries.visit_for_change(by, visit_id)
    rules.check_may_approve(by, lead_division_id=visit.lead_division_id, team=queries.member_person_ids(visit),
                            by_department_head=queries.numbers_for(visit).visit_approval_by_department_head)
    rules.check_step(Step.DECIDE, visit.state)
    rules.check_opinion(decision, opinion)
    accounts.answered("visit_approval", visit.id, by=by)
    if decision == "agree":
        rules.check_is_ready(queries.readiness(visit))
        return approve(visit, opinion.strip(), by=by)
    visit.state = VisitState.SLOT_AGREED
    _write_decision(visit, "returned", opinion.strip(), by=by)
    ask_to_put_right(visit)
    ledger.record(by, "visits.visit_returned", visit, reason=opinion.strip())
    return visit


def approve(visit: Visit, opinion: str, *, by: Officer) -> Visit:
    """Issue the numbered notice, reserve a record number per task, make the addresses of 人员核验."""
    visit.state = VisitState.APPROVED
    decided = _write_decision(visit, "approved", opinion, by=by)
    notice = documents.reserve(DocumentKind.NOTICE, "visit", visit.id, by=by)
    documents.issue(notice.id, content_of_notice(visit), by=by)
    visit.notice_id = notice.id
    for part in visit.visit_tasks:
        part.record_number_id = documents.reserve(DocumentKind.RECORD, "visit_task", part.id, by=by).id
    make_credential_addresses(visit)
    ledger.record(by, "visits.visit_approved", visit, reason=opinion or None, facts={"notice": notice.number})
    issue_approval(visit, notice, decided, by=by)
    return visit


def reserve_order_numbers(visit: Visit, *, by: Officer) -> None:
    """Each record takes a number along for an order that may have to be written on site (§0b.1); once, however often the
    day is prepared."""
    for part in visit.visit_tasks:
        if queries.order_number(part) is None:
            documents.reserve(DocumentKind.ORDER, "visit_task", part.id, by=by)


def _write_decision(visit: Visit, kind: str, opinion: str, *, by: Officer) -> VisitApproval:
    row = VisitApproval(visit_id=visit.id, kind=kind, person_id=by.person_id, opinion=opinion, at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row
