"""Jobs that have failed are run again; deadlines follow the calendar; a closed visit gets its case file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as waiting
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.rules import secret_hash
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import queries as register
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind, day_text, form
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import Reply
from fieldapp.jobs.models import Job
from fieldapp.ledger.actions import Actor
from fieldapp.ledger.queries import last_checkpoint
from fieldapp.objections import queries as objections
from fieldapp.objections.models import Objection
from fieldapp.oversight import queries, rules
from fieldapp.oversight.models import ComplaintAnswer, VisitComplaint, VisitRating
from fieldapp.oversight.rules import Door
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import Due
from fieldapp.publication import queries as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.review import queries as review
from fieldapp.review.rules import Decision as Reviewed
from fieldapp.review.rules import ReviewState
from fieldapp.roles import Officer, Outsider, Role
from fieldapp.visits import queries as visits
from fieldapp.visits.models import VisitTask
from fieldapp.visits.rules import VisitState
from fieldapp.words import N_

ENTITY = Outsider(N_("被检查单位"))


def retry_job(job_id: UUID, *, by: Officer) -> Job:
    """Let a failed job run again at once, and again as often as a new one."""
    job = queries.failing_job(job_id)
    job.run_after, job.leased_until, job.gave_up_at, job.tries = clock.now(), None, None, 1
    ledger.record(by, "oversight.job_retried", job)
    return job


@dataclass(frozen=True, slots=True)
class Complained:
    """A new complaint with the secret of its address, told once."""

    complaint: VisitComplaint
    secret: str


def rate_visit(secret: str, score: int, words: str) -> VisitRating:
    """Somebody who has the copy rates its visit: the entity, as far as nobody else has rated it."""
    return _rate(fieldwork.copy_by_secret(secret).visit_id, Door.COPY, score, words)


def rate_by_slip(slip: str, score: int, words: str) -> VisitRating:
    """The entity rates a visit by the address that its own phone was shown, once."""
    return _rate(queries.visit_of_slip(slip).id, Door.OWN_PHONE, score, words)


def _rate(visit_id: UUID, door: Door, score: int, words: str) -> VisitRating:
    visit = visits.visit_held(visit_id)
    rules.check_rating(score, door, [Door(one.door) for one in queries.ratings_of(visit.id)],
                       has_begun=visit.started_at is not None)
    row = VisitRating(visit_id=visit.id, door=str(door), score=score, words=words, at=clock.now())
    db.session.add(row)
    ledger.record(ENTITY, "oversight.visit_rated", row)
    return row


def complain(secret: str, text: str, contact: str) -> Complained:
    """Who has the copy complains of its visit: to legal affairs, which the visit's team does not see."""
    visit = visits.visit_held(fieldwork.copy_by_secret(secret).visit_id)
    rules.check_complaint(text, len(queries.complaints(visit.id)), has_begun=visit.started_at is not None)
    own = ids.secret()
    row = VisitComplaint(visit_id=visit.id, text=text, contact=contact, secret_sha256=secret_hash(own), at=clock.now())
    db.session.add(row)
    ledger.record(ENTITY, "oversight.complaint_received", row)
    waiting.ask("complaint", row.id, role=Role.LEGAL_AFFAIRS, not_person_ids=list(fieldwork.team(visit)),
                title=visit.object.name, endpoint="oversight.show_complaint", arguments={"complaint_id": row.id})
    return Complained(row, own)


def answer_complaint(complaint_id: UUID, text: str, *, by: Officer) -> ComplaintAnswer:
    """Legal affairs answers a complaint; the complainant reads it at the complaint's own address."""
    visits.visit_held(queries.complaint(complaint_id)[0].visit_id)
    found, answer = queries.complaint(complaint_id)
    rules.check_answer(text, is_answered=answer is not None)
    row = ComplaintAnswer(complaint_id=found.id, text=text, at=clock.now(), person_id=by.person_id)
    db.session.add(row)
    waiting.answered("complaint", found.id, by=by)
    ledger.record(by, "oversight.complaint_answered", row)
    return row


def recompute_due_days(*, by: Actor) -> int:
    """Set the deadlines of results and objections that are still open as the calendar now has them; how many moved."""
    moved = 0
    for result in publication.unpublished():
        due = publication.clock_of(result)
        moved += _set_due(result, Due(due.day, due.is_provisional), ("publication",), by)
    for objection in objections.objections_open():
        start = objection.received_on
        due_day = policy.due(start, policy.rule_set_on(start).objection_workdays)
        moved += _set_due(objection, due_day, ("objection_examination", "objection_decision"), by)
    return moved


def _set_due(thing: InspectionResult | Objection, due: Due, kinds: tuple[str, ...], by: Actor) -> bool:
    """Set a thing's deadline and that of the rows in which it waits for somebody; whether anything changed."""
    if (thing.due_on, thing.due_is_provisional) == (due.day, due.is_provisional):
        return False
    thing.due_on, thing.due_is_provisional = due.day, due.is_provisional
    for row in (row for kind in kinds for row in accounts.open_rows(kind, thing.id)):
        row.due_on = due.day
    ledger.record(by, "oversight.due_day_recomputed", thing, facts={"due_on": due.day.isoformat()})
    return True


def make_case_file(visit_id: UUID, *, by: Officer) -> Document:
    """Issue the 检查案卷 of a closed visit; each time a new one, under its own number."""
    visit = visits.visit_for(by, visit_id)
    rules.check_case_may_be_filed(is_closed=visit.state == VisitState.CLOSED)
    inside = queries.documents_of_case(visit)
    records = [(part, fieldwork.record(part.id)) for part in visit.visit_tasks]
    files, head = register.files_of([one.id for one in inside]), last_checkpoint()
    case = rules.CaseFile(
        object=f"{visit.object.name}（{visit.object.uscc}）",
        tasks=[f"{part.task.item.name}（{part.task.number}）" for part in visit.visit_tasks],
        team=[one.inspector.name for one in visits.members(visit)], began=visit.started_at, ended=visit.closed_at,
        made_by=by.name, made_at=clock.now(), log=f"至第 {head.size} 条\n{head.root}" if head else "",
        papers=[rules.Paper(DocumentKind(one.kind).label, one.number, one.issued_at, one.voided_at is not None,
                            files[one.id].sha256 if one.id in files else "", files[one.id].sm3 if one.id in files else "")
                for one in inside],
        answers=[_answer(one) for one in fieldwork.replies(visit.id)],
        steps=[one for part in visit.visit_tasks for one in _steps(part)],
        evidence=[rules.Piece(one.code, one.name or one.kind, one.at, one.sha256, one.sm3)
                  for _part, record in records for one in record.photos])
    content = form("检查案卷", department_name(), day_text(clock.today()), rules.case_file_parts(case))
    return documents.issue_new(DocumentKind.CASE_FILE, "visit", visit.id, content, by=by)


def _answer(reply: Reply) -> rules.Answer:
    by = f"{reply.name}（{reply.capacity}）" if reply.capacity else reply.name
    files = [rules.Piece(one.code, one.name, reply.at, one.sha256, one.sm3) for one in reply.files]
    return rules.Answer(reply.kind.label, by, reply.at, files)


def _steps(part: VisitTask) -> list[tuple[str, str, str, str, str, datetime]]:
    """The steps of a record's review, as the case file shows them."""
    found = review.review_of(part.id)
    return [(part.task.item.name, ReviewState(one.step).label.removeprefix("待"), Reviewed(one.decision).label, one.opinion,
             one.person.name, one.at) for one in (found.decisions if found else ())]
