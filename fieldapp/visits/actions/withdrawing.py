"""Taking back what was approved or submitted, because what it rested on has changed."""

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.documents import actions as documents
from fieldapp.documents import queries as register
from fieldapp.roles import Officer
from fieldapp.visits import queries
from fieldapp.visits.models import Visit, VisitApproval
from fieldapp.visits.rules import VisitState


def withdraw_approval(visit: Visit, reason: str, *, by: Officer) -> None:
    """Void the notice and the reserved record numbers; the visit has to be submitted and approved again."""
    accounts.answered("visit_approval", visit.id, by=by)
    void_documents(visit, reason, by=by)
    visit.state = VisitState.SLOT_AGREED if visit.slot_start else VisitState.PROPOSED
    db.session.add(VisitApproval(visit_id=visit.id, kind="withdrawn", person_id=by.person_id, opinion=reason,
                                 at=clock.now()))
    ledger.record(by, "visits.approval_withdrawn", visit, reason=reason)


def void_documents(visit: Visit, reason: str, *, by: Officer) -> None:
    """Void a visit's notice and approval form, and the numbers of records and orders that nothing was written under."""
    if visit.notice_id is not None:
        documents.void(visit.notice_id, reason, by=by)
        visit.notice_id = None
    for form in register.documents_about([row.id for row in queries.approvals(visit.id)]):
        if form.voided_at is None:
            documents.void(form.id, reason, by=by)
    for supplement in queries.supplements_of(visit):
        documents.void(supplement.id, reason, by=by)
    for part in visit.visit_tasks:
        if part.record_number_id is not None:
            documents.void(part.record_number_id, reason, by=by)
            part.record_number_id = None
        order = queries.order_number(part)
        if order is not None and order.issued_at is None:
            documents.void(order.id, reason, by=by)
