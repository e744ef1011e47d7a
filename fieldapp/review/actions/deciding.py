"""The leader signs off, an officer checks, the head approves; each may return the record instead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind, Member, OrderFacts, order_content
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.jobs import actions as jobs
from fieldapp.policy import queries as policy
from fieldapp.review import queries, rules
from fieldapp.review.actions.opening import ask_for_step, ask_team
from fieldapp.review.models import RecordReview, ReviewDecision
from fieldapp.review.rules import Decision, ResultCategory, ReviewState
from fieldapp.roles import HEADS, Officer
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as visits_queries
from fieldapp.visits.models import VisitTask
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be put right, at which field of the record (empty: the record as a whole)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The result as the head approves it: until then the category is a proposal."""

    category: ResultCategory
    text: str = ""
    order: str = ""
    order_until: date | None = field(default=None)


def decide_review(review_id: UUID, decision: Decision, opinion: str = "", *, remarks: Sequence[Remark] = (),
                  approval: Approval | None = None, by: Officer) -> RecordReview:
    """Take the step that is due: agree and hand the record on, or return it with remarks anchored to fields."""
    review = queries.review(review_id)
    step = ReviewState(review.state)
    rules.check_is_open(step)
    _check_whose_step(review, step, by)
    if decision is Decision.RETURNED:
        _return_record(review, step, opinion, remarks, by)
    elif step is ReviewState.HEAD_APPROVAL:
        _approve_record(review, opinion, approval or _as_proposed(review.visit_task), by)
    else:
        _agree(review, step, opinion, by)
    accounts.answered(step.value, review.id, by=by)
    if review.state in {ReviewState.OFFICER_CHECK, ReviewState.HEAD_APPROVAL}:
        ask_for_step(review)
    return review


def _check_whose_step(review: RecordReview, step: ReviewState, by: Officer) -> None:
    row = review.visit_task
    team, division = queries.team_ids(row.visit), row.task.division_id
    if step is ReviewState.LEADER_REVIEW:
        rules.check_leader(by.person_id, queries.leader_id(row.visit))
    elif step is ReviewState.OFFICER_CHECK:
        rules.check_officer(by, division, team)
    else:
        rules.check_head(by, division, team, [head.id for head in people.people_of(division, *HEADS)])


def _agree(review: RecordReview, step: ReviewState, opinion: str, by: Officer) -> None:
    """The leader signs off, or the officer has checked."""
    row = review.visit_task
    needed = policy.rule_set_on(queries.inspected_on(row)).min_certified
    rules.check_enough_signatures(queries.proposal(row).signatures, needed)
    _write_decision(review, step, Decision.AGREED, opinion, by)
    review.state = rules.step_after(step)
    verb = "review.record_signed_off" if step is ReviewState.LEADER_REVIEW else "review.record_checked"
    ledger.record(by, verb, review, reason=opinion or None)


def _approve_record(review: RecordReview, opinion: str, approval: Approval, by: Officer) -> None:
    """The head approves the result; an order gets its number, and the result is entered after the commit."""
    row = review.visit_task
    proposal, names = queries.proposal(row), queries.names_in(row)
    rules.check_change_has_reason(proposal.category, approval.category, opinion)
    rules.check_order(approval.category, approval.order)
    rules.check_no_person_named(approval.text, names, "text")
    rules.check_no_person_named(approval.order, names, "order")
    _write_decision(review, ReviewState.HEAD_APPROVAL, Decision.AGREED, opinion, by)
    review.state, review.approved_at = ReviewState.APPROVED, clock.now()
    review.category, review.result_text = approval.category, approval.text.strip()
    if approval.category is ResultCategory.RECTIFICATION_ORDERED:
        review.order_text, review.order_until = approval.order.strip(), approval.order_until
        _issue_order(review, by)
    else:
        _void_order_number(row, by)
    fieldwork.issue_papers(row, by=by)
    ledger.record(by, "review.record_approved", review, reason=opinion or None)
    jobs.ask("review.record_approved", visit_task_id=str(row.id))


def _return_record(review: RecordReview, step: ReviewState, opinion: str, remarks: Sequence[Remark],
                   by: Officer) -> None:
    """Back to the team: each remark stands first on the members' Today."""
    rules.check_return_says_why([remark.text for remark in remarks], opinion)
    _write_decision(review, step, Decision.RETURNED, opinion, by)
    review.state = ReviewState.RETURNED
    asked = [(remark.path, remark.text) for remark in (*remarks, Remark("", opinion)) if remark.text.strip()]
    is_signed = queries.proposal(review.visit_task).is_signed
    ask_team(review)
    visits.return_part(review.visit_task_id, asked, place=f"/reviews/{review.id}" if is_signed else None, by=by)
    ledger.record(by, "review.record_returned", review, reason=opinion or None)


def _as_proposed(row: VisitTask) -> Approval:
    proposal = queries.proposal(row)
    return Approval(rules.category_of(proposal.category), proposal.text, proposal.order, proposal.order_until)


def _issue_order(review: RecordReview, by: Officer) -> None:
    """Issue the 责令改正通知书, under the number reserved for it if there is one."""
    row = review.visit_task
    order = visits_queries.order_number(row) or documents.reserve(DocumentKind.ORDER, "visit_task", row.id, by=by)
    if order.issued_at is not None:
        return
    members = [Member(member.name, member.division.name, member.certificate_number or "")
               for member in queries.team(row.visit)]
    number = row.record_number.number if row.record_number else ""
    facts = OrderFacts(
        authority=department_name(), object_name=row.visit.object.name, uscc=row.visit.object.uscc,
        item=row.task.item.name, record_number=number,
        found=review.result_text or ResultCategory.RECTIFICATION_ORDERED.label, ordered=review.order_text,
        until=review.order_until, members=members)
    documents.issue(order.id, order_content(facts, clock.today()), by=by)


def _void_order_number(row: VisitTask, by: Officer) -> None:
    """The number taken along for an order that was not needed is void, and never given again."""
    order = visits_queries.order_number(row)
    if order is not None and order.issued_at is None:
        documents.void(order.id, N_("本次检查没有责令改正"), by=by)


def _write_decision(review: RecordReview, step: ReviewState, decision: Decision, opinion: str, by: Officer) -> None:
    row = ReviewDecision(review_id=review.id, step=step, decision=decision, opinion=opinion.strip(),
                         person_id=by.person_id, at=clock.now())
    db.session.add(row)
    db.session.flush()
    db.session.expire(review, ["decisions"])
